"""Seven days of one resource: what is free as a list, and all of it for the calendar."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.availability import Run, RunKind
from domain.calendar import Window
from domain.opening import opening_windows
from sync_server.use_cases.booking.day import ResourceDay
from sync_server.web.page import Voice
from sync_server.web.places import Place
from sync_server.web.site.asked import Wanted
from sync_server.web.site.words import span

DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something free, and the address that picks it."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class WeekDay:
    day: date
    name: str
    free: list[Stretch]


@dataclass(frozen=True, slots=True)
class Week:
    """`events`, `from_hour` and `to_hour` are for the calendar that a script draws."""

    first: date
    days: list[WeekDay]
    events: str
    from_hour: int
    to_hour: int


def week_of(
    place: Place, days: Sequence[ResourceDay | None], first: date, today: date, voice: Voice
) -> Week:
    """The days from `first` on."""
    listed = [
        _day(place, shown, (first + timedelta(days=n), today), voice)
        for n, shown in enumerate(days)
    ]
    runs = [run for shown in days if shown for run in shown.runs if run.kind is not RunKind.FREE]
    zone = ZoneInfo(place.site.zone)
    events = [
        {
            "start": run.window.start.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
            "end": run.window.end.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
            "kind": run.kind.value,
        }
        for run in runs
    ]
    return Week(first, listed, json.dumps(events), *_hours(place, first))


def _day(place: Place, shown: ResourceDay | None, days: tuple[date, date], voice: Voice) -> WeekDay:
    day, today = days
    wanted = Wanted(today, day, pick=shown.resource.number) if shown else Wanted(today, day)
    free = [
        Stretch(span(window, voice), f"{place.url}{wanted.query(start=window.start)}")
        for window in (_free(shown.runs) if shown else ())
    ]
    return WeekDay(day, voice.day(day), free)


def _free(runs: Sequence[Run]) -> list[Window]:
    """What is free, without regard to how many of it."""
    found: list[Window] = []
    for run in runs:
        if run.kind is not RunKind.FREE:
            continue
        if found and found[-1].end == run.window.start:
            found[-1] = Window(found[-1].start, run.window.end)
        else:
            found.append(run.window)
    return found


def _hours(place: Place, first: date) -> tuple[int, int]:
    """The hours that the calendar shows: those in which the house is open on any of the days."""
    zone = ZoneInfo(place.site.zone)
    windows = opening_windows(place.site, first, first + timedelta(days=DAYS - 1))
    locals_ = [(w.start.astimezone(zone), w.end.astimezone(zone)) for w in windows]
    if not locals_ or any(end.date() != start.date() for start, end in locals_):
        return 0, 24
    return min(s.hour for s, _ in locals_), max(e.hour + bool(e.minute) for _, e in locals_)
