"""Wall time: windows equal what looking at the clock in each minute gives, in every night."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    DAY_MIN,
    FAR,
    LONG_AGO,
    WeeklyHours,
    Window,
    day_window,
    days_around,
    days_window,
    local_date,
    merged,
    weekly_windows,
)
from tests.domain.how_often import times
from tests.domain.wall_clock import WallClock, clock_around, instant_of, minute_of
from tests.domain.zones import EVERY_NIGHT

EDGES = [*range(0, 241, 30), 720, *range(1320, 1441, 30)]
ZONES = st.sampled_from(sorted(available_timezones()))
ZONE_NIGHTS = st.sampled_from(EVERY_NIGHT)
MINUTE_SPANS = st.tuples(st.integers(0, DAY_MIN), st.integers(0, DAY_MIN)).filter(
    lambda span: span[0] < span[1]
)
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def seen(clock: WallClock, minutes: range) -> Window | None:
    """A stretch of looked-at minutes as a window."""
    if not minutes:
        return None
    return Window(instant_of(clock.start + minutes[0]), instant_of(clock.start + minutes[-1] + 1))


def local(window: Window | None, zone: str) -> str:
    if window is None:
        return "never"
    start, end = (edge.astimezone(ZoneInfo(zone)) for edge in (window.start, window.end))
    return f"{start:%d %H:%M%z} - {end:%d %H:%M%z}"


@pytest.mark.parametrize(("zone", "day"), EVERY_NIGHT, ids=str)
def test_every_window_by_half_hours_around_an_odd_night_is_as_the_clock_shows_it(
    zone: str, day: date
) -> None:
    for near in (day - timedelta(days=1), day, day + timedelta(days=1)):
        clock = clock_around(zone, near, 22)
        for start, end in combinations(EDGES, 2):
            expected = seen(clock, clock.covered(near, start, end))
            assert day_window(near, start, end, zone) == expected, (near, start, end)


@times(4)
@given(ZONE_NIGHTS, st.integers(-1, 1), MINUTE_SPANS)
def test_any_window_to_the_minute_is_as_the_clock_shows_it(
    night: tuple[str, date], offset: int, span: tuple[int, int]
) -> None:
    zone, day = night[0], night[1] + timedelta(days=offset)
    clock = clock_around(zone, day, 22)
    assert day_window(day, *span, zone) == seen(clock, clock.covered(day, *span))


def days_of_change(zone: str, year: int) -> list[date]:
    """The UTC days of a year on which the clocks of `zone` are set."""
    noons = [datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(366)]
    offsets = [noon.astimezone(ZoneInfo(zone)).utcoffset() for noon in noons]
    return [
        noon.date() for noon, a, b in zip(noons[1:], offsets, offsets[1:], strict=False) if a != b
    ]


@times(2)
@given(ZONES, st.integers(2000, 2036), st.data())
def test_any_window_in_any_zone_is_as_the_clock_shows_it(
    zone: str, year: int, data: st.DataObject
) -> None:
    days = days_of_change(zone, year) or [date(year, 6, 15)]
    day = data.draw(st.sampled_from(days)) + timedelta(days=data.draw(st.integers(-1, 1)))
    clock = WallClock(zone, day - timedelta(days=2), day + timedelta(days=2))
    for _ in range(5):
        span = data.draw(MINUTE_SPANS)
        assert day_window(day, *span, zone) == seen(clock, clock.covered(day, *span))


@pytest.mark.parametrize(
    ("zone", "day", "from_min", "to_min", "expected"),
    [
        # forward, 2:00 to 3:00 is missing
        ("Europe/Berlin", date(2026, 3, 29), 60, 150, "29 01:00+0100 - 29 03:00+0200"),
        ("Europe/Berlin", date(2026, 3, 29), 120, 150, "never"),
        ("Europe/Berlin", date(2026, 3, 29), 150, 240, "29 03:00+0200 - 29 04:00+0200"),
        # back, 2:00 to 3:00 comes twice
        ("Europe/Berlin", date(2026, 10, 25), 150, 240, "25 02:30+0200 - 25 04:00+0100"),
        ("Europe/Berlin", date(2026, 10, 25), 60, 150, "25 01:00+0200 - 25 02:30+0100"),
        ("Europe/Berlin", date(2026, 10, 25), 60, 120, "25 01:00+0200 - 25 02:00+0200"),
        ("Europe/Berlin", date(2026, 10, 25), 60, 180, "25 01:00+0200 - 25 03:00+0100"),
        ("Australia/Lord_Howe", date(2026, 4, 5), 60, 105, "05 01:00+1100 - 05 01:45+1030"),
        ("America/Sao_Paulo", date(2018, 11, 4), 0, 120, "04 01:00-0200 - 04 02:00-0200"),
        ("America/Sao_Paulo", date(2018, 2, 17), 1380, 1440, "17 23:00-0200 - 18 00:00-0300"),
        ("America/Havana", date(2026, 10, 31), 0, 1440, "31 00:00-0400 - 01 00:00-0400"),
        ("America/Havana", date(2026, 11, 1), 0, 60, "01 00:00-0400 - 01 01:00-0500"),
        ("America/Nuuk", date(2024, 3, 30), 1380, 1440, "never"),
        ("America/St_Johns", date(2010, 11, 6), 0, 1440, "06 00:00-0230 - 07 00:00-0330"),
        ("Pacific/Apia", date(2011, 12, 30), 0, 1440, "never"),
        ("Pacific/Apia", date(2011, 12, 31), 0, 60, "31 00:00+1400 - 31 01:00+1400"),
    ],
)
def test_windows_in_odd_nights_read_as_people_expect(
    zone: str, day: date, from_min: int, to_min: int, expected: str
) -> None:
    assert local(day_window(day, from_min, to_min, zone), zone) == expected


@times(4)
@given(
    ZONE_NIGHTS,
    st.lists(
        st.builds(lambda d, s: WeeklyHours(d, *s), st.integers(0, 6), MINUTE_SPANS), max_size=4
    ),
    st.sets(st.integers(-3, 3), max_size=2),
)
def test_weekly_hours_cover_exactly_the_minutes_of_their_days(
    night: tuple[str, date], hours: list[WeeklyHours], closed: set[int]
) -> None:
    zone, day = night
    days = [day + timedelta(days=n) for n in range(-3, 4)]
    shut = [day + timedelta(days=n) for n in closed]
    clock = clock_around(zone, day, 22)
    expected: set[int] = set()
    for near in set(days) - set(shut):
        for slot in hours:
            if slot.weekday == near.weekday():
                expected.update(clock.covered(near, slot.from_min, slot.to_min))
    windows = weekly_windows(iter(hours), iter(days), zone, iter(shut))
    assert minutes_in(windows, clock.start) == expected
    assert all(one.end < two.start for one, two in pairwise(windows))


def minutes_in(windows: Iterable[Window], start: int) -> set[int]:
    return {n - start for w in windows for n in range(minute_of(w.start), minute_of(w.end))}


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8))
def test_merged_windows_cover_the_same_time_in_order_and_apart(
    spans: list[tuple[int, int]],
) -> None:
    windows = [
        Window(EPOCH + timedelta(minutes=start), EPOCH + timedelta(minutes=start + length))
        for start, length in spans
    ]
    joined = merged(windows)
    assert minutes_in(joined, 0) == minutes_in(windows, 0)
    assert all(one.end < two.start for one, two in pairwise(joined))
    assert merged(joined) == joined


@pytest.mark.parametrize(("zone", "day"), EVERY_NIGHT, ids=str)
def test_a_span_of_days_runs_from_the_first_midnight_to_the_last(zone: str, day: date) -> None:
    first, last = day - timedelta(days=1), day + timedelta(days=1)
    one, two = day_window(first, 0, DAY_MIN, zone), day_window(last, 0, DAY_MIN, zone)
    span = days_window(first, last, zone)
    assert span is not None
    assert one is None or span.start == one.start
    assert two is None or span.end == two.end
    assert days_window(last, first, zone) is None


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])
def test_days_at_the_end_of_time_do_not_overflow(zone: str) -> None:
    for_ever = days_window(date.min, date.max, zone)
    assert for_ever is not None
    assert EPOCH in for_ever
    for day in (date.min, date.max):
        assert day_window(day, 0, DAY_MIN, zone) is not None


def test_a_window_includes_its_start_and_not_its_end() -> None:
    window = Window(EPOCH, EPOCH + timedelta(minutes=1))
    assert window.start in window
    assert window.end not in window
    wider = window.widened(15, 30)
    assert wider == Window(EPOCH - timedelta(minutes=15), EPOCH + timedelta(minutes=31))


BEGINNING, END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (BEGINNING, EPOCH, Window(LONG_AGO, EPOCH + timedelta(minutes=30))),
        (EPOCH, END, Window(EPOCH - timedelta(minutes=15), FAR)),
        (BEGINNING, END, Window(LONG_AGO, FAR)),
        (BEGINNING, BEGINNING, Window(LONG_AGO, LONG_AGO + timedelta(minutes=30))),
        (END, END, Window(FAR - timedelta(minutes=15), FAR)),
        (EPOCH, FAR - timedelta(minutes=1), Window(EPOCH - timedelta(minutes=15), FAR)),
    ],
)
def test_a_window_at_the_end_of_time_widens_as_far_as_there_is_time(
    start: datetime, end: datetime, expected: Window
) -> None:
    assert Window(start, end).widened(15, 30) == expected


@pytest.mark.parametrize("bad", [(7, 0, 60), (-1, 0, 60), (0, 60, 60), (0, -1, 60), (0, 0, 1441)])
def test_hours_that_cannot_be_are_refused(bad: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no such hours"):
        WeeklyHours(*bad)


def test_the_date_on_the_wall_is_that_of_the_site() -> None:
    evening = datetime(2026, 6, 15, 22, 30, tzinfo=UTC)
    assert local_date(evening, "Europe/Berlin") == date(2026, 6, 16)
    assert local_date(evening, "America/New_York") == date(2026, 6, 15)
    around = list(days_around(evening, "Europe/Berlin", 1, 2))
    assert around == [date(2026, 6, day) for day in (15, 16, 17, 18)]
