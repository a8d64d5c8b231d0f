"""A site's wall clock minute by minute: what the rules about hours are checked against.

Nothing is computed here from the start or end of a window: each minute is looked at.
"""

from array import array
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DAY_MIN = 24 * 60
_FURTHEST_MIN = 16 * 60
"""No clock is further from UTC."""
_SHARED_DAYS = 16
"""So many days in a row share one clock, which takes a while to wind."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def minute_of(instant: datetime) -> int:
    """Whole minutes since 1970."""
    return (instant - _EPOCH) // timedelta(minutes=1)


def instant_of(minute: int) -> datetime:
    return _EPOCH + timedelta(minutes=minute)


def wall_minute(day: date, minute: int) -> int:
    """A wall-clock time as minutes since the wall showed midnight of 1970-01-01."""
    return (day - _EPOCH.date()).days * DAY_MIN + minute


class WallClock:
    """What the clock of `zone` shows in each minute of the days from `first` to `last`."""

    def __init__(self, zone: str, first: date, last: date) -> None:
        self.start = wall_minute(first, 0) - DAY_MIN
        self.shows = array("q")
        self._covered: dict[tuple[date, int, int], range] = {}
        for quarter in range(self.start, wall_minute(last, 0) + 2 * DAY_MIN, 15):
            self.shows.extend(_shown_in_quarter(zone, quarter))

    def __len__(self) -> int:
        return len(self.shows)

    def day_at(self, index: int) -> date:
        return _EPOCH.date() + timedelta(days=self.shows[index] // DAY_MIN)

    def covered(self, day: date, from_min: int, to_min: int) -> range:
        """Indices of the minutes from the first that shows `from_min` of `day` or later to the
        last that shows less than `to_min`.
        """
        key = (day, from_min, to_min)
        if key not in self._covered:
            self._covered[key] = self._look(wall_minute(day, from_min), wall_minute(day, to_min))
        return self._covered[key]

    def _look(self, begin: int, end: int) -> range:
        near = range(
            max(0, begin - self.start - _FURTHEST_MIN),
            min(len(self.shows), end - self.start + _FURTHEST_MIN),
        )
        first = next((n for n in near if self.shows[n] >= begin), len(self.shows))
        last = next((n for n in reversed(near) if self.shows[n] < end), -1)
        return range(first, last + 1)


@cache
def clock_around(zone: str, day: date, reach: int) -> WallClock:
    """A clock that shows at least `reach` days before and after `day`."""
    return _clock_of_weeks(zone, day.toordinal() // _SHARED_DAYS, reach)


@cache
def _clock_of_weeks(zone: str, number: int, reach: int) -> WallClock:
    first = date.fromordinal(number * _SHARED_DAYS)
    last = first + timedelta(days=_SHARED_DAYS)
    return WallClock(zone, first - timedelta(days=reach), last + timedelta(days=reach))


def _shown_in_quarter(zone: str, minute: int) -> Iterable[int]:
    """15 minutes in a row; only those in which the clock changes are asked for one by one."""
    offset = _offset_min(zone, minute)
    if offset == _offset_min(zone, minute + 15):
        return range(minute + offset, minute + offset + 15)
    return [n + _offset_min(zone, n) for n in range(minute, minute + 15)]


def _offset_min(zone: str, minute: int) -> int:
    shown = instant_of(minute).astimezone(ZoneInfo(zone)).utcoffset()
    assert shown is not None
    return shown // timedelta(minutes=1)
