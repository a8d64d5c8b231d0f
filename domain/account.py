"""What a person may still use without paying: day passes of bundles and plans, included time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from domain.plan import Plan

KEPT_MONTHS: Final = 13
"""Bookings lie at most a year ahead; what is older than that is settled and forgotten."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one booking or day pass took, in the month ("2026-11") it is used in."""

    ref: str
    month: str
    minutes: int = 0
    passes: int = 0
    """From the plan's passes of that month."""
    bought_passes: int = 0
    """From bundles."""


@dataclass(frozen=True, slots=True)
class Account:
    """`bought_passes` were bought in bundles and do not end with the month."""

    bought_passes: int = 0
    spent: tuple[Spent, ...] = ()


@dataclass(frozen=True, slots=True)
class PassesBought:
    """A bundle, with what is billed for it."""

    passes: int
    ref: str = ""
    product_id: str = ""
    amount_cents: int = 0


@dataclass(frozen=True, slots=True)
class CreditSpent:
    """What was taken; an earlier one of the same `ref` is replaced."""

    spent: Spent


@dataclass(frozen=True, slots=True)
class CreditReturned:
    """What `ref` took is there again."""

    ref: str


AccountEvent = PassesBought | CreditSpent | CreditReturned


@dataclass(frozen=True, slots=True)
class Left:
    """What is there in one month: of the plans, and of what was bought."""

    minutes: int = 0
    plan_passes: int = 0
    bought_passes: int = 0

    @property
    def passes(self) -> int:
        return self.plan_passes + self.bought_passes


@dataclass(frozen=True, slots=True)
class NotEnough:
    """More was wanted than is left; nothing is taken."""

    left: Left


def left(account: Account | None, plans: Iterable[Plan], month: str, but_for: str = "") -> Left:
    """What is left of `month` ("2026-11") as if `but_for` (a ref) had taken nothing.

    Several plans add up. Where a plan shrank after it was used nothing is left, and no debt.
    """
    account, plans = account or Account(), tuple(plans)
    others = _without(account, but_for)
    of_month = [each for each in others if each.month == month]
    minutes = sum(plan.included_min for plan in plans) - sum(each.minutes for each in of_month)
    passes = sum(plan.day_passes for plan in plans) - sum(each.passes for each in of_month)
    bought = account.bought_passes - sum(each.bought_passes for each in others)
    return Left(max(0, minutes), max(0, passes), max(0, bought))


def decide_spend(
    account: Account | None, plans: Iterable[Plan], wanted: Spent
) -> CreditSpent | NotEnough:
    """Whether `wanted` (its `passes` of whatever kind) can be taken, for its month.

    Passes of the plan go first, because they end with the month. What the same ref took
    before is given back by it.
    """
    there = left(account, plans, wanted.month, but_for=wanted.ref)
    if wanted.minutes > there.minutes or wanted.passes > there.passes:
        return NotEnough(there)
    of_plan = min(wanted.passes, there.plan_passes)
    bought = wanted.passes - of_plan
    return CreditSpent(replace(wanted, passes=of_plan, bought_passes=bought))


def evolve(state: Account | None, event: AccountEvent) -> Account:
    account = state or Account()
    match event:
        case PassesBought(passes):
            return replace(account, bought_passes=account.bought_passes + passes)
        case CreditSpent(spent):
            return _spent(account, spent)
        case CreditReturned(ref):
            return replace(account, spent=_without(account, ref))


def _spent(account: Account, spent: Spent) -> Account:
    """Months that are long over are forgotten, and what they took of bought passes is final."""
    entries = (*_without(account, spent.ref), spent)
    oldest = max(map(_month_number, entries)) - KEPT_MONTHS
    kept = tuple(each for each in entries if _month_number(each) >= oldest)
    final = sum(each.bought_passes for each in entries if _month_number(each) < oldest)
    return Account(account.bought_passes - final, kept)


def _month_number(spent: Spent) -> int:
    """Months since the year 0; what is no month counts as long over."""
    year, _, month = spent.month.partition("-")
    return int(year) * 12 + int(month) if year.isdecimal() and month.isdecimal() else 0


def _without(account: Account, ref: str) -> tuple[Spent, ...]:
    return tuple(each for each in account.spent if each.ref != ref)
