"""What is left of plans and bundles: never less than nothing, never spent twice."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.account import (
    Account,
    CreditReturned,
    CreditSpent,
    Left,
    NotEnough,
    PassesBought,
    Spent,
    decide_spend,
    evolve,
    left,
)
from domain.plan import Plan

NOVEMBER, DECEMBER = "2026-11", "2026-12"
FLEX = Plan("Flex", (), 1, included_min=120, day_passes=2)
TEAM = Plan("Team", (), 1, included_min=60, day_passes=1)


def after(*events: PassesBought | CreditSpent | CreditReturned) -> Account:
    account = Account()
    for event in events:
        account = evolve(account, event)
    return account


def spent(ref: str, month: str = NOVEMBER, **what: int) -> CreditSpent:
    return CreditSpent(Spent(ref, month, **what))


def test_plans_add_up_and_each_month_begins_anew() -> None:
    account = after(PassesBought(10), spent("b1", minutes=50, passes=1), spent("b2", minutes=30))
    assert left(account, (FLEX, TEAM), NOVEMBER) == Left(100, 2, 10)
    assert left(account, (FLEX, TEAM), DECEMBER) == Left(180, 3, 10)
    assert left(account, (), NOVEMBER) == Left(0, 0, 10)
    assert left(None, (FLEX,), NOVEMBER) == Left(120, 2, 0)


def test_a_smaller_plan_leaves_nothing_and_no_debt() -> None:
    assert left(after(spent("b1", minutes=100)), (TEAM,), NOVEMBER).minutes == 0


@pytest.mark.parametrize(
    ("passes", "of_plan", "bought"), [(1, 1, 0), (2, 2, 0), (3, 2, 1), (12, 2, 10)]
)
def test_passes_of_the_plan_go_first(passes: int, of_plan: int, bought: int) -> None:
    found = decide_spend(after(PassesBought(10)), (FLEX,), Spent("p", NOVEMBER, passes=passes))
    assert found == spent("p", passes=of_plan, bought_passes=bought)


def test_more_than_there_is_takes_nothing() -> None:
    there = Left(120, 2, 10)
    account = after(PassesBought(10))
    for wanted in (Spent("p", NOVEMBER, passes=13), Spent("b", NOVEMBER, minutes=121)):
        assert decide_spend(account, (FLEX,), wanted) == NotEnough(there)


def test_what_a_booking_has_taken_is_there_for_its_change() -> None:
    account = after(spent("b1", minutes=100))
    longer = Spent("b1", NOVEMBER, minutes=120)
    assert decide_spend(account, (FLEX,), longer) == CreditSpent(longer)
    assert left(account, (FLEX,), NOVEMBER, but_for="b1").minutes == 120


def test_what_is_returned_is_there_again() -> None:
    account = after(PassesBought(3), spent("p", passes=1, bought_passes=2), CreditReturned("p"))
    assert left(account, (FLEX,), NOVEMBER) == Left(120, 2, 3)


def test_months_long_over_are_forgotten_and_what_they_took_stays_taken() -> None:
    account = after(PassesBought(10), spent("old", "2025-10", minutes=60, bought_passes=4))
    account = evolve(account, spent("kept", "2025-11", bought_passes=1))
    account = evolve(account, spent("new", DECEMBER, minutes=10))
    assert [each.ref for each in account.spent] == ["kept", "new"]
    assert left(account, (FLEX,), DECEMBER) == Left(110, 2, 5)


REFS = st.sampled_from(("a", "b", "c", "d"))


@dataclass(frozen=True)
class Wish:
    """`ahead` months from the present, a year at most."""

    ref: str
    ahead: int
    minutes: int
    passes: int


@dataclass(frozen=True)
class MonthsPass:
    count: int


WISHES = st.builds(Wish, REFS, st.integers(0, 12), st.integers(0, 130), st.integers(0, 4))
ACTS = st.lists(
    WISHES | st.builds(PassesBought, st.integers(1, 5)) | st.builds(MonthsPass, st.integers(1, 9)),
    max_size=20,
)


def month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


@given(ACTS)
def test_never_is_more_taken_than_there_was(acts: list[Wish | PassesBought | MonthsPass]) -> None:
    """Against a list of all that was ever taken, which forgets nothing."""
    account, bought, present = Account(), 0, 2026 * 12
    taken: dict[tuple[str, int], Spent] = {}
    for n, act in enumerate(acts):
        match act:
            case MonthsPass(count):
                present += count
            case PassesBought(passes):
                bought += passes
                account = evolve(account, act)
            case Wish(ref, ahead, minutes, passes):
                wanted = Spent(f"{ref}{n}", month(present + ahead), minutes, passes)
                found = decide_spend(account, (FLEX,), wanted)
                if isinstance(found, CreditSpent):
                    account = evolve(account, found)
                    taken[ref, n] = found.spent
                    assert found.spent.passes + found.spent.bought_passes == passes
    for name in {each.month for each in taken.values()}:
        of_month = [each for each in taken.values() if each.month == name]
        assert sum(each.minutes for each in of_month) <= FLEX.included_min
        assert sum(each.passes for each in of_month) <= FLEX.day_passes
    used = sum(each.bought_passes for each in taken.values())
    assert used <= bought
    assert left(account, (), NOVEMBER).bought_passes == bought - used


SPENT = st.builds(Spent, REFS, st.just(NOVEMBER), st.integers(0, 60), st.integers(0, 2))


@given(st.lists(SPENT, max_size=6, unique_by=lambda each: each.ref))
def test_what_is_left_does_not_depend_on_the_order(some: list[Spent]) -> None:
    one, two = (after(*map(CreditSpent, order)) for order in (some, some[::-1]))
    assert left(one, (FLEX,), NOVEMBER) == left(two, (FLEX,), NOVEMBER)
