"""What people ask for when they book."""

from dataclasses import dataclass

from domain.booking import PayBy
from domain.booking.wish import SlotWish


@dataclass(frozen=True, slots=True)
class RequestKey:
    """An idempotency key: `scope` is who asked, `content` the hash of all they asked for."""

    scope: str
    key: str
    content: str


@dataclass(frozen=True, slots=True)
class NewBooking:
    """A slot of a resource. `pay_by` None: the usual way of whoever books.

    `expected_cents`: what the person was shown; at another price nothing is booked.
    """

    resource_id: str
    wish: SlotWish
    pay_by: PayBy | None = None
    expected_cents: int | None = None
    series_id: str | None = None
    key: RequestKey | None = None
    mail: bool = True
