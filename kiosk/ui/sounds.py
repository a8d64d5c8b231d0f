"""Which of the house's sounds goes with an answer; no sound carries meaning alone."""

from collections.abc import Callable

from kiosk.services.answers import Answer, NotStoredAnswer, RefusalAnswer, WelcomeAnswer
from kiosk.ui.viewmodels.door_trouble import is_trouble

Play = Callable[[str], None]
"""Plays welcome, later, jam, tap or ring."""


def sound_of(answer: Answer) -> str:
    """The sound of an answer: a question and a goodbye are only a tap."""
    match answer:
        case WelcomeAnswer():
            return "jam" if is_trouble(answer) else "welcome"
        case RefusalAnswer() | NotStoredAnswer():
            return "later"
        case _:
            return "tap"
