"""Moving, extending and shortening: the same rules, and until when a start may move."""

from datetime import datetime, timedelta

from domain.booking.decide import decide_booking
from domain.booking.outcomes import Bookable, BookingRule, NotBookable
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
