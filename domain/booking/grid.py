"""The grid of a local day on which bookings start and end, on every night of the year.

A grid of N minutes has its points where the wall shows a multiple of N minutes after midnight,
each time it shows it. A point that the clocks skip lies where they jump to.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from domain.calendar import wall_time

_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


def on_grid(at: datetime, step_min: int, zone: str) -> bool:
    """Whether `at` is a point of the grid of `step_min` minutes."""
    shown = wall_time(at, zone)
    point = shown - _beyond(shown, step_min)
    if point == shown:
        return True
    return point > wall_time(at - timedelta.resolution, zone)


@lru_cache(maxsize=4096)
def grid_from(at: datetime, step_min: int, zone: str) -> datetime:
    """The first point of the grid that is not before `at`."""
    local = wall_time(at, zone)
    beyond = _beyond(local, step_min)
    if on_grid(at, step_min, zone):
        return at
    to_midnight = _DAY - _beyond(local, 24 * 60)
    point = at + min(timedelta(minutes=step_min) - beyond, to_midnight)
    if wall_time(point, zone) - local == point - at:
        return point
    return _walked(at + _to_minute(local), _MINUTE, step_min, zone)


@lru_cache(maxsize=4096)
def grid_until(at: datetime, step_min: int, zone: str) -> datetime:
    """The last point of the grid that is not after `at`."""
    local = wall_time(at, zone)
    beyond = _beyond(local, step_min)
    point = at - beyond
    if local - wall_time(point, zone) == at - point:
        return point
    return _walked(at - _beyond(local, 1), -_MINUTE, step_min, zone)


def _beyond(local: datetime, step_min: int) -> timedelta:
    """How long ago the wall showed (or would have shown) the last multiple of the step."""
    minutes = (local.hour * 60 + local.minute) % step_min
    return timedelta(minutes=minutes, seconds=local.second, microseconds=local.microsecond)


def _to_minute(local: datetime) -> timedelta:
    into = _beyond(local, 1)
    return _MINUTE - into if into else into


def _walked(at: datetime, by: timedelta, step_min: int, zone: str) -> datetime:
    """From minute to minute: only where the clocks change in between."""
    while not on_grid(at, step_min, zone):
        at += by
    return at
