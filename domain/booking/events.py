"""What happens to a booking, and how that changes it."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.booking.state import BookedAddOn, Booking, BookingStatus, PayBy
from domain.tariff import PriceLine


@dataclass(frozen=True, slots=True)
class BookingMade:
    booking: Booking


@dataclass(frozen=True, slots=True)
class BookingMoved:
    """Moved, extended or shortened; what is None stays as it was."""

    starts: datetime
    ends: datetime
    resource_id: str | None = None
    unit: str | None = None
    amount_cents: int | None = None
    lines: tuple[PriceLine, ...] | None = None
    add_ons: tuple[BookedAddOn, ...] | None = None
    least_fee_cents: int = 0
    """What cancelling would have cost at that moment (`change_cost`)."""
    pay_by: PayBy | None = None


@dataclass(frozen=True, slots=True)
class BookingConfirmed:
    """Staff said yes to a wish; from now on it holds `unit`."""

    unit: str = ""


@dataclass(frozen=True, slots=True)
class BookingPaid:
    pass


@dataclass(frozen=True, slots=True)
class AddOnsChanged:
    add_ons: tuple[BookedAddOn, ...]
    amount_cents: int
    lines: tuple[PriceLine, ...]


@dataclass(frozen=True, slots=True)
class BookingCancelled:
    """Called off; `fee_cents` is owed by the terms that stood."""

    at: datetime
    fee_cents: int = 0


@dataclass(frozen=True, slots=True)
class BookingReminded:
    """The host was asked whether they still need it."""

    at: datetime


@dataclass(frozen=True, slots=True)
class BookingKept:
    """The host answered a reminder: they still need it."""

    at: datetime


@dataclass(frozen=True, slots=True)
class BookingReleased:
    at: datetime


@dataclass(frozen=True, slots=True)
class BookingRestored:
    """Somebody came after the release, and it was still free: it stands again."""

    at: datetime
    unit: str = ""


@dataclass(frozen=True, slots=True)
class BookingClaimed:
    """Somebody of the party has come."""

    at: datetime


BookingEvent = (
    BookingMade
    | BookingMoved
    | BookingConfirmed
    | BookingPaid
    | AddOnsChanged
    | BookingCancelled
    | BookingReminded
    | BookingKept
    | BookingReleased
    | BookingRestored
    | BookingClaimed
)


def evolve(state: Booking | None, event: BookingEvent) -> Booking | None:
    """A booking after `event`; nothing happens to one that was never made."""
    if isinstance(event, BookingMade):
        return event.booking
    return _changed(state, event) if state is not None else None


def _changed(state: Booking, event: BookingEvent) -> Booking:
    match event:
        case BookingMade(booking):
            return booking
        case BookingMoved():
            return _moved(state, event)
        case BookingConfirmed(unit):
            return replace(state, status=BookingStatus.CONFIRMED, unit=unit, ended_at=None)
        case BookingPaid():
            return replace(state, paid=True)
        case AddOnsChanged(add_ons, amount_cents, lines):
            return replace(state, add_ons=add_ons, amount_cents=amount_cents, lines=lines)
        case BookingCancelled(at, fee_cents):
            return replace(_ended(state, BookingStatus.CANCELLED, at), fee_cents=fee_cents)
        case BookingReminded(at):
            return replace(state, reminded_at=at)
        case BookingKept(at):
            return replace(state, kept_at=state.kept_at or at)
        case BookingReleased(at):
            last = max(at, state.released_at or at)
            return replace(_ended(state, BookingStatus.RELEASED, at), released_at=last)
        case BookingRestored(at, unit):
            confirmed = BookingStatus.CONFIRMED
            return replace(state, status=confirmed, unit=unit, ended_at=None, claimed_at=at)
        case BookingClaimed(at):
            return replace(state, claimed_at=state.claimed_at or at)


def _moved(state: Booking, event: BookingMoved) -> Booking:
    """To another time: whoever was asked about the old one is asked anew."""
    asked = (state.reminded_at, state.kept_at) if event.starts == state.starts else (None, None)
    return replace(
        state,
        starts=event.starts,
        ends=event.ends,
        resource_id=state.resource_id if event.resource_id is None else event.resource_id,
        unit=state.unit if event.unit is None else event.unit,
        amount_cents=state.amount_cents if event.amount_cents is None else event.amount_cents,
        lines=state.lines if event.lines is None else event.lines,
        add_ons=state.add_ons if event.add_ons is None else event.add_ons,
        least_fee_cents=max(state.least_fee_cents, event.least_fee_cents),
        pay_by=event.pay_by or state.pay_by,
        reminded_at=asked[0],
        kept_at=asked[1],
    )


def _ended(state: Booking, status: BookingStatus, at: datetime) -> Booking:
    """The earliest end counts; a wish never stood, so it has none."""
    if state.status is BookingStatus.CONFIRMED:
        return replace(state, status=status, ended_at=at)
    earliest = min(state.ended_at, at) if state.ended_at else None
    return replace(state, status=status, ended_at=earliest)
