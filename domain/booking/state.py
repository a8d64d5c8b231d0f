"""A booking as it stands: what, when, who, at which price, and what became of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.tariff import PriceLine

EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
"""Printed passes carry times until 2106 (docs/pass-layout.md); people come early and leave late."""
LONGEST: Final = timedelta(days=366)
LARGEST_PARTY: Final = 255
"""The party of a printed pass is one byte."""


class BookingStatus(StrEnum):
    WISHED = "wished"
    """Asked for and not confirmed (by staff, or made offline without a lease): opens no door."""
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    RELEASED = "released"
    """Nobody came; the slot is free again and the booking is kept."""


class PayBy(StrEnum):
    """How a booking is settled; only `LINK` and `DESK` are paid before it opens a door."""

    NOTHING = "nothing"
    INVOICE = "invoice"
    LINK = "link"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class BookedAddOn:
    """So many of an add-on of the site; `unit` is what it holds, if it is scarce."""

    add_on_id: str
    quantity: int = 1
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Booking:
    """`party` is how many people its own pass lets in. Times are UTC, without buffers."""

    resource_id: str
    person_id: str | None
    starts: datetime
    ends: datetime
    party: int = 1
    paid: bool = True
    """Nothing has to be paid any more before it opens a door."""
    amount_cents: int = 0
    """The gross price of all its `lines`."""
    status: BookingStatus = BookingStatus.CONFIRMED
    claimed_at: datetime | None = None
    ended_at: datetime | None = None
    """When it was cancelled or released; what happened before counts by the booking."""
    unit: str = ""
    """Which numbered unit of the resource it holds; empty: the resource itself."""
    add_ons: tuple[BookedAddOn, ...] = ()
    lines: tuple[PriceLine, ...] = ()
    """The price as quoted, line by line: what is billed."""
    pay_by: PayBy = PayBy.NOTHING
    fee_cents: int = 0
    """What is owed although it was cancelled."""
    least_fee_cents: int = 0
    """Cancelling costs at least this: it did when the booking was last changed."""
    reminded_at: datetime | None = None
    """When the host was last asked whether they still need it."""
    kept_at: datetime | None = None
    """When the host answered a reminder with "I need it"."""
    released_at: datetime | None = None
    """When it was last released as a no-show, also if it was given back later."""
    series_id: str | None = None
    made_at: datetime | None = None

    @property
    def held_unit(self) -> str:
        """The unit of its holding."""
        return self.unit or self.resource_id

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
