"""A house on a Thursday morning: six resources, some of them taken, looked at half past eight."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import WeeklyHours
from domain.resource import Resource, ResourceKind, ResourceRetired, ResourceSet
from domain.site import Site, SiteSet
from domain.subjects import site_stream
from domain.tariff import Tariff
from domain.terms import BookingTerms
from ledger.ids import uuid7
from ledger.unit import Unit
from sync_server.house import open_house
from sync_server.settings import Settings
from tests.sync_server.web.furnishing import furnished

ZONE = ZoneInfo("Europe/Berlin")
MORNING = time(8, 31)
THURSDAY = 3
LEAD = {
    "en": "A desk, a booth, or a room with daylight.",
    "de": "Ein Tisch, eine Box oder ein Raum mit Tageslicht.",
}
OPENING = tuple(WeeklyHours(day, 8 * 60, 20 * 60) for day in range(6))
ROOMS: dict[str, tuple[ResourceKind, int, int, tuple[str, ...], str]] = {
    "Desk for the day": (ResourceKind.DESK, 1, 500, ("coffee", "wifi"), ""),
    "Booth 1": (ResourceKind.BOOTH, 1, 1200, ("quiet",), "10-11 11.5-13 15.5-17.5"),
    "Booth 2": (ResourceKind.BOOTH, 1, 1200, ("quiet",), "9-11.5 15.5-16.5 17.5-19.5"),
    "Clay": (ResourceKind.ROOM, 4, 1800, ("daylight", "board"), "12.5-15 16.5-17.5"),
    "Kiln": (ResourceKind.ROOM, 8, 3200, ("screen", "courtyard"), "9.5-12.5 17-18"),
    "Workshop": (ResourceKind.EVENT, 16, 5400, ("projector", "sinks"), "8-20"),
}
"""Kind, seats, cents an hour, features, and what is taken on the Thursday."""


def the_thursday(today: date, holidays: tuple[date, ...]) -> date:
    """The next Thursday on which the house is open, at least two days away."""
    days = (today + timedelta(days=n) for n in range(2, 60))
    return next(day for day in days if day.weekday() == THURSDAY and day not in holidays)


def set_up(settings: Settings) -> timedelta:
    """Furnish it; how far ahead of now its Thursday morning is."""
    return asyncio.run(_set_up(settings))


async def _set_up(settings: Settings) -> timedelta:
    house = await open_house(settings)
    try:
        sites = await house.ledger.read(lambda reader: reader.all("site", Site))
        site_id, site = next(each for each in sites if each[1].name == "Ziegelhof")
        now = datetime.now(UTC)
        day = the_thursday(now.date(), site.holidays)

        def work(unit: Unit) -> None:
            event = SiteSet(replace(furnished(site), about=LEAD, opening=OPENING))
            unit.append(site_stream(site_id), "site", site_id, event, actor="test")
            _rooms(unit, site_id, day)

        await house.ledger.work([site_stream(site_id)], work)
        return datetime.combine(day, MORNING, ZONE) - now
    finally:
        await house.close()


def _rooms(unit: Unit, site_id: str, day: date) -> None:
    stream, have = site_stream(site_id), dict[str, tuple[str, Resource]]()
    for id_, resource in unit.resources(site_id):
        have[resource.name] = (id_, resource)
        if resource.name not in ROOMS:
            unit.append(stream, "resource", id_, ResourceRetired(), actor="test")
    template = have["Kiln"][1]
    for number, (name, (kind, seats, cents, features, taken)) in enumerate(ROOMS.items(), 20):
        id_, before = have.get(name) or (str(uuid7(unit.now)), template)
        resource = replace(
            before, name=name, number=number, kind=kind, seats=seats, features=features,
            hour_price_cents=cents, step_free=seats > 4, terms=BookingTerms(), tariff=Tariff(),
        )  # fmt: skip
        if kind is ResourceKind.DESK:
            terms = BookingTerms(step_min=60, shortest_min=8 * 60, longest_min=12 * 60)
            resource = replace(resource, units=30, terms=terms, tariff=Tariff(day_cap_cents=2500))
        if kind is ResourceKind.BOOTH:
            resource = replace(resource, terms=BookingTerms(step_min=30, shortest_min=30))
        unit.append(stream, "resource", id_, ResourceSet(resource), actor="test")
        for start, end in _spans(taken, day):
            assert unit.claim(id_, start, end, "booking", str(uuid7(unit.now)))
        if kind is ResourceKind.DESK:
            start, end = next(_spans("8-20", day))
            for n in range(1, 22):
                assert unit.claim(f"{id_}#{n}", start, end, "booking", str(uuid7(unit.now)))


def _spans(text: str, day: date) -> Iterator[tuple[datetime, datetime]]:
    """ "10-11.5" is from ten to half past eleven."""
    for each in text.split():
        start, end = (float(part) for part in each.split("-"))
        midnight = datetime.combine(day, time(), ZONE)
        yield tuple(  # type: ignore[misc]
            (midnight + timedelta(hours=hour)).astimezone(UTC) for hour in (start, end)
        )
