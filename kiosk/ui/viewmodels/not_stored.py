"""The kiosk can write nothing down: nobody is let in, and nothing was wrong with the code."""

from kiosk.services.answers import NotStoredAnswer
from kiosk.ui.viewmodels.answer_props import (
    AnswerProps,
    AnswerView,
    GoHome,
    RemedyRow,
    TryAnother,
)
from kiosk.ui.viewmodels.house import House
from kiosk.ui.viewmodels.words import Words
from wording import keep_together


def derive_not_stored(answer: NotStoredAnswer, words: Words, house: House) -> AnswerView:
    """The amber answer, with trying again first and the way back last."""
    props = AnswerProps(
        serial=answer.serial,
        tone="later",
        picture="window",
        big=words.say("not_stored"),
        rest=keep_together(words.say("not_stored.rest")),
    )
    again = words.say("not_stored.again"), words.say("not_stored.again.note")
    sign = "qr-code" if house.has_camera else "keyboard"
    staff = words.say("remedy.staff"), words.say("remedy.staff.note")
    back = words.say("remedy.back"), words.say("remedy.back.note")
    return AnswerView(
        props,
        remedies=(
            (RemedyRow(sign, *again, first=True), TryAnother()),
            (RemedyRow("call-bell", *staff), GoHome()),
            (RemedyRow("arrow-left", *back, back=True), GoHome()),
        ),
    )
