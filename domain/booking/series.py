"""Series: the same wall time on many days, whatever the clocks do in between."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.calendar import DAY_MIN, Window

MOST_DATES: Final = 120
"""More than two years of weeks are no series but a lease."""


@dataclass(frozen=True, slots=True)
class SeriesRule:
    """`rrule` says on which days from `first` on (RFC 5545, without times).

    `to_min` beyond midnight is of the next day. `skipped` days are left out and can be added
    again.
    """

    first: date
    from_min: int
    to_min: int
    rrule: str
    skipped: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not (0 <= self.from_min < DAY_MIN and self.from_min < self.to_min <= 2 * DAY_MIN):
            raise ValueError(f"no such hours: {self.from_min}-{self.to_min}")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The series on `day`; `slot` None: that night the clocks skip its start or its end."""

    day: date
    slot: Window | None


def occurrences(rule: SeriesRule, dates: Iterable[date], zone: str) -> tuple[Occurrence, ...]:
    """The series on `dates` (those of its `rrule`) without the skipped ones, in order.

    Both ends are what the wall shows, the first time it shows it: 9:00 stays 9:00, and a slot
    over a night in which the clocks are set is as long as that night makes it.
    """
    days = sorted({day for day in dates if day not in rule.skipped})
    return tuple(Occurrence(day, _slot(rule, day, zone)) for day in days)


def skip(rule: SeriesRule, day: date) -> SeriesRule:
    """The same without `day`."""
    return replace(rule, skipped=rule.skipped | {day})


def add_again(rule: SeriesRule, day: date) -> SeriesRule:
    """The same with a skipped `day` again; others are not made up."""
    return replace(rule, skipped=rule.skipped - {day})


def _slot(rule: SeriesRule, day: date, zone: str) -> Window | None:
    start, end = _shown(day, rule.from_min, zone), _shown(day, rule.to_min, zone)
    return Window(start, end) if start and end and start < end else None


def _shown(day: date, minute: int, zone: str) -> datetime | None:
    """The first instant at which the wall shows this time, or None if it never does."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    instant = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return instant if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall else None
