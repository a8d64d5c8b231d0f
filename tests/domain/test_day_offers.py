"""Day passes on offer: only while they last, and what would be better now."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import AccessFacts, Admitted, Ask, decide_access
from domain.calendar import Window
from domain.day_offers import bundles, can_be_sold, next_day, offers, product_window
from domain.day_pass import DayProduct
from tests.domain.house import HOUSE, MONDAY, OFFER, SITE, at, day_guest

DAY = DayProduct("day", {"en": "Day pass"}, 2500, HOUSE)
HALF = DayProduct("half", {"en": "Half day"}, 1500, HOUSE, to_min=13 * 60)
EVENING = DayProduct("evening", {"en": "Evening pass"}, 1200, HOUSE, from_min=17 * 60)
TEN = DayProduct("ten", {"en": "Ten days"}, 20_000, HOUSE, passes=10)
SHOP = replace(SITE, day_products=(DAY, HALF, EVENING, TEN))
HOLIDAY = date(2026, 6, 19)


def on_offer(now: datetime, day: date = MONDAY) -> dict[str, tuple[str | None, date | None]]:
    return {
        each.product.id: (each.better.id if each.better else None, each.other_day)
        for each in offers(SHOP, day, now)
    }


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(7), {"day": (None, None), "half": (None, None), "evening": (None, None)}),
        (at(11, 30), {"day": (None, None), "half": (None, date(2026, 6, 16)),
                      "evening": (None, None)}),
        (at(12, 1), {"day": (None, None), "evening": (None, None)}),
        (at(17), {"day": ("evening", None), "evening": (None, None)}),
        (at(18, 50), {"day": ("evening", date(2026, 6, 16)), "evening": (None, date(2026, 6, 16))}),
        (at(19, 1), {}),
    ],
)  # fmt: skip
def test_what_is_on_offer_goes_with_the_day(
    now: datetime, expected: dict[str, tuple[str | None, date | None]]
) -> None:
    assert on_offer(now) == expected


def test_the_last_entry_is_what_the_site_says() -> None:
    late = replace(SHOP, day_pass=replace(OFFER, last_entry_min=15))
    assert can_be_sold(late, DAY, MONDAY, at(19, 45))
    assert not can_be_sold(late, DAY, MONDAY, at(19, 46))


def test_a_bundle_is_sold_on_any_day_and_offered_apart() -> None:
    assert can_be_sold(SHOP, TEN, HOLIDAY, at(23))
    assert bundles(SHOP) == (TEN,)


def test_closed_days_offer_nothing_and_the_next_day_is_one_that_is_open() -> None:
    assert on_offer(at(7), HOLIDAY) == {}
    assert next_day(SHOP, DAY, date(2026, 6, 18)) == date(2026, 6, 22)
    assert next_day(replace(SHOP, opening=()), DAY, MONDAY) is None


def test_a_product_lasts_from_opening_or_its_own_hours_to_its_end() -> None:
    assert product_window(SHOP, DAY, MONDAY) == Window(at(8), at(20))
    assert product_window(SHOP, HALF, MONDAY) == Window(at(8), at(13))
    assert product_window(SHOP, EVENING, MONDAY) == Window(at(17), at(20))


@given(st.sampled_from((DAY, HALF, EVENING)), st.integers(0, 24 * 12 - 1))
def test_its_pass_lets_in_for_just_as_long_as_was_offered(product: DayProduct, five: int) -> None:
    moment = at(five // 12, five % 12 * 5)
    guest: AccessFacts = day_guest(from_min=product.from_min, to_min=product.to_min)
    window = product_window(SHOP, product, MONDAY)
    assert window is not None
    assert isinstance(decide_access(guest, Ask(), moment), Admitted) == (moment in window)
