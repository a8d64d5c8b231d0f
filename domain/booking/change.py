"""Moving, extending and shortening: the same rules, until when, and who pays what it costs more."""

from collections.abc import Collection
from datetime import datetime, timedelta

from domain.booking.decide import decide_booking
from domain.booking.outcomes import Bookable, BookingRule, NotBookable
from domain.booking.state import Booking, PayBy
from domain.booking.wish import BookingFacts, SlotWish


def decide_change(
    facts: BookingFacts, wish: SlotWish, now: datetime, *, elsewhere: bool = False
) -> Bookable | NotBookable:
    """Whether `facts.changed`, which stands, may become `wish`.

    `elsewhere`: of another resource than before. The end can move as long as the booking
    lasts; the start and the resource until so long before the start as the terms of `facts`
    say. Staff may always.
    """
    booking = facts.changed
    assert booking is not None
    moved = elsewhere or wish.starts != booking.starts
    until = booking.starts - timedelta(minutes=facts.resource.terms.move_until_min)
    last = until if moved else booking.ends
    if now >= last and not facts.booker.staff:
        params: dict[str, object] = {"zone": facts.site.zone, "until": last}
        return NotBookable(BookingRule.TOO_LATE_TO_CHANGE, params)
    return decide_booking(facts, wish, now)


def paid_after_change(
    booking: Booking, amount_cents: int, ways: Collection[PayBy], *, staff: bool = False
) -> PayBy | None:
    """How `booking` is settled once it costs `amount_cents`; None: the rest would never come.

    What was paid at once is not asked for again, so only a bill or what is still to be paid
    can become more. Staff see to the money themselves.
    """
    if amount_cents <= booking.amount_cents:
        return booking.pay_by
    if booking.pay_by is PayBy.NOTHING and (staff or PayBy.INVOICE in ways):
        return PayBy.INVOICE
    is_open = booking.pay_by is PayBy.INVOICE or not booking.paid
    return booking.pay_by if staff or is_open else None
