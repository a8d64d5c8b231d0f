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
