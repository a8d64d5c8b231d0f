"""The runs of a day are what asking for every single slot gives, and alternatives can be had."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.availability import RunKind, Taken, free_unit, runs_for, runs_of_day, span_to_read
from domain.booking.decide import Bookable, Booker, BookingFacts, SlotWish, decide_booking
from domain.booking.time_rules import claim_of
from domain.calendar import DAY_MIN, WeeklyHours, Window, day_window
from domain.resource import Resource
from domain.terms import Blackout
from tests.domain.house import BERLIN, MONDAY, SITE, at
from tests.domain.how_often import one_in
from tests.domain.rooms import TICK, a_room, grid_points, nights

ALL_DAY = tuple(WeeklyHours(day, 0, DAY_MIN) for day in range(7))
SHORT_STEPS = (15, 30, 60, 90)


def runs(
    resource: Resource, taken: Iterable[Taken] = (), now: datetime | None = None, day: date = MONDAY
) -> list[tuple[str, str, str, int]]:
    """Kind, from, to and free units, in the local time of the Ziegelhof."""
    found = runs_of_day("kiln", resource, SITE, day, taken, now or at(0))
    return [
        (run.kind.value, clock(run.window.start), clock(run.window.end), run.free_units)
        for run in found
    ]


def clock(instant: datetime) -> str:
    return f"{instant.astimezone(BERLIN):%H:%M}"


def held(from_: tuple[int, int], to: tuple[int, int], unit: str = "kiln") -> Taken:
    return Taken(unit, Window(at(*from_), at(*to)))


def test_a_day_is_past_then_free_then_taken_and_closed_at_both_ends() -> None:
    taken = [held((10, 0), (11, 0)), held((11, 0), (11, 30)), held((9, 0), (10, 0), "oven")]
    assert runs(a_room(), taken, at(9, 7)) == [
        ("past", "00:00", "09:00", 0),
        ("free", "09:00", "10:00", 1),
        ("taken", "10:00", "11:30", 0),
        ("free", "11:30", "20:00", 1),
        ("closed", "20:00", "00:00", 0),
    ]


@pytest.mark.parametrize(
    ("terms", "free"),
    [
        ({}, [("08:00", "10:00"), ("11:00", "20:00")]),
        ({"buffer_before_min": 10}, [("08:00", "10:00"), ("11:15", "20:00")]),
        ({"buffer_after_min": 10}, [("08:00", "09:45"), ("11:00", "20:00")]),
        ({"shortest_min": 180}, [("11:00", "20:00")]),
        ({"step_min": 90}, [("09:00", "09:00"), ("12:00", "19:30")]),
        ({"blackouts": (Blackout(at(12), at(13), {}),), "buffer_before_min": 30},
         [("08:00", "10:00"), ("11:30", "12:00"), ("13:30", "20:00")]),
        ({"around_the_clock": True}, [("00:00", "10:00"), ("11:00", "00:00")]),
        ({"notice_min": 601}, [("11:00", "20:00")]),
        ({"notice_min": 661}, [("11:15", "20:00")]),
        ({"horizon_days": 1}, [("08:00", "10:00"), ("11:00", "20:00")]),
    ],
)  # fmt: skip
def test_free_is_what_the_terms_leave(
    terms: dict[str, object], free: list[tuple[str, str]]
) -> None:
    found = runs(a_room(**terms), [held((10, 0), (11, 0))])
    expected = [span for span in free if span[0] != span[1]]
    assert [run[1:3] for run in found if run[0] == "free"] == expected


def test_beyond_the_horizon_and_on_holidays_a_day_is_closed() -> None:
    tomorrow, holiday = date(2026, 6, 16), date(2026, 6, 19)
    assert {run[0] for run in runs(a_room(horizon_days=1), day=tomorrow)} == {"closed"}
    assert {run[0] for run in runs(a_room(), day=holiday)} == {"closed"}


def test_units_are_counted() -> None:
    desks = replace(a_room(), units=3)
    taken = [held((9, 0), (11, 0), "kiln#1"), held((10, 0), (12, 0), "kiln#3")]
    assert [run[1:] for run in runs(desks, taken) if run[0] == "free"] == [
        ("08:00", "09:00", 3),
        ("09:00", "10:00", 2),
        ("10:00", "11:00", 1),
        ("11:00", "12:00", 2),
        ("12:00", "20:00", 3),
    ]


def test_a_member_sees_the_hours_of_their_plan() -> None:
    early = Booker("ada", member=True, hours=(Window(at(5), at(9)),))
    found = runs_for(BookingFacts("kiln", a_room(), SITE, early), MONDAY, (), at(0))
    free = [run.window for run in found if run.kind is RunKind.FREE]
    assert free == [Window(at(5), at(20))]


def test_a_day_that_never_was_has_no_runs() -> None:
    site = replace(SITE, zone="Pacific/Apia")
    assert runs_of_day("kiln", a_room(), site, date(2011, 12, 30), (), at(0)) == ()


@st.composite
def days(draw: st.DrawFn) -> tuple[BookingFacts, date, list[Taken], datetime]:
    """Some units with holdings, terms and hours, on a night on which the clocks may change."""
    zone, day = draw(nights())
    room = a_room(
        step_min=draw(st.sampled_from(SHORT_STEPS)),
        shortest_min=draw(st.sampled_from((15, 30, 60, 90))),
        longest_min=DAY_MIN * 3,
        buffer_before_min=draw(st.sampled_from((0, 5, 30))),
        buffer_after_min=draw(st.sampled_from((0, 10, 15))),
        notice_min=draw(st.sampled_from((0, 0, 45))),
        around_the_clock=draw(st.booleans()),
    )
    room = replace(room, units=draw(st.integers(1, 3)))
    hours = st.tuples(st.integers(0, 6), st.integers(0, 47), st.integers(1, 48)).filter(
        lambda each: each[1] < each[2]
    )
    some = draw(st.lists(hours, max_size=8))
    opening = tuple(WeeklyHours(d, start * 30, end * 30) for d, start, end in some)
    site = replace(SITE, zone=zone, opening=draw(st.sampled_from((ALL_DAY, opening))))
    whole = day_window(day, 0, DAY_MIN, zone) or day_window(day + timedelta(1), 0, DAY_MIN, zone)
    assert whole is not None
    units = room.unit_ids("kiln")
    spans = st.tuples(st.sampled_from(units), st.integers(-20, 100), st.integers(1, 40))
    taken = [
        Taken(
            unit, Window(*(whole.start + timedelta(minutes=15 * n) for n in (start, start + long)))
        )
        for unit, start, long in draw(st.lists(spans, max_size=6))
    ]
    now = whole.start + timedelta(minutes=draw(st.integers(-600, 900)))
    return BookingFacts("kiln", room, site), day, taken, now


def bookable_slots(
    facts: BookingFacts, day: date, taken: list[Taken], now: datetime
) -> list[tuple[Window, int]]:
    """Every short slot of the grid around the day that can be had, with the units it is
    free on.
    """
    terms, zone = facts.resource.terms, facts.site.zone
    points = grid_points(day - timedelta(days=1), terms.step_min, zone, days=3)
    found = []
    for n, start in enumerate(points):
        for end in points[n + 1 : n + 9]:
            slot = Window(start, end)
            if isinstance(decide_booking(facts, SlotWish(start, end), now), Bookable):
                claim = claim_of(terms, slot)
                units = [
                    unit
                    for unit in facts.resource.unit_ids("kiln")
                    if not any(
                        each.window.start < claim.end and claim.start < each.window.end
                        for each in taken
                        if each.unit == unit
                    )
                ]
                found.append((slot, len(units)))
                if end - start >= timedelta(minutes=terms.shortest_min):
                    break  # longer ones are made of these
    return [(slot, units) for slot, units in found if units]


@given(days())
def test_free_is_exactly_where_a_slot_can_be_booked(
    drawn: tuple[BookingFacts, date, list[Taken], datetime],
) -> None:
    facts, day, taken, now = drawn
    found = runs_for(facts, day, taken, now)
    slots = bookable_slots(facts, day, taken, now)
    whole = day_window(day, 0, DAY_MIN, facts.site.zone)
    for slot, _ in slots:
        inside = [run for run in found if touch(run.window, slot)]
        assert all(run.kind is RunKind.FREE for run in inside), (slot, found)
    for run in found:
        if run.kind is RunKind.FREE:
            for moment in (run.window.start, run.window.end - TICK):
                most = max((units for slot, units in slots if moment in slot), default=0)
                assert most >= 1, (moment, found)
    assert bool(found) == bool(whole)


def touch(one: Window, two: Window) -> bool:
    return one.start < two.end and two.start < one.end


@given(days())
def test_runs_cover_the_day_in_order_without_gaps_and_each_differs_from_the_next(
    drawn: tuple[BookingFacts, date, list[Taken], datetime],
) -> None:
    facts, day, taken, now = drawn
    found = runs_for(facts, day, taken, now)
    whole = day_window(day, 0, DAY_MIN, facts.site.zone)
    if whole is None:
        return
    assert (found[0].window.start, found[-1].window.end) == (whole.start, whole.end)
    for one, two in pairwise(found):
        assert one.window.end == two.window.start
        assert (one.kind, one.free_units) != (two.kind, two.free_units)
    for run in found:
        assert run.window.start < run.window.end
        assert (run.free_units > 0) == (run.kind is RunKind.FREE)
        assert run.free_units <= facts.resource.units


@one_in(2)
@given(days())
def test_holdings_elsewhere_and_far_away_change_nothing(
    drawn: tuple[BookingFacts, date, list[Taken], datetime],
) -> None:
    facts, day, taken, now = drawn
    span = span_to_read(facts.resource, day, facts.site.zone)
    if span is None:
        return
    near = [each for each in taken if touch(each.window, span)]
    other = [Taken("oven", each.window) for each in taken]
    assert runs_for(facts, day, taken, now) == runs_for(facts, day, [*near, *other], now)


def test_the_first_free_unit_is_taken() -> None:
    desks = replace(a_room(), units=2)
    claim = Window(at(10), at(11))
    assert free_unit("kiln", desks, claim, [held((9, 0), (10, 0), "kiln#1")]) == "kiln#1"
    assert free_unit("kiln", desks, claim, [held((9, 0), (10, 1), "kiln#1")]) == "kiln#2"
    both = [held((10, 30), (10, 45), "kiln#1"), held((9, 0), (12, 0), "kiln#2")]
    assert free_unit("kiln", desks, claim, both) is None
    assert free_unit("kiln", a_room(), claim, both) == "kiln"
