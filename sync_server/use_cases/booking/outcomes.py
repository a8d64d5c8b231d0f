"""What the acts on bookings answer: done, or why not, as values."""

from dataclasses import dataclass
from enum import StrEnum

from domain.booking import Booking
from domain.booking.alternatives import Alternative
from domain.booking.outcomes import NotBookable
from domain.pricing import Quote


@dataclass(frozen=True, slots=True)
class Booked:
    """It is made. A wish that staff confirm first (`booking.status`) has no pass yet."""

    booking_id: str
    booking: Booking
    pass_id: str = ""
    mail_id: str = ""
    """Empty where no mail was wished."""
    again: bool = False
    """The same request was carried out before; this is what came of it."""


@dataclass(frozen=True, slots=True)
class SlotTaken:
    """Somebody else has it. `add_on_id`: the slot is free, but not this add-on."""

    alternatives: tuple[Alternative, ...] = ()
    add_on_id: str | None = None


@dataclass(frozen=True, slots=True)
class PriceChanged:
    """It would cost something else than what was expected; nothing was done."""

    quote: Quote


class No(StrEnum):
    """Why nothing was done, where no rule of booking had to be asked; API codes."""

    UNKNOWN_SITE = "unknown_site"
    UNKNOWN_RESOURCE = "unknown_resource"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_BOOKING = "unknown_booking"
    """There is none, or none of this person's."""
    UNKNOWN_SERIES = "unknown_series"
    """There is none, or none of this person's."""
    NOT_STANDING = "not_standing"
    """It is over, was cancelled or released, so that nothing can be changed any more."""
    ASK_ANEW = "ask_anew"
    """What it would become has to be confirmed by staff first: that is a booking of its own."""
    HOLD_GONE = "hold_gone"
    """The time for it is over, or it was given up."""
    TOO_MANY_HOLDS = "too_many_holds"
    WAY_TO_PAY = "way_to_pay"
    """It is not offered to pay in this way."""
    KEY_REUSED = "key_reused"
    """The same idempotency key came with another request."""
    BAD_GUEST = "bad_guest"
    BAD_VAT_ID = "bad_vat_id"
    TOO_MANY_GUESTS = "too_many_guests"
    NO_PLACE_LEFT = "no_place_left"
    """All day places are taken."""
    UNKNOWN_PRODUCT = "unknown_product"


class NeedsHouse(Exception):  # noqa: N818 - the unit of work is done once more, with more locked
    """Credits are spent, so that the stream `house` has to be locked too; nothing was done."""


@dataclass(frozen=True, slots=True)
class Changed:
    """It is changed. `difference_cents` are due more than before, or less than nothing."""

    booking_id: str
    booking: Booking
    difference_cents: int
    mail_id: str = ""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """It is called off. `fee_cents` stay due, `refund_cents` go back of what was paid."""

    booking_id: str
    booking: Booking
    fee_cents: int
    refund_cents: int
    mail_id: str = ""


NotMade = NotBookable | SlotTaken | PriceChanged | No
