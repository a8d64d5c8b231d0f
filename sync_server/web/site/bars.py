"""A day as a course of bricks: where on the axis each stretch begins and how long it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from domain.availability import Run, RunKind
from domain.calendar import DAY_MIN, Window, day_window

_HOUR_MIN: Final = 60
_MOST_LABELS: Final = 8
_USUAL: Final = (8 * _HOUR_MIN, 20 * _HOUR_MIN)
YOURS: Final = "yours"


@dataclass(frozen=True, slots=True)
class Label:
    """An hour on the axis; `at` in percent of its width."""

    at: float
    hour: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Brick:
    """One stretch; `left` and `width` in percent of the bar."""

    kind: str
    left: float
    width: float
    window: Window


@dataclass(frozen=True, slots=True)
class Axis:
    """The part of a day that is drawn."""

    window: Window
    zone: str

    def at(self, instant: datetime) -> float:
        """Where on the bar, in percent."""
        part = (instant - self.window.start) / (self.window.end - self.window.start)
        return round(100 * min(max(part, 0.0), 1.0), 3)

    def labels(self) -> list[Label]:
        """Few enough hours to stay apart on a phone."""
        hours = list(_full_hours(self.window, self.zone))
        if not hours:
            return []
        step = next(n for n in (1, 2, 3, 4, 6, 12) if len(hours) // n < _MOST_LABELS or n == 12)
        first = hours[0][1]
        kept = [(at, hour) for at, hour in hours if (hour - first) % step == 0]
        return [Label(self.at(at), hour, _anchor(self.at(at))) for at, hour in kept]


def axis_of(day: date, zone: str, opening: Iterable[Window]) -> Axis | None:
    """From the hour of opening to that of closing; the usual hours of a day that is closed."""
    day_ = day_window(day, 0, DAY_MIN, zone)
    if day_ is None:
        return None
    usual = day_window(day, *_USUAL, zone) or day_
    within = [
        Window(max(each.start, day_.start), min(each.end, day_.end))
        for each in opening
        if each.start < day_.end and day_.start < each.end
    ]
    if not within:
        return Axis(usual, zone)
    start, end = min(each.start for each in within), max(each.end for each in within)
    return Axis(Window(_hour_before(start), _hour_after(end)), zone)


def bricks(runs: Iterable[Run], axis: Axis, yours: Window | None = None) -> list[Brick]:
    """The runs on the axis, those of one kind in a row as one, `yours` cut out of the free."""
    laid: list[tuple[str, Window]] = []
    for kind, window in _cut(runs, axis.window, yours):
        if laid and laid[-1][0] == kind and laid[-1][1].end == window.start:
            laid[-1] = (kind, Window(laid[-1][1].start, window.end))
        else:
            laid.append((kind, window))
    return [
        Brick(kind, axis.at(w.start), round(axis.at(w.end) - axis.at(w.start), 3), w)
        for kind, w in laid
    ]


def _cut(runs: Iterable[Run], within: Window, yours: Window | None) -> Iterator[tuple[str, Window]]:
    for run in runs:
        start, end = max(run.window.start, within.start), min(run.window.end, within.end)
        if start >= end:
            continue
        if yours is None or run.kind is not RunKind.FREE:
            yield run.kind.value, Window(start, end)
            continue
        edges = sorted({start, end, *(e for e in (yours.start, yours.end) if start < e < end)})
        for begin, finish in pairwise(edges):
            mine = yours.start <= begin < yours.end
            yield YOURS if mine else run.kind.value, Window(begin, finish)


def _full_hours(window: Window, zone: str) -> Iterator[tuple[datetime, int]]:
    """Each full hour of the clock on the wall; the last may be called 24."""
    at, tz = window.start, ZoneInfo(zone)
    while at <= window.end:
        local = at.astimezone(tz)
        if local.minute == 0:
            yield at, local.hour or (24 if at == window.end else 0)
            at += timedelta(hours=1)
        else:
            at += timedelta(minutes=_HOUR_MIN - local.minute)


def _hour_before(at: datetime) -> datetime:
    return at - timedelta(minutes=at.minute % _HOUR_MIN)


def _hour_after(at: datetime) -> datetime:
    return at + timedelta(minutes=-at.minute % _HOUR_MIN)


def _anchor(at: float) -> str:
    if at < 3:
        return "start"
    return "end" if at > 97 else "middle"
