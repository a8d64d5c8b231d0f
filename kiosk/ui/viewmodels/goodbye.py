"""Somebody leaves: a word, and nothing to do."""

from datetime import datetime
from typing import Final

from kiosk.services.answers import GoodbyeAnswer
from kiosk.ui.viewmodels.answer_props import AnswerProps, AnswerView
from kiosk.ui.viewmodels.words import Words, called
from wording import keep_together

_EVENING_HOUR: Final = 17


def derive_goodbye(answer: GoodbyeAnswer, words: Words, now: datetime) -> AnswerView:
    """The green answer with daylight in the window; nobody is kept."""
    props = AnswerProps(
        serial=answer.serial,
        tone="welcome",
        picture="window",
        big=_see_you(answer, words),
        rest=keep_together(_wish(answer, words, now)),
        done_label=words.say("button.done"),
    )
    return AnswerView(props)


def _see_you(answer: GoodbyeAnswer, words: Words) -> str:
    if answer.people > 1:
        return words.say("goodbye.party")
    if answer.name is None:
        return words.say("goodbye.nameless")
    return words.say("goodbye", name=called(answer.name))


def _wish(answer: GoodbyeAnswer, words: Words, now: datetime) -> str:
    if not answer.was_inside:
        return words.say("goodbye.rest.outside")
    evening = words.local(now).hour >= _EVENING_HOUR
    return words.say("goodbye.rest.evening" if evening else "goodbye.rest.day")
