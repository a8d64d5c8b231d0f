"""A house for the booking campaign: five resources, and a token for each of its members."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from domain.booking import PayBy
from domain.person import PersonAdded
from domain.resource import Resource, ResourceKind, ResourceSet
from domain.site import Site, SiteSet, Zone
from domain.subjects import HOUSE, site_stream
from domain.terms import BookingTerms
from ledger.cards import Card
from ledger.unit import Unit
from sync_server.house import open_house
from sync_server.main import main
from sync_server.settings import Settings
from sync_server.use_cases.scopes import BOOK
from sync_server.use_cases.tokens import create_token
from tests.ledger.acts import ALL_WEEK

SITE: Final = "race"
PLACE: Final = {"en": "here"}
_BUFFERS: Final = BookingTerms(buffer_before_min=15, buffer_after_min=15)
RESOURCES: Final = {
    "room1": Resource(1, "Room 1", ResourceKind.ROOM, 6, 1, PLACE, hour_price_cents=2000),
    "room2": Resource(2, "Room 2", ResourceKind.ROOM, 6, 1, PLACE, hour_price_cents=2000),
    "hall": Resource(3, "Hall", ResourceKind.EVENT, 40, 1, PLACE, terms=_BUFFERS),
    "booth": Resource(4, "Booth", ResourceKind.BOOTH, 1, 1, PLACE, hour_price_cents=600),
    "desks": Resource(5, "Desks", ResourceKind.DESK, 1, 1, PLACE, units=3),
}
"""One of them with buffers, one of three equal units."""


@dataclass(frozen=True, slots=True)
class RaceHouse:
    settings: Settings
    tokens: tuple[str, ...]
    """One member each."""


async def found_race(folder: Path, members: int, database_url: str = "") -> RaceHouse:
    """Init and furnish it."""
    settings = Settings(folder, database_url=database_url)
    house = await open_house(settings)
    try:
        await house.ledger.work([HOUSE, site_stream(SITE)], _furnish)
        tokens = await house.ledger.work([HOUSE], lambda unit: _members(unit, members))
    finally:
        await house.close()
    return RaceHouse(settings, tokens)


def init_race(folder: Path, database_url: str = "") -> None:
    """The empty house; by a program of its own, so with no loop running."""
    where = ["--data", str(folder)]
    where += ["--database-url", database_url] if database_url else []
    assert main(["init", *where]) == 0


def _furnish(unit: Unit) -> None:
    site = Site(
        name="Race",
        number=1,
        zone="Europe/Berlin",
        zones=(Zone(0, "House"),),
        opening=ALL_WEEK,
        short_code_salt="00" * 16,
        guests_pay_by=(PayBy.INVOICE,),
    )
    stream = site_stream(SITE)
    unit.append(stream, "site", SITE, SiteSet(site), actor="campaign")
    for resource_id, resource in RESOURCES.items():
        unit.append(stream, "resource", resource_id, ResourceSet(resource), actor="campaign")


def _members(unit: Unit, members: int) -> tuple[str, ...]:
    tokens = []
    for number in range(members):
        person = f"member{number}"
        unit.append(HOUSE, "person", person, PersonAdded(), actor="campaign")
        unit.put_card(person, Card(f"Member {number}"))
        tokens.append(create_token(unit, (BOOK,), None, person))
    return tuple(tokens)
