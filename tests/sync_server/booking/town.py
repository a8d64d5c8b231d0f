"""A house with one site to book in, on either database: rooms, desks, a member, a passer-by."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import nacl.public

from domain.add_on import AddOn, AddOnPer
from domain.booking import Booking, PayBy
from domain.booking.wish import SlotWish
from domain.day_pass import DayProduct
from domain.membership import Membership, MembershipStarted
from domain.person import PersonAdded
from domain.plan import Plan, PlanSet
from domain.resource import Resource, ResourceKind, ResourceSet
from domain.site import Site, SiteSet, Zone
from domain.subjects import HOUSE, site_stream
from domain.terms import BookingTerms
from ledger.cards import Card
from ledger.data_dir import DataDir
from ledger.ledger import Ledger
from ledger.seal import SigningKey
from ledger.session import statement
from ledger.unit import Unit
from sync_server.house import House
from sync_server.keys import HouseKeys
from sync_server.settings import Settings
from sync_server.use_cases.asker import Member, Operator
from sync_server.use_cases.booking.acts import book
from sync_server.use_cases.booking.outcomes import Booked, NotMade
from sync_server.use_cases.booking.requests import NewBooking
from tests.ledger.acts import ALL_WEEK, Clock

T = TypeVar("T")

SITE = "ziegelhof"
STREAM = site_stream(SITE)
ROOM, HALL, DESKS, BEAMERS = "clay", "kiln", "desks", "beamers"
MEMBER, OTHER, NOBODYS = "jana", "tom", "petra"
"""Two on the plan, and somebody whom the house knows without one."""
TOMORROW = datetime(2026, 5, 15, 7, 0, tzinfo=UTC)
"""A Friday, nine o'clock in Berlin, the day after tests begin."""
HOUR = timedelta(hours=1)

_OVERLAPS = statement(
    "SELECT a.ref, b.ref FROM holding a JOIN holding b ON a.unit = b.unit AND a.ref < b.ref"
    " AND a.from_us < b.until_us AND b.from_us < a.until_us"
)


def slot(from_h: float = 0, hours: float = 1, **more: Any) -> SlotWish:
    """So many hours from TOMORROW on."""
    starts = TOMORROW + from_h * HOUR
    return SlotWish(starts, starts + hours * HOUR, **more)


@dataclass(frozen=True, slots=True)
class Town:
    """The house, with short ways to act in it."""

    house: House
    clock: Clock
    others: tuple[Ledger, ...] = ()
    """More processes on the same database."""

    @property
    def ledger(self) -> Ledger:
        return self.house.ledger

    def process(self, number: int) -> House:
        """The house as another process has it open."""
        ledgers = (self.ledger, *self.others)
        return replace(self.house, ledger=ledgers[number % len(ledgers)])

    async def work(self, fn: Callable[[Unit], T]) -> T:
        return await self.ledger.work([HOUSE, STREAM], fn)

    async def book(
        self, wish: SlotWish | None = None, person: str = MEMBER, resource: str = ROOM, **of: Any
    ) -> Booked | NotMade:
        request = NewBooking(resource, wish or slot(), **of)
        return await book(self.house, Member(person), person, request)

    async def booked(self, *args: Any, **of: Any) -> Booked:
        made = await self.book(*args, **of)
        assert isinstance(made, Booked), made
        return made

    async def staff_books(self, wish: SlotWish, person: str = MEMBER, **of: Any) -> Any:
        resource = of.pop("resource", ROOM)
        return await book(self.house, Operator(), person, NewBooking(resource, wish, **of))

    async def booking(self, booking_id: str) -> Booking:
        found = await self.ledger.read(lambda r: r.full("booking", booking_id, Booking))
        assert found is not None
        return found

    async def events(self, kind: str, subject: str) -> list[str]:
        """The names of what happened to something, in order."""
        sql = statement(
            "SELECT kind FROM event WHERE subject = :subject AND kind LIKE :kind ORDER BY seq"
        )
        params = {"subject": subject, "kind": f"{kind}.%"}
        rows = await self.ledger.read(lambda r: r.session.rows(sql, params))
        return [row[0].partition(".")[2].partition("/")[0] for row in rows]

    async def state(self, kind: str, subject: str, type_: type[T]) -> T | None:
        return await self.ledger.read(lambda r: r.full(kind, subject, type_))

    async def set_resource(self, resource_id: str, resource: Resource) -> None:
        event = ResourceSet(resource)
        await self.work(lambda u: u.append(STREAM, "resource", resource_id, event, actor="test"))

    async def set_terms(self, resource_id: str, **terms: Any) -> None:
        found = await self.state("resource", resource_id, Resource)
        assert found is not None
        changed = replace(found, terms=replace(found.terms, **terms))
        await self.set_resource(resource_id, changed)

    async def set_site(self, **changes: Any) -> None:
        site = await self.state("site", SITE, Site)
        assert site is not None
        event = SiteSet(replace(site, **changes))
        await self.work(lambda u: u.append(STREAM, "site", SITE, event, actor="test"))

    async def held(self) -> list[tuple[str, str, str]]:
        """(unit, kind, ref) of every claim."""
        sql = statement("SELECT unit, kind, ref FROM holding ORDER BY unit, from_us")
        rows = await self.ledger.read(lambda r: r.session.rows(sql, {}))
        return [tuple(row) for row in rows]

    async def mails(self) -> list[tuple[str, str]]:
        """(what, person) of every queued mail, by name."""
        sql = statement("SELECT what, person_id FROM mail_outbox ORDER BY what, person_id")
        rows = await self.ledger.read(lambda r: r.session.rows(sql, {}))
        return [tuple(row) for row in rows]

    async def overlaps(self) -> Sequence[Any]:
        return await self.ledger.read(lambda r: r.session.rows(_OVERLAPS, {}))


