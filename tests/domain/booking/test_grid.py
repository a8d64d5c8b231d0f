"""The grid of bookings against the wall clock, looked at minute by minute."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.booking.grid import grid_from, grid_until, on_grid
from tests.domain.rooms import TICK, grid_points, nights
from tests.domain.wall_clock import DAY_MIN, clock_around, instant_of, minute_of
from tests.domain.zones import EVERY_NIGHT

MINUTE = timedelta(minutes=1)
STEPS = (5, 15, 50, 60, 90, 240, 1440)


@pytest.mark.parametrize("step_min", STEPS)
@pytest.mark.parametrize(("zone", "day"), EVERY_NIGHT, ids=str)
def test_points_are_where_the_wall_shows_a_multiple_or_jumps_over_one(
    zone: str, day: date, step_min: int
) -> None:
    clock = clock_around(zone, day, 22)
    points = grid_points(day, step_min, zone)
    near = range(*(minute_of(at) - clock.start for at in (points[0], points[-1] + MINUTE)))
    seen = [
        instant_of(clock.start + n)
        for n in near
        if shows_point(clock.shows[n - 1], clock.shows[n], step_min)
    ]
    assert points == seen
    assert all(on_grid(at, step_min, zone) for at in seen)


def shows_point(before: int, now: int, step_min: int) -> bool:
    """From one minute to the next; both since midnight of some day."""
    minute = now % DAY_MIN
    point = now - minute % step_min
    return point == now or point > before


@given(nights(), st.sampled_from(STEPS), st.data())
def test_between_two_points_one_leads_to_the_last_and_the_next(
    night: tuple[str, date], step_min: int, data: st.DataObject
) -> None:
    zone, day = night
    points = grid_points(day, step_min, zone)
    first = data.draw(st.integers(0, len(points) - 2))
    one, two = points[first], points[first + 1]
    seconds = data.draw(st.integers(1, int((two - one).total_seconds()) - 1))
    inside = one + timedelta(seconds=seconds)
    assert not on_grid(inside, step_min, zone)
    assert (grid_until(inside, step_min, zone), grid_from(inside, step_min, zone)) == (one, two)
    assert grid_from(one, step_min, zone) == one == grid_until(one, step_min, zone)
    assert grid_until(two - TICK, step_min, zone) == one
