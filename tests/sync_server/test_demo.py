"""The demo house works at any hour of any day, and each of its people plays their part."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from domain.booking import Booking
from domain.resource import Resource, ResourceKind
from domain.site import Site
from domain.trust import TrustedKey
from domain.workable import tariff_problem, terms_problem
from ledger.data_dir import DataDir
from ledger.ledger import open_ledger
from ledger.migrate import migrate
from ledger.reader import Reader
from ledger.seal import verifier
from ledger.unit import Unit
from sync_server.admin.orders import SeedDemo
from sync_server.demo.act import seed_demo
from sync_server.house import House
from sync_server.key_store import make_keys
from sync_server.settings import Settings
from sync_server.use_cases.deciding import Deciding
from sync_server.use_cases.found_house import found_house
from sync_server.use_cases.presented import Request, read_presented
from sync_server.use_cases.spoken import Spoken

KEYS = {"front": "aa" * 32, "courtyard": "bb" * 32}
HOURS = [
    datetime(2026, 11, 22, 2, 30, tzinfo=UTC),  # a Sunday night
    datetime(2026, 12, 24, 22, 59, tzinfo=UTC),  # an hour before a holiday
    datetime(2026, 3, 29, 0, 50, tzinfo=UTC),  # ten minutes before the clocks go forward
    datetime(2026, 10, 25, 0, 40, tzinfo=UTC),  # twenty before they go back
    datetime(2026, 5, 14, 9, 0, tzinfo=UTC),  # a Thursday morning
    datetime(2028, 2, 29, 23, 5, tzinfo=UTC),
]
PARTS = {
    "member": None,
    "booking": None,
    "host": None,
    "group": None,
    "staff": None,
    "overdue": "expired",
    "expired": "expired",
    "revoked": "revoked",
    "early": "not_yet_valid",
    "unpaid": "not_paid",
    "other_site": "wrong_site",
    "other_site_day": "wrong_site",
}


async def demo_house(folder: Path, now: datetime, bookings: int = 30) -> tuple[House, dict]:  # type: ignore[type-arg]
    """A house whose clock stands, with the demo in it."""
    settings = Settings(folder)
    data = DataDir(folder)
    data.make()
    keys = make_keys(data)
    migrate(settings.ledger_url)
    ledger = await open_ledger(settings.ledger_url, lambda: now)
    house = House(settings, data, keys, ledger, lambda: now)
    epoch = "0197c5a0-0000-7000-8000-000000000000"
    await house.ledger.work(["house"], lambda unit: found_house(unit, keys, epoch))
    ids = await seed_demo(house, SeedDemo(7, 40, bookings, KEYS))
    assert isinstance(ids, dict)
    return house, ids


@pytest.mark.parametrize("now", HOURS, ids=str)
async def test_everybody_plays_their_part_at_any_hour(tmp_path: Path, now: datetime) -> None:
    house, ids = await demo_house(tmp_path / "house", now)

    def ask(unit: Unit, code: str, place: str, site_id: str) -> Spoken:
        site = unit.full("site", site_id, Site)
        keys = {key.number: key.public_key for _, key in unit.all("trust", TrustedKey)}
        assert site
        shown = read_presented(code, verifier(keys), site)
        request = Request("t", "1", place, site_id, shown, 1, None, False, "en", "")
        return Deciding(unit, request, None).spoken()[0]

    front_door, desk = (ids["door"], ids["site"]), (ids["site2"], ids["site2"])
    wanted = [(part, *front_door, reason) for part, reason in PARTS.items()]
    wanted += [(part, *desk, None) for part in ("other_site", "other_site_day")]
    for part, place, site, reason in wanted:
        asked = partial(ask, code=ids["passes"][part]["code"], place=place, site_id=site)
        spoken = await house.ledger.work([f"site:{site}"], asked)
        assert (part, site, spoken.reason) == (part, site, reason)
    await house.close()


async def test_the_house_is_as_full_as_promised(tmp_path: Path) -> None:
    house, ids = await demo_house(tmp_path / "house", HOURS[4])

    def look(reader: Reader) -> tuple[list[Resource], list[Booking], int, list[Site]]:
        resources = [
            resource
            for id_, resource in reader.all("resource", Resource)
            if f"site:{ids['site']}" in reader.rows_of("resource", id_)
        ]
        bookings = [booking for _, booking in reader.all("booking", Booking)]
        return resources, bookings, len(reader.cards()), [s for _, s in reader.all("site", Site)]

    resources, bookings, people, sites = await house.ledger.read(look)
    rooms = [each for each in resources if each.kind in (ResourceKind.ROOM, ResourceKind.BOOTH)]
    assert len(rooms) == 12
    assert len(resources) == 14, "and projectors and parking, which add-ons take"
    for resource in resources:
        assert tariff_problem(resource) is None
        assert terms_problem(resource.terms) is None
    assert len(bookings) == 30
    assert people >= 40
    assert sorted(len(site.doors) for site in sites) == [0, 2]
    current = [b for b in bookings if b.starts <= HOURS[4] < b.ends]
    assert 6 <= len(current) < 14, "some rooms are free now"
    await house.close()


async def test_many_bookings_find_their_desks(tmp_path: Path) -> None:
    house, _ = await demo_house(tmp_path / "house", HOURS[4], bookings=400)
    count = await house.ledger.read(lambda reader: len(reader.all("booking", Booking)))
    assert count == 400
    await house.close()
