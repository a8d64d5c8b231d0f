"""A slot and a rhythm as days: the wall shows the same time on each, in every zone."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.booking.series import MOST_DATES, SeriesProblem
from domain.booking.wish import SlotWish
from domain.terms import BookingTerms
from sync_server.use_cases.booking.case import Place
from sync_server.use_cases.series.wish import NewSeries, Planned, planned
from tests.domain.house import SITE
from tests.domain.rooms import a_room

ZONES = ("Europe/Berlin", "America/New_York")
NIGHTS = {
    "Europe/Berlin": (date(2026, 10, 25), date(2027, 3, 28)),
    "America/New_York": (date(2026, 11, 1), date(2027, 3, 14)),
}


def place_in(zone: str, **terms: int) -> Place:
    room = replace(a_room(), terms=BookingTerms(**terms))
    return Place("site", replace(SITE, zone=zone), "room", room)


def asked(zone: str, day: date, at: time, length: timedelta, rrule: str) -> NewSeries:
    starts = datetime.combine(day, at, ZoneInfo(zone))
    return NewSeries("room", SlotWish(starts, starts + length), rrule)


def days_of(place: Place, new: NewSeries) -> Planned:
    found = planned(place, new)
    assert isinstance(found, Planned), found
    return found


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("which", [0, 1])
def test_nine_stays_nine_over_the_night_in_which_the_clocks_are_set(zone: str, which: int) -> None:
    first = NIGHTS[zone][which] - timedelta(days=3)
    new = asked(zone, first, time(9), timedelta(hours=1), "FREQ=DAILY;COUNT=7")
    found = days_of(place_in(zone), new).found
    assert [each.day for each in found] == [first + timedelta(days=n) for n in range(7)]
    for each in found:
        assert each.slot is not None
        shown = (each.slot.start.astimezone(ZoneInfo(zone)), each.slot.end - each.slot.start)
        assert (shown[0].time(), shown[1]) == (time(9), timedelta(hours=1))


@given(
    st.sampled_from(ZONES),
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    st.integers(0, 23),
    st.sampled_from(("FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY;BYDAY=-1SU")),
    st.integers(1, MOST_DATES // 4),
)
def test_every_date_that_is_to_be_had_shows_the_same_time(
    zone: str, first: date, hour: int, rhythm: str, count: int
) -> None:
    new = asked(zone, first, time(hour), timedelta(minutes=30), f"{rhythm};COUNT={count}")
    shown_first = new.first.starts.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
    for each in days_of(place_in(zone), new).found:
        if each.slot is not None:
            wall = each.slot.start.astimezone(ZoneInfo(zone))
            assert (wall.date(), wall.time()) == (each.day, shown_first.time())


def test_an_hour_that_comes_twice_is_booked_the_first_time() -> None:
    zone, night = "Europe/Berlin", NIGHTS["Europe/Berlin"][0]
    new = asked(zone, night - timedelta(days=1), time(2, 30), timedelta(hours=1),
                "FREQ=DAILY;COUNT=3")  # fmt: skip
    lengths = [e.slot.end - e.slot.start for e in days_of(place_in(zone), new).found if e.slot]
    assert lengths == [timedelta(hours=1), timedelta(hours=2), timedelta(hours=1)]


@pytest.mark.parametrize(
    ("length", "buffer", "rrule", "problem"),
    [
        (timedelta(hours=24), 0, "FREQ=DAILY;COUNT=2", None),
        (timedelta(hours=24), 5, "FREQ=DAILY;COUNT=2", SeriesProblem.OVERLAPS),
        (timedelta(hours=25), 0, "FREQ=DAILY;COUNT=2", SeriesProblem.OVERLAPS),
        (timedelta(hours=40), 0, "FREQ=DAILY;COUNT=2", SeriesProblem.HOURS),
        (timedelta(seconds=90), 0, "FREQ=DAILY;COUNT=2", SeriesProblem.HOURS),
        (timedelta(0), 0, "FREQ=DAILY;COUNT=2", SeriesProblem.HOURS),
        (timedelta(hours=1), 0, "FREQ=DAILY", SeriesProblem.NO_END),
    ],
)
def test_what_makes_no_series_is_told(
    length: timedelta, buffer: int, rrule: str, problem: SeriesProblem | None
) -> None:
    place = place_in(ZONES[0], buffer_after_min=buffer)
    found = planned(place, asked(ZONES[0], date(2026, 6, 15), time(9), length, rrule))
    assert isinstance(found, Planned) if problem is None else found is problem
