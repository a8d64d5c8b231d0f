"""Series: the time on the wall stays, whatever the clocks do."""

from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.booking.series import Occurrence, SeriesRule, add_again, occurrences, skip
from domain.calendar import Window
from tests.domain.house import at
from tests.domain.rooms import nights

BERLIN = "Europe/Berlin"
AUTUMN = [date(2026, 10, 18), date(2026, 10, 25), date(2026, 11, 1)]
SPRING = date(2026, 3, 29)


def rule(from_min: int, to_min: int, **more: frozenset[date]) -> SeriesRule:
    return SeriesRule(AUTUMN[0], from_min, to_min, "FREQ=WEEKLY;COUNT=3", **more)


def test_nine_stays_nine_when_the_clocks_are_set() -> None:
    found = occurrences(rule(9 * 60, 10 * 60), AUTUMN, BERLIN)
    assert found == tuple(Occurrence(d, Window(at(9, day=d), at(10, day=d))) for d in AUTUMN)
    starts = [each.slot.start for each in found if each.slot]
    assert [two - one for one, two in pairwise(starts)] == [
        timedelta(days=7, hours=1),
        timedelta(days=7),
    ]


@pytest.mark.parametrize(
    ("from_min", "to_min", "hours"),
    [
        (90, 240, 1.5),  # 1:30 to 4:00, an hour of it is missing
        (135, 240, None),  # 2:15 never comes
        (60, 150, None),  # nor does 2:30
        (60, 180, 1.0),
        (1380, 1440 + 150, 3.5),  # from 23:00 into the next, usual night
    ],
)
def test_a_time_that_the_night_swallows_is_told(
    from_min: int, to_min: int, hours: float | None
) -> None:
    (found,) = occurrences(rule(from_min, to_min), [SPRING], BERLIN)
    lasts = found.slot and (found.slot.end - found.slot.start) / timedelta(hours=1)
    assert lasts == hours


def test_skipped_days_are_left_out_and_can_be_added_again() -> None:
    series = rule(540, 600)
    gone = skip(series, AUTUMN[1])
    assert [each.day for each in occurrences(gone, AUTUMN, BERLIN)] == [AUTUMN[0], AUTUMN[2]]
    assert add_again(gone, AUTUMN[1]) == series
    assert add_again(series, AUTUMN[1]) == series


@pytest.mark.parametrize(("from_min", "to_min"), [(-1, 60), (1440, 1500), (60, 60), (60, 2881)])
def test_hours_that_cannot_be_are_refused(from_min: int, to_min: int) -> None:
    with pytest.raises(ValueError, match="no such hours"):
        rule(from_min, to_min)


@given(nights(), st.integers(0, 1439), st.integers(1, 1440), st.sets(st.integers(-9, 9)))
def test_every_occurrence_shows_its_time_on_the_wall(
    night: tuple[str, date], from_min: int, long: int, offsets: set[int]
) -> None:
    zone, day = night
    days = [day + timedelta(days=n) for n in offsets]
    found = occurrences(rule(from_min, from_min + long), days, zone)
    assert [each.day for each in found] == sorted(days)
    for each in found:
        if each.slot is not None:
            wall = each.slot.start.astimezone(ZoneInfo(zone))
            assert (wall.date(), wall.hour * 60 + wall.minute) == (each.day, from_min)
            shown = each.slot.end.astimezone(ZoneInfo(zone))
            assert (shown.hour * 60 + shown.minute - from_min - long) % 1440 == 0
