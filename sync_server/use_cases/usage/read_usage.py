"""The usage of a site's resources, day by day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.attempt import Attempts, attempts_id
from domain.booking import Booking
from domain.calendar import days_window, local_date
from domain.resource import Resource
from domain.site import Site
from domain.subjects import site_stream
from domain.usage import Usage, last_moment, usage_of_day
from ledger.reader import Reader
from ledger.session import statement
from sync_server.use_cases.usage.history import Versions, versions

LONGEST_DAYS: Final = 366
_ALL_THAT_WERE: Final = statement(
    "SELECT subject FROM state WHERE kind = 'resource' AND stream = :stream"
)
_MOST_BOOKINGS: Final = 1_000_000
_TICK: Final = timedelta.resolution
_Bookings = dict[tuple[str, date], list[tuple[str, Booking]]]


@dataclass(frozen=True, slots=True)
class UsageRow:
    """One resource on one day."""

    day: date
    resource_id: str
    name: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Days:
    """Which days of a site, the last one included; which resources: all, or one."""

    site_id: str
    first: date
    last: date
    resource_id: str | None = None

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range(len(self)))

    def __len__(self) -> int:
        return max(0, (self.last - self.first).days + 1)


def read_usage(reader: Reader, days: Days) -> list[UsageRow] | None:
    """A row for each day and resource that was there; None: there is no such site.

    Hours and blackouts count as they stood at the end of the day.
    """
    site = reader.full("site", days.site_id, Site)
    if site is None:
        return None
    stream = site_stream(days.site_id)
    bookings = _bookings(reader, days, site)
    ids = _resource_ids(reader, stream, days, (id_ for id_, _ in bookings))
    sites = versions(reader, stream, "site", [days.site_id])[days.site_id]
    resources = versions(reader, stream, "resource", ids)
    ids.sort(key=lambda id_: resources[id_].last.number if resources[id_].last else 0)
    attempts = _attempts(reader, ids, days)
    rows = (
        _row(_Then(site, sites, resources[id_]), (id_, day), bookings, attempts)
        for day in days
        for id_ in ids
    )
    return [row for row in rows if row]


@dataclass(frozen=True, slots=True)
class _Then:
    """The settings of one resource over time, and its site now."""

    now: Site
    sites: Versions
    resources: Versions

    def settings(self, day: date) -> tuple[Site, Resource | None, str]:
        """Site and resource as they stood on `day`, and the name the resource last had."""
        by = last_moment(day, self.now.zone)
        site = self.sites.at(by) if by else None
        resource = self.resources.at(by) if by else None
        named: Resource | None = resource or self.resources.last
        return site or self.now, resource, named.name if named else ""


def _row(
    then: _Then,
    key: tuple[str, date],
    bookings: _Bookings,
    attempts: dict[str, Attempts],
) -> UsageRow | None:
    id_, day = key
    site, resource, name = then.settings(day)
    some = attempts.get(attempts_id(id_, day), Attempts())
    usage = usage_of_day(resource, site, day, bookings.get(key, ()), some)
    if resource is None and usage == Usage():
        return None
    return UsageRow(day, id_, name or id_, usage)


def _bookings(reader: Reader, days: Days, site: Site) -> _Bookings:
    """The bookings by resource and by each day they touch."""
    span = days_window(days.first, days.last, site.zone)
    found: _Bookings = defaultdict(list)
    if span is None:
        return found
    slots = reader.slots_of_site(days.site_id, span.start, span.end, _MOST_BOOKINGS)
    wanted = [s.booking_id for s in slots if days.resource_id in (None, s.resource_id)]
    for id_, booking in reader.many("booking", wanted, Booking):
        day = max(local_date(booking.starts, site.zone), days.first)
        last = min(local_date(booking.ends - _TICK, site.zone), days.last)
        while day <= last:
            found[booking.resource_id, day].append((id_, booking))
            day += timedelta(days=1)
    return found


def _resource_ids(reader: Reader, stream: str, days: Days, booked: Iterable[str]) -> list[str]:
    """Every resource that is or was there, by id."""
    if days.resource_id is not None:
        return [days.resource_id]
    rows = reader.session.rows(_ALL_THAT_WERE, {"stream": stream})
    return sorted({row[0] for row in rows}.union(booked))


def _attempts(reader: Reader, ids: Iterable[str], days: Days) -> dict[str, Attempts]:
    subjects = [attempts_id(id_, day) for day in days for id_ in ids]
    return dict(reader.many("attempt", subjects, Attempts))
