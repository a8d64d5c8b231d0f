"""What is free at a site: the day of all its resources, or some days of one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.availability import Run, Taken, runs_for, span_to_read
from domain.booking.rules import of_the_audience
from domain.booking.wish import Asked, Booker, BookingFacts, SlotWish
from domain.calendar import DAY_MIN, LAST_DAY, Window, day_window
from domain.resource import Resource
from domain.site import Site
from domain.standing import NOBODY, Standing, booker_of, price_facts_of
from ledger.reader import Reader
from sync_server.use_cases.asker import Asker, Member
from sync_server.use_cases.booking.case import find_place, standing_of
from sync_server.use_cases.booking.outcomes import No

MOST_DAYS: Final = 31


@dataclass(frozen=True, slots=True)
class ResourceDay:
    """One resource on one day. `from_cents`: what an hour costs at least, for who asks."""

    resource_id: str
    resource: Resource
    runs: tuple[Run, ...]
    from_cents: int
    may_book: bool
    """Whether it is for people like whoever asks; when, the runs say."""


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of a site, its resources by number."""

    site_id: str
    site: Site
    day: date
    resources: tuple[ResourceDay, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """Who looks at what on which day, `whole` from its first instant on."""

    site_id: str
    site: Site
    day: date
    whole: Window
    booker: Booker
    groups: frozenset[str]
    now: datetime

    def facts(self, resource_id: str, resource: Resource) -> BookingFacts:
        return BookingFacts(resource_id, resource, self.site, self.booker)


@dataclass(frozen=True, slots=True)
class _Where:
    """Who looks at which site, on whatever day."""

    site_id: str
    site: Site
    standing: Standing
    now: datetime

    def on(self, day: date) -> _Look | None:
        """None: the calendar of this place skipped the day."""
        whole = day_window(day, 0, DAY_MIN, self.site.zone)
        if whole is None:
            return None
        booker = booker_of(self.standing, self.site_id, self.site, whole)
        who = price_facts_of(self.standing, self.site_id, self.site, whole.start)
        return _Look(self.site_id, self.site, day, whole, booker, who.groups, self.now)


def read_site_day(
    reader: Reader, site_id: str, day: date, asker: Asker, now: datetime
) -> DayView | No:
    """All that can be booked at a site on `day`; its cost grows with the bookings of that day."""
    site = reader.full("site", site_id, Site)
    if site is None:
        return No.UNKNOWN_SITE
    where = _Where(site_id, site, _standing(reader, asker), now)
    found = sorted(reader.resources(site_id), key=lambda each: (each[1].number, each[0]))
    return _view(reader, where, _sane(day), found)


def read_resource_days(
    reader: Reader, resource_id: str, days: tuple[date, int], asker: Asker, now: datetime
) -> tuple[DayView, ...] | No:
    """The same for one resource on so many `days` from the first on, at most MOST_DAYS."""
    place = find_place(reader, resource_id)
    if place is None:
        return No.UNKNOWN_RESOURCE
    where = _Where(place.site_id, place.site, _standing(reader, asker), now)
    only = [(resource_id, place.resource)]
    first, count = _sane(days[0]), min(days[1], MOST_DAYS)
    each_day = (_sane(first + timedelta(days=n)) for n in range(count))
    return tuple(_view(reader, where, day, only) for day in each_day)


def _view(
    reader: Reader, where: _Where, day: date, resources: Sequence[tuple[str, Resource]]
) -> DayView:
    look = where.on(day)
    found: tuple[ResourceDay, ...] = ()
    if look is not None:
        taken = _taken(reader, look, resources)
        found = tuple(_resource_day(look, look.facts(*each), taken[each[0]]) for each in resources)
    return DayView(where.site_id, where.site, day, found)


def _taken(
    reader: Reader, look: _Look, resources: Sequence[tuple[str, Resource]]
) -> dict[str, list[Taken]]:
    """All holdings around the day by resource, read by one statement."""
    owner = {unit: id_ for id_, resource in resources for unit in resource.unit_ids(id_)}
    spans = [span_to_read(resource, look.day, look.site.zone) for _, resource in resources]
    read = [span for span in spans if span]
    found: dict[str, list[Taken]] = defaultdict(list)
    if read:
        start, end = min(span.start for span in read), max(span.end for span in read)
        for each in reader.held(tuple(owner), start, end, look.now):
            found[owner[each.unit]].append(Taken(each.unit, Window(each.from_, each.until)))
    return found


def _resource_day(look: _Look, facts: BookingFacts, taken: list[Taken]) -> ResourceDay:
    starts = look.whole.start
    asked = Asked(facts, SlotWish(starts, starts), look.now)
    return ResourceDay(
        facts.resource_id,
        facts.resource,
        runs_for(facts, look.day, taken, look.now),
        _from_cents(look, facts.resource),
        of_the_audience(asked) is None and not facts.booker.blocked,
    )


def _from_cents(look: _Look, resource: Resource) -> int:
    """The cheapest hour of the tariff for who asks, before what plans include."""
    rates = resource.tariff.rates
    open_to = (r.hour_cents for r in rates if not r.groups or look.groups & set(r.groups))
    return min((resource.hour_price_cents, *open_to))


def _standing(reader: Reader, asker: Asker) -> Standing:
    found = standing_of(reader, asker.person_id) if isinstance(asker, Member) else NOBODY
    return NOBODY if isinstance(found, No) else found


def _sane(day: date) -> date:
    """Days beyond the calendar stand for its last ones."""
    return min(max(day, date(2, 1, 1)), LAST_DAY - timedelta(days=2))
