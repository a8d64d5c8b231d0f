"""Attempts at a booking that came to nothing, counted for each resource and day.

The subject is `attempts_id(resource, day)`, the day being the one that was wished for.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from domain.booking.state import EARLIEST, LATEST
from domain.calendar import local_date

REACH: Final = timedelta(days=366)
"""Wishes for days further away are nobody's demand and are not counted."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """`refused` by the code of the rule that spoke."""

    taken: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    @property
    def refusals(self) -> int:
        return sum(self.refused.values())


@dataclass(frozen=True, slots=True)
class SlotWasTaken:
    """Somebody else had it. `add_on_id`: only this add-on was taken."""

    starts: datetime
    ends: datetime
    add_on_id: str | None = None


@dataclass(frozen=True, slots=True)
class BookingRefused:
    """A rule said no; `rule` is its code."""

    starts: datetime
    ends: datetime
    rule: str


AttemptEvent = SlotWasTaken | BookingRefused


def evolve(state: Attempts | None, event: AttemptEvent) -> Attempts:
    attempts = state or Attempts()
    match event:
        case SlotWasTaken():
            return replace(attempts, taken=attempts.taken + 1)
        case BookingRefused(rule=rule):
            refused = attempts.refused | {rule: attempts.refused.get(rule, 0) + 1}
            return replace(attempts, refused=refused)


def attempts_id(resource_id: str, day: date) -> str:
    """The subject that counts the attempts at a resource on a day."""
    return f"{resource_id}@{day.isoformat()}"


def counted_on(starts: datetime, zone: str, now: datetime) -> date | None:
    """The day on which an attempt counts, or None for a time that nobody can mean."""
    if not EARLIEST <= starts <= LATEST or abs(starts - now) > REACH:
        return None
    return local_date(starts, zone)
