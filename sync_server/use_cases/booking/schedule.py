"""Timers of a booking: when it is next to be looked at, by itself."""

from datetime import timedelta
from typing import Final

from domain.booking import Booking, BookingStatus, PayBy
from domain.booking.release import Evidence, Keep, Wait, decide_release
from ledger.timers import Timer
from ledger.unit import Unit
from sync_server.use_cases.booking.case import Place

KIND: Final = "booking"
NO_SHOW: Final = "no_show"
"""Remind, or release what nobody came for."""
UNPAID: Final = "unpaid"
"""Give up what was to be paid by link and was not."""
WISH_OVER: Final = "wish_over"
"""Nobody confirmed it until it would have begun."""
PAY_WITHIN: Final = timedelta(minutes=20)
PAY_WITHIN_LATER: Final = timedelta(days=1)
"""For whoever is not sitting there: staff have confirmed what they wished for."""
PAY_GRACE: Final = timedelta(minutes=1)


def schedule(
    unit: Unit, place: Place, booking_id: str, booking: Booking, *, fresh: bool = False
) -> None:
    """Set the timers that `booking` needs as it now stands; all earlier ones are gone.

    `fresh`: it has never had any.
    """
    confirmed = booking.status is BookingStatus.CONFIRMED
    awaits_money = confirmed and not booking.paid and booking.pay_by is PayBy.LINK
    before = unit.timers_of(booking_id) if awaits_money and not fresh else []
    if not fresh:
        unit.drop_timers(KIND, booking_id)
    match booking.status:
        case BookingStatus.WISHED:
            _set(unit, place, WISH_OVER, booking_id, booking)
        case BookingStatus.CONFIRMED:
            set_no_show(unit, place, booking_id, booking)
            unpaid = next((timer for timer in before if timer.what == UNPAID), None)
            if unpaid is not None:  # no change buys more time to pay
                unit.set_timer(unpaid)
            elif awaits_money:
                _set(unit, place, UNPAID, booking_id, booking)
        case _:
            pass


def set_no_show(unit: Unit, place: Place, booking_id: str, booking: Booking) -> None:
    """Have it looked at when the rule next has something to say."""
    evidence = Evidence(reminded_at=booking.reminded_at)
    due = decide_release(booking, place.resource, evidence, True, unit.now)
    at = due.until if isinstance(due, Keep | Wait) else unit.now
    if at is not None:
        unit.set_timer(Timer(NO_SHOW, booking_id, KIND, place.stream, at))


def _set(unit: Unit, place: Place, what: str, booking_id: str, booking: Booking) -> None:
    at = booking.starts
    if what == UNPAID:
        at_once = booking.made_at == unit.now
        at = unit.now + (PAY_WITHIN if at_once else PAY_WITHIN_LATER)
    unit.set_timer(Timer(what, booking_id, KIND, place.stream, max(at, unit.now)))
