"""What a payment is for, in words, and whether it is still to be had for the money."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from domain.booking import Booking, BookingStatus
from domain.contradiction import Contradiction
from domain.day_pass import DayPass
from domain.passes import GrantKind, Pass
from domain.payment import Payment
from domain.resource import Resource
from ledger.reader import Reader
from sync_server.use_cases.booking.orders import FOR_KIND as BOOKING_ORDER
from sync_server.use_cases.booking.orders import order_wish
from sync_server.use_cases.note_payment import PAID_IN_VAIN, matter_of
from wording import sentence


@dataclass(frozen=True, slots=True)
class Thing:
    """`name` empty: nothing that has one. `pass_id`: of the pass it comes with, if it has one."""

    kind: str
    name: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    day: date | None = None
    is_wanted: bool = False
    """Money for it would still buy it."""
    kept_until: datetime | None = None
    """Nobody else gets it before; None: it does not run away."""
    pass_id: str = ""


def thing_of(reader: Reader, payment: Payment, now: datetime) -> Thing:
    """What is paid for, as it is now."""
    find = _BY_KIND.get(payment.for_kind)
    return find(reader, payment.for_id, now) if find else Thing(payment.for_kind)


def in_words(thing: Thing, locale: str) -> str:
    """Behind "for" and "für"."""
    if thing.name:
        return thing.name
    code = f"pay.thing.{thing.kind}" if thing.kind in _NAMED else "pay.thing"
    return sentence(code, {}, locale)


def is_in_vain(reader: Reader, payment_id: str) -> bool:
    """Whether the money is here, the thing is not, and staff have not settled it yet."""
    told = reader.full("contradiction", matter_of(payment_id, PAID_IN_VAIN), Contradiction)
    return told is not None and told.settled_at is None


def _booking(reader: Reader, booking_id: str, _: datetime) -> Thing:
    booking = reader.full("booking", booking_id, Booking)
    if booking is None:
        return Thing("booking")
    resource = reader.full("resource", booking.resource_id, Resource)
    return Thing(
        "booking",
        resource.name if resource else "",
        booking.starts,
        booking.ends,
        is_wanted=booking.status is BookingStatus.CONFIRMED and not booking.paid,
        pass_id=_pass_of(reader, GrantKind.BOOKING, booking_id),
    )


def _order(reader: Reader, order_id: str, now: datetime) -> Thing:
    """A slot that waits for its money; the booking under the same id, once that has come."""
    row, found = reader.hold(order_id), order_wish(reader, order_id)
    if row is None or found is None:
        return replace(_booking(reader, order_id, now), is_wanted=False)
    resource_id, wish = found
    resource = reader.full("resource", resource_id, Resource)
    return Thing(
        "booking",
        resource.name if resource else "",
        wish.starts,
        wish.ends,
        is_wanted=now < row.expires_at,
        kept_until=row.expires_at,
    )


def _day_pass(reader: Reader, day_pass_id: str, _: datetime) -> Thing:
    day_pass = reader.full("day_pass", day_pass_id, DayPass)
    if day_pass is None:
        return Thing("day_pass")
    return Thing(
        "day_pass",
        day=day_pass.day,
        is_wanted=not (day_pass.cancelled or day_pass.paid),
        pass_id=_pass_of(reader, GrantKind.DAY_PASS, day_pass_id),
    )


def _pass_of(reader: Reader, kind: GrantKind, grant_id: str) -> str:
    issued = reader.many("pass", reader.passes_of(kind, grant_id), Pass)
    standing = [(each.issued_at, id_) for id_, each in issued if each.revoked_at is None]
    return max(standing)[1] if standing else ""


_BY_KIND: Final[Mapping[str, Callable[[Reader, str, datetime], Thing]]] = {
    "booking": _booking,
    BOOKING_ORDER: _order,
    "day_pass": _day_pass,
}
_NAMED: Final = frozenset({"day_pass"})
