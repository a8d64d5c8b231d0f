"""What happens to a thing once all that was asked for it has arrived, by the kind of the thing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.booking import Booking, BookingPaid, BookingStatus
from domain.calendar import local_date
from domain.day_pass import DayPass, DayPassPaid
from domain.payment import Payment
from domain.site import Site
from domain.subjects import site_stream
from ledger.unit import Unit
from sync_server.keys import HouseKeys
from sync_server.use_cases.booking.day_places import claim_place
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.orders import FOR_KIND, complete_order
from sync_server.use_cases.booking.outcomes import Booked
from sync_server.use_cases.booking.sell_day import hand_out_day
from sync_server.use_cases.chance import Ids


class Settled(StrEnum):
    DELIVERED = "delivered"
    FOR_STAFF = "for_staff"
    """The money is here and the thing is not to be had any more: a person has to decide."""


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment that has just become whole, within the unit of work that found it out.

    The site's stream is locked. `was_late`: it had ended before the money came.
    """

    unit: Unit
    keys: HouseKeys
    site_id: str
    payment_id: str
    payment: Payment
    was_late: bool


def settled(paid: Paid) -> Settled:
    """Hand over what was paid for; called once for each payment."""
    deliver = _BY_KIND.get(paid.payment.for_kind)
    return deliver(paid) if deliver else Settled.FOR_STAFF


def _booking(paid: Paid) -> Settled:
    booking = paid.unit.full("booking", paid.payment.for_id, Booking)
    if booking is None or booking.status is not BookingStatus.CONFIRMED or booking.paid:
        return Settled.FOR_STAFF
    if paid.payment.amount_cents < booking.amount_cents:  # it has become dearer since
        return Settled.FOR_STAFF
    _append(paid, BookingPaid())
    return Settled.DELIVERED


def _day_pass(paid: Paid) -> Settled:
    """Its place is kept from now on, also one that is free when the money comes late."""
    day_pass = paid.unit.full("day_pass", paid.payment.for_id, DayPass)
    site = paid.unit.full("site", paid.site_id, Site)
    if day_pass is None or day_pass.cancelled or day_pass.paid or site is None:
        return Settled.FOR_STAFF
    place = claim_place(paid.unit, (paid.site_id, site), day_pass.day, paid.payment.for_id)
    if place is None or day_pass.day < local_date(paid.unit.now, site.zone):
        return Settled.FOR_STAFF
    _append(paid, DayPassPaid())
    hand_out_day(Making(paid.unit, paid.keys, Ids()), paid.site_id, paid.payment.for_id)
    return Settled.DELIVERED


def _booking_order(paid: Paid) -> Settled:
    """Booked, also late if it is still free; else the order is kept for staff to see."""
    made = complete_order(Making(paid.unit, paid.keys, Ids()), paid.payment.for_id)
    return Settled.DELIVERED if isinstance(made, Booked) else Settled.FOR_STAFF


def _append(paid: Paid, event: BookingPaid | DayPassPaid) -> None:
    what = paid.payment
    paid.unit.append(site_stream(paid.site_id), what.for_kind, what.for_id, event, actor="server")


_BY_KIND: Final[Mapping[str, Callable[[Paid], Settled]]] = {
    "booking": _booking,
    FOR_KIND: _booking_order,
    "day_pass": _day_pass,
}
"""By the payment's `for_kind`; whoever sells a new kind of thing adds its line."""
