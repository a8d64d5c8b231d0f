"""Included minutes: spent with a booking, returned with what is given up of it."""

from datetime import datetime
from typing import Final

from domain.account import CreditReturned, CreditSpent, Spent
from domain.booking import Booking
from domain.standing import month_of
from domain.subjects import HOUSE
from ledger.unit import Unit
from sync_server.use_cases.booking.case import Case
from sync_server.use_cases.booking.outcomes import NeedsHouse

_INCLUDED: Final = "included"
"""The line of a price that included minutes pay for."""


def minutes_of(booking: Booking) -> int:
    """The included minutes spent on it; where there are any, changing it locks `house` too."""
    return sum(line.minutes for line in booking.lines if line.code == _INCLUDED)


def return_minutes(unit: Unit, booking: Booking, ref: str) -> None:
    """What `ref` took for an order that nobody paid is back. Raises NeedsHouse."""
    if not minutes_of(booking) or booking.person_id is None:
        return
    if not unit.locks(HOUSE):
        raise NeedsHouse
    unit.append(HOUSE, "account", booking.person_id, CreditReturned(ref), actor="server")


def spend_minutes(unit: Unit, case: Case, ref: str, starts: datetime, minutes: int) -> None:
    """From now on `ref` has taken so many minutes of its month, none: what it took is back.

    Locks `house`.
    """
    person_id = case.standing.person_id
    if person_id is None:
        return
    month = month_of(starts, case.place.site.zone)
    event = CreditSpent(Spent(ref, month, minutes)) if minutes else CreditReturned(ref)
    unit.append(HOUSE, "account", person_id, event, actor="server")
