"""What runs out by itself: holds, orders, wishes nobody confirmed, bookings nobody paid."""

from typing import Final

from domain.booking import BookingStatus, PayBy
from domain.payment import Payment
from domain.person import Person, PersonErased
from domain.subjects import HOUSE
from ledger.reader import Reader
from ledger.timers import Timer
from ledger.unit import Unit
from sync_server.use_cases.booking.cancel import end_booking
from sync_server.use_cases.booking.credits import return_minutes
from sync_server.use_cases.booking.holds import read_held
from sync_server.use_cases.booking.outcomes import NeedsHouse, No
from sync_server.use_cases.booking.schedule import PAY_GRACE
from sync_server.use_cases.booking.standing_booking import Found, find_booking
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.mails import BOOKING_DECLINED, BOOKING_UNPAID, queue_note

MOST_WAITED_FOR: Final = 3
"""Payments of one booking: whoever begins ever new ones keeps it from others without paying."""
_GRANTS: Final = ("membership", "booking", "day_pass")


def end_hold(unit: Unit, timer: Timer) -> None:
    """The time for a hold is over: its slot is free, an order goes on waiting for its money.

    Raises NeedsHouse.
    """
    row = unit.hold(timer.subject)
    if row is None or unit.now < row.expires_at:
        return
    order = read_held(row).booking
    if order is not None:
        return_minutes(unit, order, row.id)
    else:
        unit.take_hold(row.id)  # before its claims, as everywhere: no two wait for each other
    unit.release_claim(row.id)


def forget_order(unit: Unit, timer: Timer) -> None:
    """No money came: the order goes, and a guest whom the house knows only from it.

    Raises NeedsHouse.
    """
    row = unit.hold(timer.subject)
    held = read_held(row) if row else None
    if row is None or held is None or held.paid_in_vain:
        return
    person_id = held.booking.person_id if held.booking else None
    if person_id and _is_known_from_nothing_else(unit, person_id):
        if not unit.locks(HOUSE):
            raise NeedsHouse
        unit.append(HOUSE, "person", person_id, PersonErased(unit.now), actor="server")
        unit.erase_card(person_id)
    unit.take_hold(row.id)
    unit.release_claim(row.id)


def end_wish(unit: Unit, timer: Timer) -> None:
    """Nobody confirmed it in time. Raises NeedsHouse."""
    found = find_booking(unit, timer.subject)
    if not isinstance(found, No) and found.booking.status is BookingStatus.WISHED:
        _end(unit, found, BOOKING_DECLINED)


def end_unpaid(unit: Unit, timer: Timer) -> None:
    """It was to be paid by link and was not; somebody who is paying is waited for, not for ever.

    Raises NeedsHouse.
    """
    found = find_booking(unit, timer.subject)
    if isinstance(found, No):
        return
    booking = found.booking
    waits = booking.status is BookingStatus.CONFIRMED and booking.pay_by is PayBy.LINK
    if booking.paid or not waits:
        return
    ids = unit.payments_of("booking", timer.subject)
    payments = [payment for _, payment in unit.many("payment", ids, Payment)]
    until = max((p.expires_at for p in payments if p.is_open), default=unit.now)
    if until > unit.now and len(payments) <= MOST_WAITED_FOR:
        at = until + PAY_GRACE
        unit.set_timer(Timer(timer.what, timer.subject, timer.kind, timer.stream, at))
    else:
        _end(unit, found, BOOKING_UNPAID)


def _end(unit: Unit, found: Found, what: str) -> None:
    """Free of charge, and the host is told why."""
    end_booking(unit, found, 0)
    if found.booking.person_id:
        queue_note(unit, what, found.booking.person_id, found.booking_id, Ids())


def _is_known_from_nothing_else(reader: Reader, person_id: str) -> bool:
    has_any = any(True for kind in _GRANTS for _ in reader.of_person(kind, person_id))
    return not has_any and reader.full("person", person_id, Person) == Person()
