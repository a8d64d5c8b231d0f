"""Series: the same wall time on many days, whatever the clocks do in between."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from domain.booking.state import EARLIEST, LATEST
from domain.booking.time_rules import claim_of
from domain.calendar import DAY_MIN, Window
from domain.terms import BookingTerms

MOST_DATES: Final = 120
"""More than two years of weeks are no series but a lease."""


class SeriesProblem(StrEnum):
    """Why something makes no series; codes of the sentences `series.<value>`."""

    RULE = "rule"
    """No rhythm of days that can be read."""
    NO_END = "no_end"
    NONE = "none"
    TOO_MANY = "too_many"
    HOURS = "hours"
    """Not one slot of whole minutes that is over by the end of the next day."""
    OVERLAPS = "overlaps"


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


def rule_of(slot: Window, rrule: str, zone: str) -> SeriesRule | SeriesProblem:
    """The rule whose first slot is `slot`, as the wall shows it."""
    if slot.start < EARLIEST or slot.end > LATEST or slot.start >= slot.end:
        return SeriesProblem.HOURS
    start, end = (_on_the_wall(each, zone) for each in (slot.start, slot.end))
    midnight = datetime.combine(start.date(), time())
    from_min, from_rest = divmod(start - midnight, _MINUTE)
    to_min, to_rest = divmod(end - midnight, _MINUTE)
    if from_rest or to_rest or not from_min < to_min <= 2 * DAY_MIN:
        return SeriesProblem.HOURS
    return SeriesRule(start.date(), from_min, to_min, rrule)


def overlaps_itself(found: Iterable[Occurrence], terms: BookingTerms) -> bool:
    """Whether two of its slots, with their buffers, would be in each other's way."""
    claims = [claim_of(terms, each.slot) for each in found if each.slot]
    return any(two.start < one.end for one, two in pairwise(claims))


def skip(rule: SeriesRule, day: date) -> SeriesRule:
    """The same without `day`."""
    return replace(rule, skipped=rule.skipped | {day})


def add_again(rule: SeriesRule, day: date) -> SeriesRule:
    """The same with a skipped `day` again; others are not made up."""
    return replace(rule, skipped=rule.skipped - {day})


_MINUTE: Final = timedelta(minutes=1)


def _on_the_wall(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _slot(rule: SeriesRule, day: date, zone: str) -> Window | None:
    start, end = _shown(day, rule.from_min, zone), _shown(day, rule.to_min, zone)
    return Window(start, end) if start and end and start < end else None


def _shown(day: date, minute: int, zone: str) -> datetime | None:
    """The first instant at which the wall shows this time, or None if it never does."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    instant = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return instant if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall else None
