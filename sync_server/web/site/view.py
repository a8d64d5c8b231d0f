"""The page of a site as values for its template: days, filters, rows, what is free now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.calendar import local_date
from domain.opening import opening_windows
from domain.resource import ResourceKind
from sync_server.use_cases.booking.day import ResourceDay
from sync_server.web.page import Voice
from sync_server.web.places import Place
from sync_server.web.site.asked import STRIP_DAYS, Wanted
from sync_server.web.site.bars import Axis, axis_of
from sync_server.web.site.reading import Look
from sync_server.web.site.rows import Drawing, Row
from sync_server.web.site.words import feature

_AHEAD_DAYS: Final = 7
"""How far to look for the next day on which something full is free."""
_LONGEST_NAME: Final = 8
_SHORT_LIST: Final = 4
_SEATS: Final = (2, 4, 6, 8, 12, 16, 20, 30)


@dataclass(frozen=True, slots=True)
class DayLink:
    day: date
    name: str
    closed: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class FreeAgain:
    """When something full today is free the next time."""

    day: date
    at: datetime
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class SiteView:
    """Everything the template draws."""

    wanted: Wanted
    axis: Axis | None
    rows: list[Row]
    again: dict[int, FreeAgain]
    """By number of the resource."""
    days: list[DayLink]
    kinds: list[ResourceKind]
    features: list[tuple[str, str]]
    seats: list[int]
    now_at: float | None
    free_now: list[Row]
    free_next: list[Row]
    picked: Row | None


def site_view(look: Look, wanted: Wanted, voice: Voice) -> SiteView:
    """Read and laid out in one snapshot."""
    day = look.day(wanted.day)
    axis = _axis(look.place, wanted)
    drawing = Drawing(look, wanted, axis, voice) if axis else None
    rows = [drawing.row(each) for each in day if wanted.shows(each.resource)] if drawing else []
    gone = {row.id for row in rows if row.free is None}
    current = rows if wanted.day == wanted.today else []
    free_now = [row for row in current if row.free and row.free.start <= look.now]
    free_next = [row for row in current if row.free and row.free.start > look.now]
    return SiteView(
        wanted=wanted,
        axis=axis,
        rows=rows,
        again=_again(look, wanted, [each for each in day if each.resource_id in gone], voice),
        days=_days(look.place, wanted, voice),
        kinds=sorted({each.resource.kind for each in day}, key=_order),
        features=_features(day, voice),
        seats=_seats(day),
        now_at=axis.at(look.now) if axis and look.now in axis.window else None,
        free_now=free_now[:_SHORT_LIST],
        free_next=sorted(free_next, key=_begins)[:_SHORT_LIST],
        picked=next((row for row in rows if row.picked), None),
    )


def _axis(place: Place, wanted: Wanted) -> Axis | None:
    opening = opening_windows(place.site, wanted.day, wanted.day)
    return axis_of(wanted.day, place.site.zone, opening)


def _again(
    look: Look, wanted: Wanted, full: Sequence[ResourceDay], voice: Voice
) -> dict[int, FreeAgain]:
    """The next day with something free, for everything that is full."""
    days = [wanted.day + timedelta(days=n) for n in range(1, _AHEAD_DAYS + 1)]
    found = look.free_again(full, days)
    numbers = {each.resource_id: each.resource.number for each in full}
    return {numbers[id_]: _free_again(at, look.place.site.zone, voice) for id_, at in found.items()}


def _free_again(at: datetime, zone: str, voice: Voice) -> FreeAgain:
    day = local_date(at, zone)
    return FreeAgain(day, at, _name(day, voice), voice.weekday(day))


def _name(day: date, voice: Voice) -> str:
    """The day of the week, in short where it would not fit a button."""
    name = voice.weekday(day, whole=True)
    return name if len(name) <= _LONGEST_NAME else voice.weekday(day)


def _days(place: Place, wanted: Wanted, voice: Voice) -> list[DayLink]:
    links = []
    for day in wanted.strip:
        closed = not opening_windows(place.site, day, day)
        name = voice.say("site.today.short") if day == wanted.today else voice.weekday(day)
        links.append(DayLink(day, name, closed, day == wanted.day))
    return links


def _features(day: Sequence[ResourceDay], voice: Voice) -> list[tuple[str, str]]:
    names = {name for each in day for name in each.resource.features}
    return sorted(((name, feature(name, voice)) for name in names), key=lambda each: each[1])


def _seats(day: Sequence[ResourceDay]) -> list[int]:
    most = max((each.resource.seats for each in day), default=0)
    return [seats for seats in _SEATS if seats <= most]


def _order(kind: ResourceKind) -> int:
    """Desks first, then booths and rooms, as people look for them."""
    first = (ResourceKind.DESK, ResourceKind.FIXED_DESK, ResourceKind.BOOTH, ResourceKind.ROOM)
    return first.index(kind) if kind in first else len(first) + list(ResourceKind).index(kind)


def _begins(row: Row) -> datetime:
    assert row.free
    return row.free.start


def week_before(wanted: Wanted) -> date | None:
    """The first day of the strip before, if that is not over."""
    first = wanted.strip[0] - timedelta(days=STRIP_DAYS)
    return first if first >= wanted.today else None


def week_after(wanted: Wanted) -> date:
    return wanted.strip[-1] + timedelta(days=1)
