"""The days of a series: what calendars write is read, what makes no series is told why."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.booking.series import MOST_DATES, SeriesProblem, SeriesRule
from sync_server.use_cases.booking.rhythm import dates_of

MONDAY = date(2026, 6, 15)


def days(rrule: str, first: date = MONDAY) -> tuple[date, ...] | SeriesProblem:
    return dates_of(SeriesRule(first, 540, 600, rrule))


@pytest.mark.parametrize(
    ("rrule", "offsets"),
    [
        ("FREQ=WEEKLY;COUNT=3", (0, 7, 14)),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3", (0, 14, 28)),
        ("freq=weekly;byday=mo,th;count=4", (0, 3, 7, 10)),
        ("FREQ=DAILY;UNTIL=20260617", (0, 1, 2)),
        ("FREQ=DAILY;UNTIL=20260617T215959Z", (0, 1, 2)),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=6", (0, 1, 2, 3, 4, 7)),
        ("FREQ=MONTHLY;BYDAY=3MO;COUNT=2", (0, 35)),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=1", (15,)),
        ("FREQ=MONTHLY;BYMONTHDAY=15,-1;COUNT=3", (0, 15, 30)),
        ("FREQ=MONTHLY;COUNT=2", (0, 30)),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=1", (1,)),
        ("FREQ=WEEKLY;COUNT=5;UNTIL=20260622", (0, 7)),
    ],
)
def test_a_rhythm_gives_its_days(rrule: str, offsets: tuple[int, ...]) -> None:
    assert days(rrule) == tuple(MONDAY + timedelta(days=n) for n in offsets)


@pytest.mark.parametrize(
    ("rrule", "problem"),
    [
        ("", SeriesProblem.RULE),
        ("COUNT=3", SeriesProblem.RULE),
        ("FREQ=HOURLY;COUNT=3", SeriesProblem.RULE),
        ("FREQ=DAILY;BYHOUR=3;COUNT=3", SeriesProblem.RULE),
        ("FREQ=DAILY;INTERVAL=0;COUNT=3", SeriesProblem.RULE),
        ("FREQ=DAILY;COUNT=3;COUNT=4", SeriesProblem.RULE),
        ("FREQ=DAILY;COUNT=3\nDTSTART:20200101", SeriesProblem.RULE),
        ("FREQ=DAILY;UNTIL=20261399", SeriesProblem.RULE),
        ("FREQ=WEEKLY", SeriesProblem.NO_END),
        ("FREQ=DAILY;COUNT=121", SeriesProblem.TOO_MANY),
        ("FREQ=DAILY;UNTIL=20270615", SeriesProblem.TOO_MANY),
        ("FREQ=DAILY;UNTIL=20260614", SeriesProblem.NONE),
        # what may never come is not looked for
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1", SeriesProblem.RULE),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU;COUNT=1", SeriesProblem.RULE),
        ("FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2;COUNT=1", SeriesProblem.RULE),
        ("FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=1;COUNT=1", SeriesProblem.RULE),
        ("FREQ=MONTHLY;BYMONTHDAY=0;COUNT=1", SeriesProblem.RULE),
    ],
)
def test_what_makes_no_series_is_told_why(rrule: str, problem: SeriesProblem) -> None:
    assert days(rrule) is problem


def test_the_longest_series_has_so_many_dates() -> None:
    found = days(f"FREQ=WEEKLY;COUNT={MOST_DATES}")
    assert isinstance(found, tuple)
    assert len(found) == MOST_DATES


def test_the_end_of_the_calendar_is_no_trouble() -> None:
    assert days("FREQ=WEEKLY;COUNT=3", date(9999, 12, 20)) is SeriesProblem.RULE


PARTS = st.one_of(
    st.builds("COUNT={}".format, st.integers(-1, 200)),
    st.builds("INTERVAL={}".format, st.integers(-1, 120)),
    st.builds("UNTIL={:08}".format, st.integers(0, 99_999_999)),
    st.builds("BYMONTHDAY={}".format, st.integers(-30, 30)),
    st.builds("BYSETPOS={}".format, st.integers(-5, 5)),
    st.builds("BYDAY={}{}".format, st.integers(-5, 5), st.sampled_from(("MO", "SU", "XX", "FR,"))),
    st.just("BYDAY=FR"),
    st.just("BYDAY=MO,TU,WE"),
    st.text(max_size=12),
)


FREQUENCIES = st.sampled_from(("FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY"))


@given(FREQUENCIES, st.lists(PARTS, max_size=4), st.dates())
def test_whatever_is_written_is_read_or_told_why(
    frequency: str, parts: list[str], first: date
) -> None:
    found = days(";".join([frequency, *parts]), first)
    if isinstance(found, tuple):
        assert 1 <= len(found) <= MOST_DATES
        assert list(found) == sorted(set(found))
        assert found[0] >= first
