"""Somebody is let in but the door is not: the blue answer with the other way."""

from typing import Final

from domain.door import DoorOutcome
from kiosk.services.answers import DoorPart, WelcomeAnswer
from kiosk.ui.viewmodels.answer_props import (
    Act,
    AnswerProps,
    AnswerView,
    GoHome,
    RemedyRow,
    RetryDoor,
    UseOtherDoor,
)
from kiosk.ui.viewmodels.words import Words
from wording import keep_together, split_message

_CLAUSES: Final = {
    DoorOutcome.JAMMED: "door.jammed",
    DoorOutcome.NO_ANSWER: "door.no_answer",
    DoorOutcome.REJECTED: "door.no_answer",
    DoorOutcome.NOT_CONNECTED: "door.not_connected",
    DoorOutcome.UNKNOWN: "door.unknown",
}


def is_trouble(answer: WelcomeAnswer) -> bool:
    """Whether the door has answered, and not by opening."""
    outcome = answer.door.outcome if answer.door else None
    return outcome is not None and not outcome.is_open


def derive_door_trouble(answer: WelcomeAnswer, words: Words) -> AnswerView:
    """It is the door, not the person: what to do instead."""
    assert answer.door is not None
    assert answer.door.outcome is not None
    part = answer.door
    big, rest = split_message(f"{words.say(_CLAUSES[answer.door.outcome])} {_rest(part, words)}")
    props = AnswerProps(
        serial=answer.serial,
        tone="jam",
        picture="jammed",
        big=big,
        rest=keep_together(rest),
        this_door=part.door.name,
        other_door=part.other_way.name if part.other_way else "",
    )
    return AnswerView(props, remedies=_remedies(answer, part, words))


def _rest(part: DoorPart, words: Words) -> str:
    told = ".told" if part.outcome is DoorOutcome.JAMMED else ""
    if part.other_way is None:
        return words.say(f"door.desk{told}")
    return words.say(f"door.other{told}", door=part.other_way.name)


def _remedies(
    answer: WelcomeAnswer, part: DoorPart, words: Words
) -> tuple[tuple[RemedyRow, Act], ...]:
    found: list[tuple[str, str, str, Act]] = []
    if other := part.other_way:
        note = other.hint or words.say("remedy.other_door.note", door=other.name)
        found.append(("door-open", words.say("remedy.other_door"), note, UseOtherDoor()))
    if answer.can_retry_door:
        jammed = ".jammed" if part.outcome is DoorOutcome.JAMMED else ""
        note = words.say(f"remedy.retry.note{jammed}")
        found.append(("arrows-clockwise", words.say("remedy.retry"), note, RetryDoor()))
    back = (
        RemedyRow("arrow-left", words.say("remedy.back"), words.say("remedy.back.note"), back=True),
        GoHome(),
    )
    rows: list[tuple[RemedyRow, Act]] = [
        (RemedyRow(sign, name, note, first=place == 0), act)
        for place, (sign, name, note, act) in enumerate(found)
    ]
    return (*rows, back)
