"""What callers of the booking API send: exact, no field that is not known."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Final, Literal

import msgspec

from domain.booking import LARGEST_PARTY, PayBy
from domain.booking.wish import SlotWish
from domain.calendar import FAR, LONG_AGO
from domain.guest_list import Listed
from sync_server.use_cases.booking.book_held import Agreed
from sync_server.use_cases.booking.change import Change
from sync_server.use_cases.booking.guests import Guest
from sync_server.use_cases.booking.inviting import AT_ONCE
from sync_server.use_cases.booking.requests import NewBooking, RequestKey
from sync_server.use_cases.report import MOST_WORDS, Trouble

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Word = Annotated[str, msgspec.Meta(max_length=300)]
Instant = Annotated[
    datetime, msgspec.Meta(tz=True, description="RFC 3339 with an offset.", examples=[])
]
MOST_ADD_ONS: Final = 50
MOST_CENTS: Final = 2**53
"""More would not survive every reader of JSON."""


class AddOnWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many pieces of an add-on."""

    id: Id
    quantity: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 1


class SlotBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A resource from `start` to `end`, without its buffers."""

    resource: Id
    start: Instant
    end: Instant
    add_ons: Annotated[tuple[AddOnWish, ...], msgspec.Meta(max_length=MOST_ADD_ONS)] = ()
    party: int = 1

    @property
    def wish(self) -> SlotWish:
        return SlotWish(in_utc(self.start), in_utc(self.end), self.party, pieces(self.add_ons))


class QuoteBody(SlotBody, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`person`: for whom, where an operator asks."""

    person: Id | None = None


class BookingBody(QuoteBody, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`expected_cents`: the total that was shown; at another price nothing is booked.

    `pay_by` left out: in the usual way of the person. `mail`: whether they are written to.
    """

    pay_by: PayBy | None = None
    expected_cents: int | None = None
    mail: bool = True

    def asked(self, key: RequestKey | None) -> NewBooking:
        return NewBooking(
            self.resource, self.wish, self.pay_by, self.expected_cents, key=key, mail=self.mail
        )


class DoorReportBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At which door somebody stands; none: nowhere in particular."""

    door: Id | None = None


class RefundBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So much of a payment goes back, in minor units."""

    cents: Annotated[int, msgspec.Meta(ge=-MOST_CENTS, le=MOST_CENTS)]


class GuestBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who books without an account; `company` and `vat_id` as they are wanted on the invoice."""

    name: Word
    mail: Word
    company: Word = ""
    vat_id: Word = ""
    phone: Word = ""
    language: Literal["en", "de"] = "en"

    @property
    def guest(self) -> Guest:
        return Guest(
            self.name, self.mail, self.company, self.vat_id, self.phone, language=self.language
        )


class InvitedBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody to be invited; without a name: by what stands before the @."""

    mail: Word
    name: Word = ""

    @property
    def listed(self) -> Listed:
        return Listed(self.name or self.mail.partition("@")[0], self.mail)


class GuestsBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Either `guests`, each with a pass and mail of their own, or one pass for `people`."""

    guests: Annotated[tuple[InvitedBody, ...], msgspec.Meta(max_length=AT_ONCE)] = ()
    people: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_PARTY)] | None = None


class TicketBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is wrong; `words` for whoever mends it."""

    trouble: Trouble
    words: Annotated[str, msgspec.Meta(max_length=MOST_WORDS)] = ""


class OrderBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`guest` is left out where a member holds the slot. Whoever sends it has shown the rules."""

    guest: GuestBody | None = None
    pay_by: PayBy | None = None
    expected_cents: int | None = None

    @property
    def agreed(self) -> Agreed:
        guest = self.guest.guest if self.guest else None
        return Agreed(guest, self.pay_by, self.expected_cents)


class HouseBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`text`: the house file (TOML). `remove_missing`: what it does not name is to go."""

    text: str
    dry_run: bool = False
    remove_missing: bool = False


class ChangeBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is to be different; what is left out stays. `expected_cents`: the new total shown."""

    start: Instant | None = None
    end: Instant | None = None
    resource: Id | None = None
    add_ons: Annotated[tuple[AddOnWish, ...], msgspec.Meta(max_length=MOST_ADD_ONS)] | None = None
    expected_cents: int | None = None
    mail: bool = True

    @property
    def change(self) -> Change:
        return Change(
            in_utc(self.start) if self.start else None,
            in_utc(self.end) if self.end else None,
            self.resource,
            None if self.add_ons is None else pieces(self.add_ons),
            self.expected_cents,
            self.mail,
        )


def in_utc(instant: datetime) -> datetime:
    """The same instant in UTC; what no calendar can show there becomes the nearest it can."""
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        return LONG_AGO if instant.year == 1 else FAR


def pieces(add_ons: Sequence[AddOnWish]) -> tuple[tuple[str, int], ...]:
    """Ids with quantities; the same add-on named twice is wanted that many times."""
    wanted: dict[str, int] = {}
    for each in add_ons:
        wanted[each.id] = wanted.get(each.id, 0) + each.quantity
    return tuple(wanted.items())


class DayPassBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A product for a day. `person`: for whom, where an operator asks; `guest`: no account."""

    site: Id
    date: date
    product: Id
    person: Id | None = None
    pay_by: PayBy | None = None
    expected_cents: int | None = None
    guest: GuestBody | None = None
