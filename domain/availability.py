"""What of a day is free, taken, closed or gone by: FREE is what can really be booked.

Buffers, blackouts, notice, horizon, grid and the shortest length are all in it, so that every
free stretch can be booked as it is shown, as far as one booking may be so long.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from domain.booking.grid import grid_from, grid_until
from domain.booking.time_rules import lengths
from domain.booking.wish import ANYBODY, BookingFacts
from domain.calendar import DAY_MIN, FAR, Window, day_window, days_window, local_date, merged
from domain.opening import hours_around
from domain.resource import Resource
from domain.site import Site

_TICK: Final = timedelta.resolution


@dataclass(frozen=True, slots=True)
class Taken:
    """A unit is held for `window`, its buffers in it: a row of the holdings."""

    unit: str
    window: Window


class RunKind(StrEnum):
    PAST = "past"
    """Gone by, or too near by the terms."""
    CLOSED = "closed"
    TAKEN = "taken"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Run:
    kind: RunKind
    window: Window
    free_units: int = 0


def span_to_read(resource: Resource, day: date, zone: str) -> Window | None:
    """Where holdings have a say in what of `day` is free; None: there is no such day."""
    whole = day_window(day, 0, DAY_MIN, zone)
    terms = resource.terms
    more = terms.shortest_min + terms.step_min + terms.buffer_before_min + terms.buffer_after_min
    return whole and whole.widened(more, more)


def runs_of_day(
    resource_id: str,
    resource: Resource,
    site: Site,
    day: date,
    taken: Iterable[Taken],
    now: datetime,
) -> tuple[Run, ...]:
    """The whole of `day` in order and without gaps, as anybody may book it.

    `taken` are the holdings of this resource in `span_to_read`; others do no harm.
    """
    return runs_for(BookingFacts(resource_id, resource, site, ANYBODY), day, taken, now)


def runs_for(
    facts: BookingFacts, day: date, taken: Iterable[Taken], now: datetime
) -> tuple[Run, ...]:
    """The same with the hours of this booker."""
    span = span_to_read(facts.resource, day, facts.site.zone)
    whole = day_window(day, 0, DAY_MIN, facts.site.zone)
    if span is None or whole is None:
        return ()
    held = _held(facts, taken)
    hours, start = _hours(facts, span, now), earliest_start(facts, now)
    blocked = merged(window for windows in held.values() for window in windows)
    units = _counted(_free_pieces(facts, hours, held, start))
    edges = {whole.start, whole.end, start, *units}
    edges.update(edge for layer in (hours, blocked) for w in layer for edge in (w.start, w.end))
    is_open, is_held, count = _Walk(hours), _Walk(blocked), 0
    runs: list[Run] = []
    for begin, end in pairwise(sorted(edges)):
        count += units.get(begin, 0)
        if begin in whole:
            kind = RunKind.PAST if begin < start else RunKind.CLOSED
            if count:
                kind = RunKind.FREE
            elif begin >= start and is_open.covers(begin) and is_held.covers(begin):
                kind = RunKind.TAKEN
            _add(runs, Run(kind, Window(begin, end), count))
    return tuple(runs)


def free_pieces(
    facts: BookingFacts, span: Window, taken: Iterable[Taken], now: datetime
) -> dict[str, tuple[Window, ...]]:
    """For each unit what of `span` and right around it could be booked as one slot."""
    held = _held(facts, taken)
    hours = _hours(facts, span, now)
    start = earliest_start(facts, now)
    return {
        unit: _pieces(facts, hours, held.get(unit, ()), start)
        for unit in facts.resource.unit_ids(facts.resource_id)
    }


def free_unit(
    resource_id: str, resource: Resource, claim: Window, taken: Iterable[Taken]
) -> str | None:
    """The first unit that nothing holds anywhere in `claim`."""
    busy = {
        each.unit
        for each in taken
        if each.window.start < claim.end and claim.start < each.window.end
    }
    return next((unit for unit in resource.unit_ids(resource_id) if unit not in busy), None)


def earliest_start(facts: BookingFacts, now: datetime) -> datetime:
    """The first point of the grid at which a booking made now can start."""
    terms, zone = facts.resource.terms, facts.site.zone
    if terms.notice_min:
        return grid_from(now + timedelta(minutes=terms.notice_min), terms.step_min, zone)
    return grid_from(now - timedelta(minutes=terms.step_min) + _TICK, terms.step_min, zone)


def _hours(facts: BookingFacts, span: Window, now: datetime) -> tuple[Window, ...]:
    """When the terms allow slots around `span`: open, not blacked out, within the horizon."""
    terms = facts.resource.terms
    if terms.around_the_clock:
        hours: tuple[Window, ...] = (span.widened(DAY_MIN, DAY_MIN),)
    else:
        hours = hours_around(facts.site, span, facts.booker.hours)
    before, after = terms.buffer_before_min, terms.buffer_after_min
    shut = [Window(b.starts, b.ends).widened(after, before) for b in terms.blackouts]
    last = local_date(now, facts.site.zone) + timedelta(days=terms.horizon_days - 1)
    if horizon := days_window(last, last, facts.site.zone):
        shut.append(Window(horizon.end, FAR))
    return tuple(_without(hours, merged(shut)))


def _held(facts: BookingFacts, taken: Iterable[Taken]) -> dict[str, tuple[Window, ...]]:
    """By unit where no slot may be: holdings, and the buffers a slot beside them needs."""
    terms = facts.resource.terms
    before, after = terms.buffer_before_min, terms.buffer_after_min
    units = frozenset(facts.resource.unit_ids(facts.resource_id))
    found: dict[str, list[Window]] = {}
    for each in taken:
        if each.unit in units:
            found.setdefault(each.unit, []).append(each.window.widened(after, before))
    return {unit: merged(windows) for unit, windows in found.items()}


def _free_pieces(
    facts: BookingFacts,
    hours: tuple[Window, ...],
    held: dict[str, tuple[Window, ...]],
    start: datetime,
) -> list[tuple[tuple[Window, ...], int]]:
    """Pieces, each with the number of units they are free on."""
    found = [(_pieces(facts, hours, windows, start), 1) for windows in held.values()]
    if untouched := facts.resource.units - len(held):
        found.append((_pieces(facts, hours, (), start), untouched))
    return found


def _pieces(
    facts: BookingFacts, hours: tuple[Window, ...], held: tuple[Window, ...], start: datetime
) -> tuple[Window, ...]:
    """What is left of `hours` from `start` on, cut to the grid and not too short to book."""
    terms, zone = facts.resource.terms, facts.site.zone
    shortest = timedelta(minutes=terms.shortest_min)
    found = []
    for gap in _without(hours, held):
        if gap.end <= start:
            continue
        begin = grid_from(max(gap.start, start), terms.step_min, zone)
        end = grid_until(gap.end, terms.step_min, zone)
        if begin < end and max(lengths(Window(begin, end), zone)) >= shortest:
            found.append(Window(begin, end))
    return tuple(found)


def _without(windows: tuple[Window, ...], holes: tuple[Window, ...]) -> Iterator[Window]:
    """`windows` less `holes`, both in order and apart, in one walk."""
    n = 0
    for window in windows:
        begin = window.start
        while n < len(holes) and holes[n].end <= begin:
            n += 1
        k = n
        while k < len(holes) and holes[k].start < window.end:
            if begin < holes[k].start:
                yield Window(begin, holes[k].start)
            begin = max(begin, holes[k].end)
            k += 1
        if begin < window.end:
            yield Window(begin, window.end)


def _counted(pieces: list[tuple[tuple[Window, ...], int]]) -> dict[datetime, int]:
    """By how many units more or less are free from each instant on."""
    changes: dict[datetime, int] = {}
    for windows, units in pieces:
        for window in windows:
            changes[window.start] = changes.get(window.start, 0) + units
            changes[window.end] = changes.get(window.end, 0) - units
    return changes


class _Walk:
    """Whether windows cover instants that are asked for in order."""

    def __init__(self, windows: tuple[Window, ...]) -> None:
        self._windows = windows
        self._next = 0

    def covers(self, at: datetime) -> bool:
        while self._next < len(self._windows) and self._windows[self._next].end <= at:
            self._next += 1
        return self._next < len(self._windows) and self._windows[self._next].start <= at


def _add(runs: list[Run], run: Run) -> None:
    last = runs[-1] if runs else None
    if last and (last.kind, last.free_units) == (run.kind, run.free_units):
        runs[-1] = Run(run.kind, Window(last.window.start, run.window.end), run.free_units)
    else:
        runs.append(run)
