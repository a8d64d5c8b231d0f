"""A booking before it is made: allowed by the rules, priced, and settled in a way on offer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.booking import Booking, PayBy
from domain.booking.decide import decide_booking
from domain.booking.outcomes import NotBookable
from domain.booking.wish import SlotWish
from domain.calendar import Window, local_date
from domain.pricing import Quote
from domain.standing import ways_to_pay
from sync_server.use_cases.booking.case import Case
from sync_server.use_cases.booking.outcomes import No, PriceChanged
from sync_server.use_cases.booking.requests import NewBooking

PAID_LATER: Final = (PayBy.LINK, PayBy.DESK)
"""Ways in which the money comes before the door opens."""


@dataclass(frozen=True, slots=True)
class Draft:
    """`booking` names no units yet; `claim` is its slot with the buffers."""

    case: Case
    wish: SlotWish
    booking: Booking
    claim: Window
    needs_approval: bool = False
    included_min: int = 0


def draft_booking(
    case: Case, request: NewBooking, own: tuple[Booking, ...], now: datetime
) -> Draft | NotBookable | PriceChanged | No:
    """What could be booked; whether it is free is for the claim to say."""
    wish = request.wish
    allowed = decide_booking(case.facts(wish, own), wish, now)
    if isinstance(allowed, NotBookable):
        return allowed
    quote = case.quote(wish)
    if request.expected_cents not in (None, quote.total_cents):
        return PriceChanged(quote)
    pay_by = way_to_pay(case, request, quote)
    if pay_by is None:
        return No.WAY_TO_PAY
    booking = _booking(case, request, quote, pay_by, now)
    return Draft(case, wish, booking, allowed.claim, allowed.needs_approval, quote.included_min)


def way_to_pay(case: Case, request: NewBooking, quote: Quote) -> PayBy | None:
    """How it is settled; None: not in the way that was asked for."""
    if quote.total_cents == 0:
        return PayBy.NOTHING
    if case.staff:
        return request.pay_by or PayBy.INVOICE
    place = case.place
    day = local_date(request.wish.starts, place.site.zone)
    ways = ways_to_pay(case.standing, place.site_id, place.site, day)
    if request.pay_by is None:
        return ways[0] if ways else None
    return request.pay_by if request.pay_by in ways else None


def _booking(
    case: Case, request: NewBooking, quote: Quote, pay_by: PayBy, now: datetime
) -> Booking:
    wish, cents = request.wish, quote.total_cents
    return Booking(
        case.place.resource_id,
        case.standing.person_id,
        wish.starts,
        wish.ends,
        party=wish.party,
        paid=cents == 0 or pay_by not in PAID_LATER,
        amount_cents=cents,
        lines=quote.lines,
        pay_by=pay_by,
        series_id=request.series_id,
        made_at=now,
    )
