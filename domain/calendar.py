"""Wall time at a site: weekly hours, holidays, and what they mean in UTC on every night.

A wall-clock window of a day covers everything from the first instant at which the clock shows
its start (or later) to the last at which it shows less than its end. In the night the clocks
go forward a missing time means the moment they jump; in the night they go back a repeated
start means its first showing and a repeated end its last, unless they go back to just that
time: nothing before it is shown again, so its first showing ends the window.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

DAY_MIN: Final = 24 * 60
_FIRST_DAY: Final = date(2, 1, 1)
LAST_DAY: Final = date(9998, 12, 31)
"""Days beyond stand for these: "for ever" must not overflow."""
LONG_AGO: Final = datetime(1, 1, 2, tzinfo=UTC)
FAR: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""Instants beyond stand for these: the clocks of all zones can show them."""
_YEAR: Final = timedelta(days=366)
_FIRST: Final = LONG_AGO + _YEAR
_LAST: Final = FAR - _YEAR


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Hours of one weekday (Monday is 0) in minutes after midnight, `from_min` < `to_min`."""

    weekday: int
    from_min: int
    to_min: int

    def __post_init__(self) -> None:
        if not (0 <= self.weekday < 7 and 0 <= self.from_min < self.to_min <= DAY_MIN):
            raise ValueError(f"no such hours: {self.weekday} {self.from_min}-{self.to_min}")


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time in UTC, its end not included."""

    start: datetime
    end: datetime

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end

    def widened(self, before_min: int, after_min: int) -> "Window":
        """So much longer at both ends, as far as there is time at all."""
        before, after = timedelta(minutes=before_min), timedelta(minutes=after_min)
        if self.start > _FIRST and self.end < _LAST and max(before, after) < _YEAR:
            return Window(self.start - before, self.end + after)
        start, end = (min(max(edge, LONG_AGO), FAR) for edge in (self.start, self.end))
        return Window(start - min(before, start - LONG_AGO), end + min(after, FAR - end))


def common_time(one: Window, two: Window) -> timedelta:
    """How long both last together; negative: so far they are apart."""
    return min(one.end, two.end) - max(one.start, two.start)


# All resources of a site have their day cut at the same few instants.
@lru_cache(maxsize=8192)
def wall_time(instant: datetime, zone: str) -> datetime:
    """What the clock on the wall shows at `instant`, without its zone."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def local_date(instant: datetime, zone: str) -> date:
    """The date the calendar on the wall shows at `instant`."""
    return wall_time(instant, zone).date()


def day_window(day: date, from_min: int, to_min: int, zone: str) -> Window | None:
    """The UTC span of a wall-clock window of `day`, or None if that night swallowed it."""
    start = _instant(day, from_min, zone, last=False)
    end = _instant(day, to_min, zone, last=True)
    return Window(start, end) if start < end else None


def days_window(first: date, last: date, zone: str) -> Window | None:
    """The UTC span from the start of `first` to the end of `last`, or None if it has none."""
    start = _instant(first, 0, zone, last=False)
    end = _instant(last, DAY_MIN, zone, last=True)
    return Window(start, end) if start < end else None


def weekly_windows(
    hours: Iterable[WeeklyHours], days: Iterable[date], zone: str, closed: Iterable[date] = ()
) -> tuple[Window, ...]:
    """The spans of weekly `hours` on `days` without the `closed` ones, merged and in order."""
    shut, hours = frozenset(closed), tuple(hours)
    found = [
        window
        for day in days
        if day not in shut
        for slot in hours
        if slot.weekday == day.weekday()
        and (window := day_window(day, slot.from_min, slot.to_min, zone))
    ]
    return merged(found)


def merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The same covered time with touching and overlapping spans joined, in order."""
    result: list[Window] = []
    for window in sorted(windows, key=lambda w: (w.start, w.end)):
        if result and window.start <= result[-1].end:
            result[-1] = Window(result[-1].start, max(result[-1].end, window.end))
        else:
            result.append(window)
    return tuple(result)


def days_around(instant: datetime, zone: str, before: int, after: int) -> Iterator[date]:
    """The dates from `before` days before to `after` days after the local date of `instant`."""
    today = local_date(instant, zone)
    return (today + timedelta(days=n) for n in range(-before, after + 1))


# The same opening hours are asked for at every check-in: a quarter of a decision's time.
@lru_cache(maxsize=8192)
def _instant(day: date, minute: int, zone: str, *, last: bool) -> datetime:
    tz = ZoneInfo(zone)
    near = min(max(day, _FIRST_DAY), LAST_DAY)
    wall = datetime.combine(near, time()) + timedelta(minutes=minute)
    first = wall.replace(tzinfo=tz, fold=0).astimezone(UTC)
    if _shown(first, tz) != wall:
        return _jump(wall, tz)
    again = wall.replace(tzinfo=tz, fold=1).astimezone(UTC)
    less_before = _shown(again - timedelta.resolution, tz) < wall
    return again if last and less_before else first


def _shown(instant: datetime, tz: ZoneInfo) -> datetime:
    """What the clock on the wall shows, without its zone."""
    return instant.astimezone(tz).replace(tzinfo=None)


def _jump(wall: datetime, tz: ZoneInfo) -> datetime:
    """The moment the clocks skip over `wall`, found by halving to the second."""
    low = wall.replace(tzinfo=tz, fold=1).astimezone(UTC)
    high = wall.replace(tzinfo=tz, fold=0).astimezone(UTC)
    before = low.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if middle.astimezone(tz).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high
