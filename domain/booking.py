"""A booking: one resource, one slot, one host; and the invitations of their guests."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class BookingStatus(StrEnum):
    WISHED = "wished"
    """Made offline without a lease: shown as unconfirmed, opens no door."""
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    RELEASED = "released"
    """Nobody came; the slot is free again and the booking is kept."""


@dataclass(frozen=True, slots=True)
class Booking:
    """`party` is how many people its own pass lets in. Times are UTC."""

    resource_id: str
    person_id: str | None
    starts: datetime
    ends: datetime
    party: int = 1
    paid: bool = True
    amount_cents: int = 0
    status: BookingStatus = BookingStatus.CONFIRMED
    claimed_at: datetime | None = None
    ended_at: datetime | None = None
    """When it was cancelled or released; what happened before counts by the booking."""

    def stands_at(self, instant: datetime) -> bool:
        """Whether it was confirmed at `instant`, whatever became of it later."""
        ended_later = self.ended_at is not None and instant < self.ended_at
        return self.status is BookingStatus.CONFIRMED or ended_later


@dataclass(frozen=True, slots=True)
class BookingMade:
    booking: Booking


@dataclass(frozen=True, slots=True)
class BookingMoved:
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class BookingPaid:
    pass


@dataclass(frozen=True, slots=True)
class BookingCancelled:
    at: datetime


@dataclass(frozen=True, slots=True)
class BookingReleased:
    at: datetime


@dataclass(frozen=True, slots=True)
class BookingClaimed:
    """Somebody of the party has come."""

    at: datetime


BookingEvent = (
    BookingMade | BookingMoved | BookingPaid | BookingCancelled | BookingReleased | BookingClaimed
)


def evolve(state: Booking | None, event: BookingEvent) -> Booking | None:
    if isinstance(event, BookingMade):
        return event.booking
    if state is None:
        return None
    match event:
        case BookingMoved(starts, ends):
            return replace(state, starts=starts, ends=ends)
        case BookingPaid():
            return replace(state, paid=True)
        case BookingCancelled(at):
            return _ended(state, BookingStatus.CANCELLED, at)
        case BookingReleased(at):
            return _ended(state, BookingStatus.RELEASED, at)
        case BookingClaimed(at):
            return replace(state, claimed_at=state.claimed_at or at)


def _ended(state: Booking, status: BookingStatus, at: datetime) -> Booking:
    """The earliest end counts; a wish never stood, so it has none."""
    if state.status is BookingStatus.CONFIRMED:
        return replace(state, status=status, ended_at=at)
    earliest = min(state.ended_at, at) if state.ended_at else None
    return replace(state, status=status, ended_at=earliest)
