"""Somebody is not let in: why, when it opens, and what would work instead."""

import math
from datetime import datetime
from typing import Final

from domain.access.outcomes import (
    AskStaff,
    BuyDayPass,
    Do,
    EnterFewer,
    Pay,
    Reason,
    Remedy,
    UseDoor,
    Wait,
)
from domain.money import Money
from kiosk.services.answers import RefusalAnswer
from kiosk.ui.viewmodels.answer_props import (
    Act,
    AnswerProps,
    AnswerView,
    Choose,
    FactRow,
    GoHome,
    RemedyRow,
    TryAnother,
)
from kiosk.ui.viewmodels.house import House
from kiosk.ui.viewmodels.words import Words
from wording import (
    NO_BREAK,
    Circumstances,
    day,
    is_soon,
    keep_together,
    refusal_sentence,
    split_message,
    time_or_day,
)

_MOST_REMEDIES: Final = 3
"""Beside the way back, which is always last."""
_ANOTHER_CODE: Final = frozenset(Reason) - {Reason.PARTY_FULL, Reason.CLOCK_IN_DOUBT}


def derive_refusal(answer: RefusalAnswer, words: Words, house: House, now: datetime) -> AnswerView:
    """The amber answer: a closed door with a clock, facts beside it, and the ways out."""
    around = Circumstances(
        now=now,
        zone=words.zone,
        currency=house.currency,
        place=answer.place.name if answer.place else None,
        doors={door.id: door.name for door in answer.site_doors},
    )
    big, rest = split_message(refusal_sentence(answer.refused, around, words.locale))
    opens = next((r.until for r in answer.refused.remedies if isinstance(r, Wait)), now)
    shown = words.local(opens)
    props = AnswerProps(
        serial=answer.serial,
        tone="later",
        picture="clock" if house.has_doors else "window",
        big=big,
        rest=keep_together(rest),
        clock_minutes=shown.hour * 60 + shown.minute,
    )
    return AnswerView(
        props,
        facts=_facts(answer, around, words),
        remedies=_remedies(answer, around, words, house),
    )


def _facts(answer: RefusalAnswer, around: Circumstances, words: Words) -> tuple[FactRow, ...]:
    wait = next((r for r in answer.refused.remedies if isinstance(r, Wait)), None)
    now = FactRow("clock", words.say("fact.now"), words.time(around.now))
    if wait is not None:
        name = words.say("fact.opens" if answer.place else "fact.from")
        return (now, FactRow("calendar-check", name, _opening(wait, around, words)))
    since = answer.refused.since
    if answer.refused.reason is not Reason.EXPIRED or since is None:
        return ()
    then, today = words.local(since).date(), words.local(around.now).date()
    if then == today:
        ended = words.say("fact.until", until=since)
        return (FactRow("calendar-x", words.say("fact.code"), ended), now)
    return (
        FactRow("calendar-x", words.say("fact.code"), day(then, words.locale)),
        FactRow("calendar-check", words.say("fact.today"), day(today, words.locale)),
    )


def _opening(wait: Wait, around: Circumstances, words: Words) -> str:
    if not is_soon(wait, around):
        return time_or_day(wait.until, around, words.locale)
    return words.say("fact.soon", until=wait.until, count=_minutes(wait, around))


def _minutes(wait: Wait, around: Circumstances) -> int:
    return max(1, math.ceil((wait.until - around.now).total_seconds() / 60))


def _remedies(
    answer: RefusalAnswer, around: Circumstances, words: Words, house: House
) -> tuple[tuple[RemedyRow, Act], ...]:
    found: list[tuple[tuple[str, str, str], Act]] = []
    for index, remedy in enumerate(answer.refused.remedies):
        if row := _row(remedy, around, words):
            found.append((row, GoHome() if isinstance(remedy, Wait) else Choose(index)))
    found = found[:_MOST_REMEDIES]
    if len(found) < _MOST_REMEDIES and answer.refused.reason in _ANOTHER_CODE:
        note = words.say("remedy.again.shown" if house.has_camera else "remedy.again.typed")
        sign = "qr-code" if house.has_camera else "keyboard"
        found.append(((sign, words.say("remedy.again"), note), TryAnother()))
    rows: list[tuple[RemedyRow, Act]] = [
        (RemedyRow(*row, first=place == 0), act) for place, (row, act) in enumerate(found)
    ]
    back = words.say("remedy.back"), words.say("remedy.back.note")
    return (*rows, (RemedyRow("arrow-left", *back, back=True), GoHome()))


def _row(remedy: Remedy, around: Circumstances, words: Words) -> tuple[str, str, str] | None:
    """Icon, verb and consequence of a remedy."""
    match remedy:
        case Wait(until) if is_soon(remedy, around):
            note = words.say("remedy.wait.note", count=_minutes(remedy, around))
            return "armchair", words.say("remedy.wait"), note
        case Wait(until):
            note = words.say("remedy.return.note", until=time_or_day(until, around, words.locale))
            return "calendar-blank", words.say("remedy.return"), note
        case Do(BuyDayPass(price_cents, until)):
            price = Money(price_cents, around.currency)
            note = words.say("remedy.day_pass.note", until=words.until(until, around.now))
            return "ticket", words.say("remedy.day_pass", price=price), note
        case Do(Pay(amount_cents)):
            price = Money(amount_cents, around.currency)
            return "receipt", words.say("remedy.pay", price=price), words.say("remedy.pay.note")
        case Do(UseDoor(door_id)):
            name = around.doors.get(door_id)
            note = words.say("remedy.use_door.note")
            return ("signpost", words.say("remedy.use_door", door=name), note) if name else None
        case Do(EnterFewer(people)):
            note = words.say("remedy.fewer.note")
            return "users-three", words.say("remedy.fewer", count=people), note
        case AskStaff(phone):
            code = "remedy.staff.phone" if phone else "remedy.staff.note"
            return (
                "call-bell",
                words.say("remedy.staff"),
                words.say(code, phone=phone.replace(" ", NO_BREAK)),
            )
    return None
