"""Money: whole cents, half up, one currency."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import Money, half_up

CENTS = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("amount", "cents"),
    [("0.5", 1), ("-0.5", -1), ("1.5", 2), ("2.5", 3), ("-2.5", -3), ("0.49", 0), ("-0.49", 0)],
)
def test_halves_go_away_from_zero(amount: str, cents: int) -> None:
    assert half_up(Decimal(amount)) == cents


def test_three_day_passes_at_twenty_are_sixty() -> None:
    assert Money(2000).times(3) == Money(6000)
    assert Money(2000) + Money(2000) + Money(2000) == Money(6000)


@pytest.mark.parametrize(
    ("cents", "factor", "expected"),
    [
        (2000, "0.19", 380),
        (2500, "0.07", 175),
        (1050, "0.19", 200),  # 199.5
        (-1050, "0.19", -200),
        (999, "0.5", 500),  # 499.5
        (1, "0.5", 1),
        (-1, "0.5", -1),
        (100, "0", 0),
    ],
)
def test_shares_are_rounded_half_up(cents: int, factor: str, expected: int) -> None:
    assert Money(cents).times(Decimal(factor)) == Money(expected)


@given(CENTS, st.integers(-1000, 1000))
def test_times_a_whole_number_is_adding_up(cents: int, factor: int) -> None:
    assert Money(cents).times(factor) == Money(cents * factor)


@given(CENTS, st.decimals(-100, 100, places=4))
def test_a_refund_is_exactly_what_was_charged(cents: int, factor: Decimal) -> None:
    charged = Money(cents).times(factor)
    assert charged + Money(-cents).times(factor) == Money(0)


@given(CENTS, CENTS)
def test_adding_and_taking_away_are_each_others_opposite(one: int, two: int) -> None:
    assert Money(one) + Money(two) - Money(two) == Money(one)


def test_different_currencies_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="EUR and CHF"):
        Money(1) + Money(1, "CHF")
    with pytest.raises(ValueError, match="CHF and EUR"):
        Money(1, "CHF") - Money(1)
