"""The house that is checked into: its sites, and a pass of its own for every check-in."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Final
from uuid import uuid4

from domain.booking import Booking, BookingMade
from domain.calendar import local_date
from domain.membership import Membership, MembershipStarted
from domain.passes import Entry, GrantKind, Pass, PassIssued
from domain.person import PersonAdded
from domain.plan import Plan, PlanSet
from domain.resource import ResourceSet
from domain.site import SiteSet
from domain.subjects import HOUSE, Body, site_stream
from ledger.unit import Unit
from sync_server.demo import sites
from sync_server.house import House, open_house
from sync_server.keys import HouseKeys
from sync_server.settings import Settings
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.found_house import found_house
from sync_server.use_cases.print_pass import printed_pass
from sync_server.use_cases.tokens import create_token

ONCE: Final = 8
_AT_ONCE: Final = 500
_ACTOR: Final = "benchmark"
_LOCKS: Final = {"front": "00" * 32, "courtyard": "11" * 32}
_IDS: Final = Ids()


@dataclass(frozen=True, slots=True)
class Try:
    """A code held up at a door."""

    code: str
    door: str


@dataclass(frozen=True, slots=True)
class Founded:
    """A token, a pass per check-in (site after site in turn), and some for one entry each."""

    token: str
    tries: tuple[Try, ...]
    once: tuple[Try, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """One site with the ids of what is needed of it."""

    keys: HouseKeys
    site: str
    door: str
    rooms: tuple[str, ...]
    plan: str

    @property
    def stream(self) -> str:
        return site_stream(self.site)


async def found(settings: Settings, site_count: int, passes: int) -> Founded:
    """A new house in the migrated database of `settings`, with so many sites and passes.

    Half of the passes are members', half are for a booking that is on; nobody has two.
    """
    house = await open_house(settings)
    try:
        await house.ledger.work([HOUSE], lambda unit: found_house(unit, house.keys, uuid4()))
        token, plan = await house.ledger.work([HOUSE], _token_and_plan)
        tries = [
            await _site(house, number, plan, -(-passes // site_count))
            for number in range(1, site_count + 1)
        ]
    finally:
        await house.close()
    mixed = tuple(chain.from_iterable(zip(*tries, strict=True)))
    return Founded(token, mixed[ONCE * site_count :], mixed[: ONCE * site_count])


def _token_and_plan(unit: Unit) -> tuple[str, str]:
    plan = _IDS.subject(unit.now)
    always = Plan("24/7", (), sites.HOUSE_ZONE.bit, sites.ALWAYS)
    unit.append(HOUSE, "plan", plan, PlanSet(always), actor=_ACTOR)
    return create_token(unit, ("check-in",), None), plan


async def _site(house: House, number: int, plan: str, passes: int) -> list[Try]:
    """A new site: ONCE passes for one entry, then `passes` others."""
    site, door, other, *rooms = (_IDS.subject(house.clock()) for _ in range(23))
    place = _Place(house.keys, site, door, tuple(rooms), plan)
    streams = [HOUSE, place.stream]
    await house.ledger.work(streams, partial(_furnish, place, number, (door, other)))
    entries = [Entry.ONCE] * ONCE + [Entry.UNLIMITED] * passes
    tries: list[Try] = []
    for first in range(0, len(entries), _AT_ONCE):
        some = entries[first : first + _AT_ONCE]
        tries += await house.ledger.work(streams, partial(_invite, place, some))
    return tries


def _furnish(place: _Place, number: int, doors: tuple[str, str], unit: Unit) -> None:
    site = sites.ziegelhof(sites.doors(doors, _LOCKS), "5a" * 16, local_date(unit.now, "UTC"))
    site = replace(site, name=f"Site {number}", number=number)
    unit.append(place.stream, "site", place.site, SiteSet(site), actor=_ACTOR)
    for n, room in enumerate(place.rooms, start=1):
        event = ResourceSet(replace(sites.desk(n), name=f"Room {n}"))
        unit.append(place.stream, "resource", room, event, actor=_ACTOR)


def _invite(place: _Place, entries: list[Entry], unit: Unit) -> list[Try]:
    """A new member per entry, every other with a booking, and the pass for it."""
    tries = []
    for number, entry in enumerate(entries):
        person, membership, booking = (_IDS.subject(unit.now) for _ in range(3))
        joined = Membership(person, place.plan, local_date(unit.now, "UTC") - timedelta(days=31))
        _house(unit, "person", person, PersonAdded())
        _house(unit, "membership", membership, MembershipStarted(joined))
        if number % 2:
            _book(unit, place, booking, person, place.rooms[number % len(place.rooms)])
            code = _issue(unit, place, GrantKind.BOOKING, (booking, person), entry)
        else:
            code = _issue(unit, place, GrantKind.MEMBERSHIP, (person, person), entry)
        tries.append(Try(code, place.door))
    return tries


def _house(unit: Unit, kind: str, subject: str, body: Body) -> None:
    unit.append(HOUSE, kind, subject, body, actor=_ACTOR)


def _book(unit: Unit, place: _Place, booking: str, person: str, room: str) -> None:
    """A booking that began half an hour ago and lasts all the time this takes."""
    starts = unit.now - timedelta(minutes=30)
    made = Booking(room, person, starts, starts + timedelta(hours=6))
    unit.append(place.stream, "booking", booking, BookingMade(made), actor=_ACTOR)


def _issue(unit: Unit, place: _Place, kind: GrantKind, grant: tuple[str, str], entry: Entry) -> str:
    grant_id, person = grant
    stream = HOUSE if kind is GrantKind.MEMBERSHIP else place.stream
    pass_id = _IDS.pass_id()
    issued = Pass(kind, grant_id, person, unit.now.replace(microsecond=0), entry=entry)
    unit.append(stream, "pass", pass_id, PassIssued(issued), actor=_ACTOR)
    code = printed_pass(unit, place.keys, pass_id)
    assert code is not None
    return code
