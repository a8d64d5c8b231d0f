"""A membership: one person on one plan, from a first to a last day."""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Membership:
    """`last_day` None: it goes on until ended. Days are those of the site's calendar."""

    person_id: str
    plan_id: str
    first_day: date
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class MembershipStarted:
    membership: Membership


@dataclass(frozen=True, slots=True)
class MembershipPlanChanged:
    plan_id: str


@dataclass(frozen=True, slots=True)
class MembershipEnded:
    """It covers `last_day` and no day after it."""

    last_day: date


MembershipEvent = MembershipStarted | MembershipPlanChanged | MembershipEnded


def evolve(state: Membership | None, event: MembershipEvent) -> Membership | None:
    match event:
        case MembershipStarted(membership):
            return membership
        case MembershipPlanChanged(plan_id):
            return state and replace(state, plan_id=plan_id)
        case MembershipEnded(last_day):
            return state and replace(state, last_day=last_day)
