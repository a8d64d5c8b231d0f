"""A booking: one resource, one slot, one host; and the invitations of their guests."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
"""Printed passes carry times until 2106 (docs/pass-layout.md); people come early and leave late."""
LONGEST: Final = timedelta(days=366)
LARGEST_PARTY: Final = 255
"""The party of a printed pass is one byte."""


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


class BookingProblem(StrEnum):
    """Why something cannot be booked at all, however free it is."""

    NO_TIME = "no_time"
    NO_SUCH_YEAR = "no_such_year"
    TOO_LONG = "too_long"
    NO_PARTY = "no_party"


def booking_problem(booking: Booking) -> BookingProblem | None:
    """What is wrong with a booking that no pass, mail or calendar could carry, or None."""
    if booking.starts >= booking.ends:
        return BookingProblem.NO_TIME
    if booking.starts < EARLIEST or booking.ends > LATEST:
        return BookingProblem.NO_SUCH_YEAR
    if booking.ends - booking.starts > LONGEST:
        return BookingProblem.TOO_LONG
    return None if 1 <= booking.party <= LARGEST_PARTY else BookingProblem.NO_PARTY


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
