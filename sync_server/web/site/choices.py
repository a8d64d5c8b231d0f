"""Which slots can be picked: the starts of a day, and how long from there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.booking.grid import grid_from
from domain.calendar import Window, local_date
from domain.resource import Resource

_MORNING = time(9)
_USUAL_MIN = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """A slot that can be booked, with the others that could be picked instead."""

    slot: Window
    starts: tuple[datetime, ...]
    minutes: tuple[int, ...]

    @property
    def length_min(self) -> int:
        return (self.slot.end - self.slot.start) // timedelta(minutes=1)


def choice_of(
    resource: Resource,
    pieces: Iterable[Window],
    zone: str,
    day: date,
    wish: tuple[datetime | None, int],
) -> Choice | None:
    """What comes nearest to `wish` (a start and minutes); None where nothing is left that day.

    `pieces` are what of each unit can be booked as one slot.
    """
    room = _room(resource, tuple(pieces), zone, day)
    if not room:
        return None
    asked, minutes = wish
    start = _start(tuple(room), asked) if asked else _usual_start(room, day, zone)
    lengths = tuple(_lengths(resource, room[start]))
    wished = minutes or max(_USUAL_MIN, lengths[0])
    length = max((each for each in lengths if each <= wished), default=lengths[0])
    return Choice(Window(start, start + timedelta(minutes=length)), tuple(room), lengths)


def _room(
    resource: Resource, pieces: tuple[Window, ...], zone: str, day: date
) -> dict[datetime, int]:
    """By start: the longest slot in minutes, on whichever unit has most."""
    terms, found = resource.terms, dict[datetime, int]()
    for piece in pieces:
        for start in _starts(piece, terms.step_min, zone, day):
            most = (piece.end - start) // timedelta(minutes=1)
            if most >= terms.shortest_min:
                found[start] = max(found.get(start, 0), min(most, terms.longest_min))
    return dict(sorted(found.items()))


def _starts(piece: Window, step_min: int, zone: str, day: date) -> Iterator[datetime]:
    at = piece.start
    while at < piece.end and local_date(at, zone) <= day:
        if local_date(at, zone) == day:
            yield at
        at = grid_from(at + timedelta.resolution, step_min, zone)


def _lengths(resource: Resource, most: int) -> Iterator[int]:
    """In steps of the grid; longer slots in whole hours, so that the list stays short."""
    terms = resource.terms
    step = terms.step_min
    first = -(-terms.shortest_min // step) * step
    for minutes in range(first, most + 1, step):
        if minutes == first or minutes <= 4 * 60 or minutes % 60 == 0 or minutes > most - step:
            yield minutes


def _start(starts: tuple[datetime, ...], wished: datetime) -> datetime:
    """The first that is not before what is wished, else the last there is."""
    return next((start for start in starts if start >= wished), starts[-1])


def _usual_start(room: dict[datetime, int], day: date, zone: str) -> datetime:
    """The first from the morning on with room for the usual length, else the first of all."""
    morning = datetime.combine(day, _MORNING, ZoneInfo(zone))
    roomy = (start for start, most in room.items() if start >= morning and most >= _USUAL_MIN)
    return next(roomy, None) or _start(tuple(room), morning)
