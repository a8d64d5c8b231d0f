"""The bricks of a day: in order, without overlap, in the right place on every day of the year."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.availability import Run, RunKind
from domain.calendar import DAY_MIN, WeeklyHours, Window, day_window, weekly_windows
from sync_server.web.site.bars import YOURS, Axis, axis_of, bricks

BERLIN = "Europe/Berlin"
THURSDAY = date(2026, 5, 14)
OPENING = [WeeklyHours(day, 8 * 60, 20 * 60) for day in range(7)]


def axis(day: date = THURSDAY, opening: list[WeeklyHours] = OPENING) -> Axis:
    found = axis_of(day, BERLIN, weekly_windows(opening, [day], BERLIN))
    assert found
    return found


def at(hour: float) -> datetime:
    return datetime(2026, 5, 13, 22, tzinfo=UTC) + timedelta(hours=hour)


def test_the_axis_reaches_from_opening_to_closing_in_whole_hours() -> None:
    told = [(label.hour, label.at, label.anchor) for label in axis().labels()]
    assert told[0] == (8, 0.0, "start")
    assert told[-1] == (20, 100.0, "end")
    assert [hour for hour, _, _ in told] == [8, 10, 12, 14, 16, 18, 20]
    early = axis(opening=[WeeklyHours(3, 7 * 60 + 30, 21 * 60 + 45)])
    assert (early.window.start, early.window.end) == (at(7), at(22))


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), THURSDAY])
def test_few_hours_stand_on_the_axis_also_of_a_whole_day(day: date) -> None:
    whole = axis(day, [WeeklyHours(day.weekday(), 0, DAY_MIN)])
    labels = whole.labels()
    assert 3 < len(labels) <= 8
    assert all(one.at < two.at for one, two in pairwise(labels))
    assert labels[0].hour == 0


def test_a_closed_day_shows_its_usual_hours() -> None:
    closed = axis(opening=[])
    assert (closed.window.start, closed.window.end) == (at(8), at(20))


def test_what_is_yours_is_cut_out_of_what_is_free() -> None:
    runs = [
        Run(RunKind.PAST, Window(at(0), at(9))),
        Run(RunKind.FREE, Window(at(9), at(14)), 2),
        Run(RunKind.FREE, Window(at(14), at(18)), 1),
        Run(RunKind.TAKEN, Window(at(18), at(24))),
    ]
    laid = bricks(runs, axis(), Window(at(13), at(15)))
    assert [brick.kind for brick in laid] == ["past", "free", YOURS, "free", "taken"]
    assert laid[2].window == Window(at(13), at(15))
    assert laid[0].left == 0.0
    assert round(sum(brick.width for brick in laid), 2) == 100.0
    plain = bricks(runs, axis())
    assert [brick.kind for brick in plain] == ["past", "free", "taken"]


@given(st.lists(st.integers(0, 96), max_size=12, unique=True), st.integers(0, 80), st.data())
def test_bricks_lie_side_by_side_and_fill_the_bar(
    edges: list[int], start: int, data: st.DataObject
) -> None:
    quarter = timedelta(minutes=15)
    cuts = sorted({0, 96, *edges})
    runs = [
        Run(data.draw(st.sampled_from(RunKind)), Window(at(0) + a * quarter, at(0) + b * quarter))
        for a, b in pairwise(cuts)
    ]
    yours = Window(at(0) + start * quarter, at(0) + (start + 8) * quarter)
    laid = bricks(runs, axis(), yours)
    assert laid[0].window.start == axis().window.start
    assert laid[-1].window.end == axis().window.end
    for one, two in pairwise(laid):
        assert one.window.end == two.window.start
        assert one.kind != two.kind
        assert abs(one.left + one.width - two.left) < 0.01


def test_a_day_that_the_calendar_skipped_has_no_axis() -> None:
    samoa = date(2011, 12, 30)
    assert day_window(samoa, 0, DAY_MIN, "Pacific/Apia") is None
    assert axis_of(samoa, "Pacific/Apia", ()) is None
