"""Plans: what a membership opens, and when."""

from dataclasses import dataclass

from domain.calendar import WeeklyHours


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan on the price list. No `hours` of its own: the opening hours of the site."""

    name: str
    sites: tuple[str, ...]
    zones: int
    hours: tuple[WeeklyHours, ...] = ()
    price_cents: int = 0
    included_min: int = 0
    """Minutes of resources a month that cost nothing more."""
    day_passes: int = 0
    """Day passes a month."""
    discount_percent: int = 0
    """... on what is not included."""
    group: str = ""
    """The group of people its members belong to in tariffs."""
    on_account: bool = True
    """Bookings go onto the monthly invoice."""


@dataclass(frozen=True, slots=True)
class PlanSet:
    """The plan is from now on as given."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class PlanRetired:
    """Nobody holds it any more."""


PlanEvent = PlanSet | PlanRetired


def evolve(state: Plan | None, event: PlanEvent) -> Plan | None:
    match event:
        case PlanSet(plan):
            return plan
        case PlanRetired():
            return None
