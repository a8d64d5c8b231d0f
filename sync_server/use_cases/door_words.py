"""What a door said, in whole sentences: the clause that counts, and what to do now."""

from dataclasses import dataclass
from typing import Final

from domain.door import Door, DoorOutcome
from sync_server.use_cases.at_the_door import Reply
from wording import NO_BREAK, sentence, split_message

_CLAUSES: Final = {
    DoorOutcome.JAMMED: "door.jammed",
    DoorOutcome.NO_ANSWER: "door.no_answer",
    DoorOutcome.REJECTED: "door.no_answer",
    DoorOutcome.NOT_CONNECTED: "door.not_connected",
    DoorOutcome.UNKNOWN: "door.unknown",
}


@dataclass(frozen=True, slots=True)
class DoorWords:
    """`kind`: welcome, later (refused) or jam (the door's fault). `other`: the way to take now."""

    kind: str
    big: str
    rest: tuple[str, ...]
    other: Door | None = None

    @property
    def whole(self) -> str:
        """All of it in a row."""
        return " ".join((self.big, *self.rest))


def door_words(reply: Reply, locale: str) -> DoorWords:
    """The answer in whole sentences."""
    if reply.told is None:
        big, rest = split_message(reply.spoken.sentence)
        return DoorWords("later", big, (rest,) if rest else ())
    outcome = reply.told.outcome
    if outcome.is_open:
        through = sentence("at_door.opened.through", {"door": reply.door.name}, locale)
        return DoorWords(
            "welcome", sentence("at_door.opened", {}, locale), (through, reply.spoken.sentence)
        )
    other = reply.site.door(reply.told.other_way) if reply.told.other_way else None
    return DoorWords(
        "jam", sentence(_CLAUSES[outcome], {}, locale), _what_now(reply, other, locale), other
    )


def in_one_line(phone: str) -> str:
    """A number that no line end tears apart."""
    return phone.replace(" ", NO_BREAK)


def _what_now(reply: Reply, other: Door | None, locale: str) -> tuple[str, ...]:
    outcome = reply.told.outcome if reply.told else DoorOutcome.UNKNOWN
    said = []
    if outcome is DoorOutcome.JAMMED:
        said.append(sentence("at_door.jammed.told", {"door": reply.door.name}, locale))
    if other is not None:
        said.append(sentence("way_out.use_door", {"door": other.name}, locale))
    elif outcome is DoorOutcome.NOT_CONNECTED and reply.site.phone:
        said.append(
            sentence("at_door.away.phone", {"phone": in_one_line(reply.site.phone)}, locale)
        )
    elif outcome is DoorOutcome.UNKNOWN:
        said.append(sentence("at_door.unknown.again", {}, locale))
    elif outcome is not DoorOutcome.JAMMED:
        said.append(sentence("at_door.no_answer.again", {}, locale))
    return tuple(said)
