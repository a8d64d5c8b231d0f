"""Settings under which nothing could be booked, or no price be right, are found out."""

from dataclasses import replace
from datetime import timedelta
from math import gcd

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Window
from domain.money import Money
from domain.pricing import NOBODY_SPECIAL, quote
from domain.tariff import LengthDiscount, Rate, Tariff
from domain.terms import CancelStep
from domain.workable import tariff_problem, terms_problem
from tests.domain.house import SITE, at
from tests.domain.rooms import a_room


@pytest.mark.parametrize(
    ("tariff", "code"),
    [
        (Tariff(), None),
        (Tariff((Rate(2402),)), "tariff.uneven"),
        (Tariff((Rate(2404),)), None),
        (Tariff((Rate(-4),)), "tariff.negative"),
        (Tariff(least_cents=-1), "tariff.negative"),
        (Tariff((Rate(400, from_min=60, to_min=60),)), "tariff.hours"),
        (Tariff((Rate(400, to_min=1441),)), "tariff.hours"),
        (Tariff((Rate(400, weekdays=(7,)),)), "tariff.hours"),
        (Tariff(length_discounts=(LengthDiscount(60, 101),)), "tariff.percent"),
    ],
)
def test_a_tariff_has_prices_that_divide_and_hours_of_a_day(
    tariff: Tariff, code: str | None
) -> None:
    found = tariff_problem(a_room(tariff))
    assert (found and found.code) == code
    if found and code == "tariff.uneven":
        assert found.params["price"] == Money(2402)


def test_an_uneven_price_of_an_hour_is_fine_where_hours_are_sold() -> None:
    assert tariff_problem(replace(a_room(step_min=60), hour_price_cents=2399)) is None
    assert tariff_problem(replace(a_room(step_min=240), hour_price_cents=2399)) is None
    assert tariff_problem(replace(a_room(step_min=90), hour_price_cents=2399)) is not None


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({}, None),
        ({"step_min": 0}, "terms.step"),
        ({"step_min": 1441}, "terms.step"),
        ({"step_min": 60, "shortest_min": 70, "longest_min": 110}, "terms.lengths"),
        ({"step_min": 60, "shortest_min": 70, "longest_min": 120}, None),
        ({"longest_min": 10}, "terms.lengths"),
        ({"horizon_days": 0}, "terms.horizon"),
        ({"horizon_days": 367}, "terms.horizon"),
        ({"buffer_after_min": -1}, "terms.negative"),
        ({"release_min": -1}, "terms.negative"),
        ({"cancel": (CancelStep(60, 120),)}, "tariff.percent"),
    ],
)
def test_terms_leave_something_to_book(terms: dict[str, object], code: str | None) -> None:
    found = terms_problem(a_room(**terms).terms)
    assert (found and found.code) == code


@given(st.integers(1, 120), st.integers(0, 100), st.integers(1, 10))
def test_a_tariff_without_problem_charges_by_the_hour_exactly(
    step_min: int, price: int, steps: int
) -> None:
    hour_cents = price * (60 // gcd(step_min, 60))
    room = replace(a_room(step_min=step_min), hour_price_cents=hour_cents)
    assert tariff_problem(room) is None
    minutes = step_min * steps
    slot = Window(at(0), at(0) + timedelta(minutes=minutes))
    found = quote(room, SITE, slot, NOBODY_SPECIAL, 1, ())
    assert found.total_cents * 60 == hour_cents * minutes
