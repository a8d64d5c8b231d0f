"""What a door said, as a page says it: the field's colour, the big clause, and what now."""

from dataclasses import dataclass
from typing import Final

from domain.door import Door, DoorOutcome
from sync_server.use_cases.at_the_door import Reply
from sync_server.web.page import Voice
from wording import NO_BREAK, split_message

_CLAUSES: Final = {
    DoorOutcome.JAMMED: "door.jammed",
    DoorOutcome.NO_ANSWER: "door.no_answer",
    DoorOutcome.REJECTED: "door.no_answer",
    DoorOutcome.NOT_CONNECTED: "door.not_connected",
    DoorOutcome.UNKNOWN: "door.unknown",
}


@dataclass(frozen=True, slots=True)
class DoorAnswer:
    """`kind`: welcome, later (refused) or jam (the door's fault). `other`: the way to take now."""

    kind: str
    big: str
    rest: tuple[str, ...]
    other: Door | None = None


def door_answer(reply: Reply, voice: Voice) -> DoorAnswer:
    """The answer in whole sentences."""
    if reply.told is None:
        big, rest = split_message(reply.spoken.sentence)
        return DoorAnswer("later", big, (rest,) if rest else ())
    outcome = reply.told.outcome
    if outcome.is_open:
        through = voice.say("at_door.opened.through", door=reply.door.name)
        return DoorAnswer("welcome", voice.say("at_door.opened"), (through, reply.spoken.sentence))
    other = reply.site.door(reply.told.other_way) if reply.told.other_way else None
    return DoorAnswer("jam", voice.say(_CLAUSES[outcome]), _what_now(reply, other, voice), other)


def in_one_line(phone: str) -> str:
    """A number that no line end tears apart."""
    return phone.replace(" ", NO_BREAK)


def _what_now(reply: Reply, other: Door | None, voice: Voice) -> tuple[str, ...]:
    outcome = reply.told.outcome if reply.told else DoorOutcome.UNKNOWN
    said = []
    if outcome is DoorOutcome.JAMMED:
        said.append(voice.say("at_door.jammed.told", door=reply.door.name))
    if other is not None:
        said.append(voice.say("way_out.use_door", door=other.name))
    elif outcome is DoorOutcome.NOT_CONNECTED and reply.site.phone:
        said.append(voice.say("at_door.away.phone", phone=in_one_line(reply.site.phone)))
    elif outcome is DoorOutcome.UNKNOWN:
        said.append(voice.say("at_door.unknown.again"))
    elif outcome is not DoorOutcome.JAMMED:
        said.append(voice.say("at_door.no_answer.again"))
    return tuple(said)
