"""What calling off, moving or shortening a booking costs, by the terms that stand.

Whatever is given up counts as cancelled: moving is free, but of time that gets cheaper the same
share is owed as for cancelling, and what cancelling cost at a change stays owed if the booking
is cancelled later. So no change is a way around the fee.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from domain.booking.state import Booking, BookingStatus
from domain.money import half_up
from domain.terms import BookingTerms


@dataclass(frozen=True, slots=True)
class ChangeCost:
    """The price after a change, `given_up_cents` of it for what was given up."""

    amount_cents: int
    given_up_cents: int
    least_fee_cents: int
    """From now on cancelling costs at least this."""


def cancellation_fee(terms: BookingTerms, booking: Booking, now: datetime) -> int:
    """What is owed if `booking` is cancelled now; nothing for a wish that nobody confirmed."""
    if booking.status is not BookingStatus.CONFIRMED:
        return 0
    fee = _share(booking.amount_cents, owed_percent(terms, booking.starts, now))
    return min(max(fee, booking.least_fee_cents), booking.amount_cents)


def owed_percent(terms: BookingTerms, starts: datetime, now: datetime) -> int:
    """The dearest step that is reached; from the start on the whole price."""
    if now >= starts:
        return 100
    reached = (s.percent for s in terms.cancel if now > starts - timedelta(minutes=s.before_min))
    return max(reached, default=0)


def free_until(terms: BookingTerms, starts: datetime) -> datetime:
    """Until when cancelling costs nothing."""
    owed = (step.before_min for step in terms.cancel if step.percent > 0)
    return starts - timedelta(minutes=max((0, *owed)))


def change_cost(
    terms: BookingTerms, booking: Booking, new_price_cents: int, now: datetime
) -> ChangeCost:
    """What `booking` costs once it is moved, extended or shortened to a new price."""
    if booking.status is not BookingStatus.CONFIRMED:
        return ChangeCost(new_price_cents, 0, 0)
    cheaper_by = max(0, booking.amount_cents - new_price_cents)
    owed = _share(cheaper_by, owed_percent(terms, booking.starts, now))
    fee = cancellation_fee(terms, booking, now)
    amount = max(new_price_cents + owed, fee)
    return ChangeCost(amount, amount - new_price_cents, fee)


def refund_due(paid_cents: int, owed_cents: int) -> int:
    """What goes back of what was paid."""
    return max(0, paid_cents - owed_cents)


def _share(cents: int, percent: int) -> int:
    return half_up(Decimal(cents) * percent / 100)