async def found_town(ledgers: list[Ledger], clock: Clock, folder: Path) -> Town:
    """The house with all that is in it."""
    sealing = nacl.public.PrivateKey(bytes(range(32)))
    keys = HouseKeys(SigningKey(bytes(range(32))), sealing, b"s" * 32)
    house = House(Settings(folder), DataDir(folder), keys, ledgers[0], clock)
    town = Town(house, clock, tuple(ledgers[1:]))
    await town.work(furnish)
    await asyncio.gather(*(each.heads() for each in ledgers))
    return town


def furnish(unit: Unit) -> None:
    """The site, what can be booked there, and three people."""
    unit.append(STREAM, "site", SITE, SiteSet(_site()), actor="test")
    for resource_id, resource in _resources().items():
        unit.append(STREAM, "resource", resource_id, ResourceSet(resource), actor="test")
    plan = Plan("Office", (), 1, included_min=120, day_passes=2, discount_percent=0)
    unit.append(HOUSE, "plan", "office", PlanSet(plan), actor="test")
    for person in (MEMBER, OTHER, NOBODYS):
        unit.append(HOUSE, "person", person, PersonAdded(), actor="test")
        unit.put_card(person, Card(person.title(), f"{person}@example.org", language="en"))
    for person in (MEMBER, OTHER):
        joined = MembershipStarted(Membership(person, "office", date(2026, 1, 1)))
        unit.append(HOUSE, "membership", f"of {person}", joined, actor="test")


def _site() -> Site:
    return Site(
        name="Ziegelhof",
        number=1,
        zone="Europe/Berlin",
        zones=(Zone(0, "House"),),
        opening=ALL_WEEK,
        short_code_salt="00" * 16,
        phone="030 1234",
        guests_pay_by=(PayBy.LINK, PayBy.INVOICE),
        day_places=3,
        day_products=(DayProduct("day", {"en": "Day pass"}, 2500, 1),),
        add_ons=(
            AddOn("coffee", {"en": "Coffee"}, 300, AddOnPer.PERSON, most=20),
            AddOn("beamer", {"en": "Beamer"}, 1500, AddOnPer.PIECE, resource_id=BEAMERS, most=3),
        ),
    )


def _resources() -> dict[str, Resource]:
    place = {"en": "first floor"}
    room = Resource(1, "Clay", ResourceKind.ROOM, 6, 1, place, hour_price_cents=2000)
    buffers = BookingTerms(buffer_before_min=15, buffer_after_min=15)
    hall = Resource(2, "Kiln", ResourceKind.EVENT, 40, 1, place, hour_price_cents=9000)
    desks = Resource(3, "Desks", ResourceKind.DESK, 1, 1, place, hour_price_cents=400, units=3)
    beamers = Resource(4, "Beamers", ResourceKind.EQUIPMENT, 0, 1, place, units=2)
    return {ROOM: room, HALL: replace(hall, terms=buffers), DESKS: desks, BEAMERS: beamers}
