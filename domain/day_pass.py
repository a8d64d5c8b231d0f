"""A day pass: a place in the house for one day, within its opening hours."""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class DayPass:
    """Valid on `day` from opening (or `from_min`) to closing (or `to_min`, local minutes)."""

    person_id: str | None
    day: date
    zones: int
    party: int = 1
    from_min: int | None = None
    to_min: int | None = None
    paid: bool = True
    amount_cents: int = 0
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class DayPassSold:
    day_pass: DayPass


@dataclass(frozen=True, slots=True)
class DayPassPaid:
    pass


@dataclass(frozen=True, slots=True)
class DayPassCancelled:
    pass


DayPassEvent = DayPassSold | DayPassPaid | DayPassCancelled


def evolve(state: DayPass | None, event: DayPassEvent) -> DayPass | None:
    match event:
        case DayPassSold(day_pass):
            return day_pass
        case DayPassPaid():
            return state and replace(state, paid=True)
        case DayPassCancelled():
            return state and replace(state, cancelled=True)
