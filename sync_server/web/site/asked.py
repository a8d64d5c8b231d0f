"""What somebody wants to see of a site, as its address says it; nonsense is passed over."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.datastructures import QueryParams

from domain.resource import Resource, ResourceKind

STRIP_DAYS: Final = 7
_FARTHEST: Final = timedelta(days=800)
_FIRST: Final = date(2000, 1, 2)
_LAST: Final = date(2100, 1, 1)
_MOST_SEATS: Final = 1000
_MOST_MINUTES: Final = 366 * 24 * 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """One view of a day. `pick` is a resource's number, `start` the slot's beginning."""

    today: date
    day: date
    kind: ResourceKind | None = None
    seats: int = 0
    features: tuple[str, ...] = ()
    step_free: bool = False
    pick: int | None = None
    start: datetime | None = None
    minutes: int = 0

    @property
    def strip(self) -> tuple[date, ...]:
        """The seven days that are shown: weeks counted from today."""
        first = self.day - (self.day - self.today) % timedelta(days=STRIP_DAYS)
        return tuple(first + timedelta(days=n) for n in range(STRIP_DAYS))

    @property
    def filters(self) -> bool:
        """Whether something besides the kind keeps resources out."""
        return bool(self.seats or self.features or self.step_free)

    def shows(self, resource: Resource) -> bool:
        """Whether `resource` is what is looked for."""
        return (
            (self.kind is None or resource.kind is self.kind)
            and resource.seats >= self.seats
            and set(self.features) <= set(resource.features)
            and (resource.step_free or not self.step_free)
        )

    def query(self, **changed: Any) -> str:
        """The same view with something changed, as the query of an address."""
        wanted = replace(self, **changed)
        pairs: list[tuple[str, object]] = []
        if wanted.day != wanted.today:
            pairs.append(("day", wanted.day))
        if wanted.kind:
            pairs.append(("kind", wanted.kind.value))
        if wanted.seats:
            pairs.append(("seats", wanted.seats))
        pairs += [("with", feature) for feature in wanted.features]
        if wanted.step_free:
            pairs.append(("step_free", "yes"))
        if wanted.pick is not None:
            pairs.append(("pick", wanted.pick))
            if wanted.start:
                pairs.append(("start", told(wanted.start)))
            if wanted.minutes:
                pairs.append(("for", wanted.minutes))
        return f"?{urlencode(pairs)}" if pairs else "?"


def wanted_of(query: QueryParams, today: date, zone: str) -> Wanted:
    """The view that an address asks for; a day that is over is today."""
    day = _day(query.get("day", "")) or today
    kinds: Mapping[str, ResourceKind] = {kind.value: kind for kind in ResourceKind}
    return Wanted(
        today=today,
        day=min(max(day, today), today + _FARTHEST),
        kind=kinds.get(query.get("kind", "")),
        seats=number(query.get("seats", ""), _MOST_SEATS) or 0,
        features=tuple(sorted({each for each in query.getlist("with") if each})),
        step_free=query.get("step_free") == "yes",
        pick=number(query.get("pick", ""), 10**9),
        start=instant(query.get("start", ""), zone),
        minutes=number(query.get("for", ""), _MOST_MINUTES) or 0,
    )


def told(at: datetime) -> str:
    """An instant as addresses carry it: 2026-05-14T12:00Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def instant(text: str, zone: str) -> datetime | None:
    """What `told` told; without an offset the clock of the site is meant. Else nothing."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not _FIRST < at.date() < _LAST:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def number(text: str, most: int) -> int | None:
    """A whole number from 0 to `most`, or nothing."""
    if not (text.isascii() and text.isdigit()) or len(text) > 10:
        return None
    return int(text) if int(text) <= most else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
