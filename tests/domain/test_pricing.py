"""Prices: each part of a tariff by itself, and what must hold of any price."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.add_on import AddOn
from domain.calendar import Window
from domain.day_pass import DayProduct
from domain.pricing import NOBODY_SPECIAL, PriceFacts, Quote, day_quote, quote, vat_of
from domain.resource import Resource
from domain.site import Site
from domain.stretches import price_step_min
from domain.tariff import LengthDiscount, PriceLine, Rate, Tariff
from tests.domain.house import SITE, at
from tests.domain.how_often import times
from tests.domain.rooms import ADD_ONS, a_room, priced_rooms, split_slots

TWO_HOURS = Window(at(10), at(12))
SATURDAY = date(2026, 6, 20)
EVENING = Rate(1200, from_min=18 * 60)
WEEKEND = Rate(3600, weekdays=(5, 6))
TEAM = Rate(600, groups=("team",))
HALF_PRICE = PriceFacts(discount_percent=50)
PEOPLE = st.builds(
    PriceFacts,
    st.sampled_from((frozenset[str](), frozenset({"team"}))),
    st.integers(0, 100),
    st.integers(0, 400),
)


def priced(
    tariff: Tariff,
    slot: Window = TWO_HOURS,
    who: PriceFacts = NOBODY_SPECIAL,
    add_ons: tuple[tuple[AddOn, int], ...] = (),
) -> Quote:
    return quote(a_room(tariff), SITE, slot, who, 3, add_ons)


def cents(found: Quote) -> dict[str, int]:
    return {line.code: line.cents for line in found.lines}


@pytest.mark.parametrize(
    ("tariff", "slot", "who", "lines"),
    [
        (Tariff(), TWO_HOURS, NOBODY_SPECIAL, {"slot": 4800}),
        (Tariff(), Window(at(10), at(10, 15)), NOBODY_SPECIAL, {"slot": 600}),
        # longer than a whole number of steps: a step that has begun is paid
        (Tariff(), Window(at(10), at(10, 16)), NOBODY_SPECIAL, {"slot": 1200}),
        (Tariff((EVENING,)), Window(at(17), at(19)), NOBODY_SPECIAL, {"slot": 3600}),
        (Tariff((EVENING, WEEKEND)), Window(at(17, day=SATURDAY), at(19, day=SATURDAY)),
         NOBODY_SPECIAL, {"slot": 4800}),
        (Tariff((WEEKEND, EVENING)), Window(at(17, day=SATURDAY), at(19, day=SATURDAY)),
         NOBODY_SPECIAL, {"slot": 7200}),
        (Tariff((TEAM,)), TWO_HOURS, NOBODY_SPECIAL, {"slot": 4800}),
        (Tariff((TEAM,)), TWO_HOURS, PriceFacts(frozenset({"team"})), {"slot": 1200}),
        (Tariff(day_cap_cents=3000), TWO_HOURS, NOBODY_SPECIAL, {"slot": 4800, "cap": -1800}),
        (Tariff(day_cap_cents=3000), Window(at(22), at(2, day=date(2026, 6, 16))),
         NOBODY_SPECIAL, {"slot": 9600, "cap": -3600}),
        (Tariff(least_cents=5000), TWO_HOURS, NOBODY_SPECIAL, {"slot": 4800, "least": 200}),
        (Tariff(length_discounts=(LengthDiscount(60, 10), LengthDiscount(120, 25))),
         TWO_HOURS, NOBODY_SPECIAL, {"slot": 4800, "length": -1200}),
        (Tariff(length_discounts=(LengthDiscount(121, 25),)), TWO_HOURS, NOBODY_SPECIAL,
         {"slot": 4800}),
        (Tariff(), TWO_HOURS, HALF_PRICE, {"slot": 4800, "plan": -2400}),
        (Tariff(), TWO_HOURS, PriceFacts(included_min=50), {"slot": 4800, "included": -1800}),
        (Tariff(), TWO_HOURS, PriceFacts(discount_percent=50, included_min=600),
         {"slot": 4800, "included": -4800}),
        (Tariff(included=False), TWO_HOURS, PriceFacts(included_min=600), {"slot": 4800}),
        # the dearest steps first: 30 minutes before six, not after
        (Tariff((EVENING,)), Window(at(17), at(19)), PriceFacts(included_min=30),
         {"slot": 3600, "included": -1200}),
        # a discount rounds down: a third of 1 cent stays with the house
        (Tariff(least_cents=4801), TWO_HOURS, PriceFacts(discount_percent=33),
         {"slot": 4800, "least": 1, "plan": -1584}),
    ],
)  # fmt: skip
def test_each_part_of_a_tariff_has_its_line(
    tariff: Tariff, slot: Window, who: PriceFacts, lines: dict[str, int]
) -> None:
    assert cents(priced(tariff, slot, who)) == lines


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 15), 24)]
)
def test_a_day_costs_the_hours_it_has(day: date, hours: int) -> None:
    whole = Window(at(0, day=day), at(0, day=day + timedelta(days=1)))
    found = priced(Tariff(), whole)
    assert (found.total_cents, found.lines[0].minutes) == (hours * 2400, hours * 60)
    by_blocks = quote(a_room(step_min=240), SITE, whole, NOBODY_SPECIAL, 1, ())
    assert by_blocks.total_cents == hours * 2400


def test_the_hour_that_comes_twice_has_its_rate_twice() -> None:
    night = date(2026, 10, 25)
    tariff = Tariff((Rate(0, from_min=0, to_min=120), Rate(1200, from_min=120, to_min=180)))
    found = priced(tariff, Window(at(0, day=night), at(4, day=night)))
    assert found.total_cents == 2 * 1200 + 2400


def test_add_ons_cost_by_booking_hour_person_and_piece() -> None:
    found = priced(Tariff(), Window(at(10), at(11, 30)), add_ons=tuple((a, 2) for a in ADD_ONS))
    assert [(line.ref, line.cents, line.quantity) for line in found.lines[1:]] == [
        ("beamer", 1500, 2),
        ("heat", 999, 2),
        ("lunch", 1290 * 6, 6),
        ("chair", 400, 2),
    ]


def test_plans_do_not_discount_add_ons() -> None:
    free = PriceFacts(discount_percent=100)
    assert priced(Tariff(), who=free, add_ons=((ADD_ONS[0], 1),)).total_cents == 1500


def test_included_minutes_are_taken_in_whole_steps_and_not_for_what_is_free() -> None:
    assert priced(Tariff(), who=PriceFacts(included_min=50)).included_min == 45
    free = Tariff((Rate(0, to_min=11 * 60),))
    assert priced(free, who=PriceFacts(included_min=600)).included_min == 60


def test_vat_is_computed_once_for_each_rate_half_up() -> None:
    lines = (PriceLine("slot", 2000), PriceLine("slot", 4001), PriceLine("add_on", 107, 700))
    shares = {share.vat_bp: share for share in vat_of(lines)}
    assert (shares[1900].net_cents, shares[1900].vat_cents) == (5043, 958)
    assert (shares[700].net_cents, shares[700].vat_cents) == (100, 7)
    # 119.5 of 239 would be net at 100 percent: half up
    assert vat_of((PriceLine("slot", 239, 10_000),))[0].net_cents == 120


def test_day_passes_cost_their_number_less_the_discount_of_plans() -> None:
    product = DayProduct("day", {"en": "Day pass"}, 2505, 1)
    found = day_quote(SITE, product, 3, PriceFacts(discount_percent=10))
    assert cents(found) == {"day_pass": 7515, "plan": -751}
    assert found.lines[0].ref == "day"


def slot_price_step_by_step(room: Resource, site: Site, slot: Window, groups: set[str]) -> int:
    """Each step looked at for itself."""
    step, total, begins = price_step_min(room.terms), Fraction(), slot.start
    while begins < slot.end:
        wall = begins.astimezone(ZoneInfo(site.zone))
        minute, hour_cents = wall.hour * 60 + wall.minute, room.hour_price_cents
        for rate in reversed(room.tariff.rates):
            fits = not rate.weekdays or wall.weekday() in rate.weekdays
            theirs = not rate.groups or groups & set(rate.groups)
            if fits and theirs and rate.from_min <= minute < rate.to_min:
                hour_cents = rate.hour_cents
        total += Fraction(hour_cents * step, 60)
        begins += timedelta(minutes=step)
    assert total.denominator == 1
    return int(total)


@times(2)
@given(st.data(), priced_rooms(), PEOPLE)
def test_each_step_has_the_price_of_its_local_start(
    data: st.DataObject, room: Resource, who: PriceFacts
) -> None:
    site, pieces = data.draw(split_slots(room))
    slot = Window(pieces[0].start, pieces[-1].end)
    found = quote(room, site, slot, who, 1, ())
    expected = slot_price_step_by_step(room, site, slot, set(who.groups))
    assert found.lines[0].cents == expected


@times(4)
@given(st.data(), priced_rooms(), PEOPLE, st.integers(1, 9))
def test_one_booking_is_never_dearer_than_the_same_time_in_pieces(
    data: st.DataObject, room: Resource, who: PriceFacts, party: int
) -> None:
    """... in whatever order the pieces are booked, and use up what is included."""
    site, pieces = data.draw(split_slots(room))
    extras = data.draw(st.lists(st.tuples(st.sampled_from(ADD_ONS), st.integers(1, 3)), max_size=3))
    whole = quote(room, site, Window(pieces[0].start, pieces[-1].end), who, party, extras)
    for order in permutations(pieces):
        left, total = who.included_min, 0
        for piece in order:
            found = quote(room, site, piece, replace(who, included_min=left), party, extras)
            left, total = left - found.included_min, total + found.total_cents
        assert whole.total_cents <= total


@times(2)
@given(st.data(), priced_rooms(long_is_cheaper=False), PEOPLE)
def test_longer_is_never_cheaper_unless_the_tariff_says_so(
    data: st.DataObject, room: Resource, who: PriceFacts
) -> None:
    """With included time not under a cap or least price: one dear step more may carry most of
    the fixed amount, and is the one that costs nothing.
    """
    if who.included_min:
        plain = replace(room.tariff, least_cents=0, day_cap_cents=None)
        room = replace(room, tariff=plain)
    site, pieces = data.draw(split_slots(room))
    prices = [
        quote(room, site, Window(pieces[0].start, piece.end), who, 1, ()).total_cents
        for piece in pieces
    ]
    assert prices == sorted(prices)


@times(2)
@given(st.data(), priced_rooms(), PEOPLE, st.integers(1, 9))
def test_every_quote_adds_up_and_is_never_negative(
    data: st.DataObject, room: Resource, who: PriceFacts, party: int
) -> None:
    site, pieces = data.draw(split_slots(room))
    extras = data.draw(st.lists(st.tuples(st.sampled_from(ADD_ONS), st.integers(1, 3)), max_size=3))
    found = quote(room, site, pieces[0], who, party, extras)
    assert found == quote(room, site, pieces[0], who, party, extras)
    assert found.total_cents >= 0
    assert 0 <= found.included_min <= min(who.included_min, found.lines[0].minutes)
    running = 0
    for line in found.lines:
        running += line.cents
        assert running >= 0
    assert sum(share.gross_cents for share in found.vat()) == found.total_cents
    for share in found.vat():
        assert share.net_cents + share.vat_cents == share.gross_cents
        assert 0 <= share.net_cents <= share.gross_cents


@given(st.integers(0, 5000), st.integers(1, 20), st.integers(1, 20), st.integers(0, 100))
def test_more_day_passes_at_once_are_never_dearer(
    price: int, one: int, two: int, percent: int
) -> None:
    product, who = DayProduct("day", {}, price, 1), PriceFacts(discount_percent=percent)
    together = day_quote(SITE, product, one + two, who).total_cents
    apart = sum(day_quote(SITE, product, n, who).total_cents for n in (one, two))
    assert 0 <= together <= apart
