"""Short units of work that contracts are told with."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from domain.calendar import DAY_MIN, WeeklyHours
from domain.passes import Entry, GrantKind, Pass, PassIssued
from domain.person import PersonAdded
from domain.site import Site, SiteSet
from domain.subjects import HOUSE, site_stream
from domain.visit import Arrived
from ledger.unit import Appended, Unit

SITE = "ziegelhof"
STREAM = site_stream(SITE)
START = datetime(2026, 5, 14, 10, 0, tzinfo=UTC)
ALL_WEEK = tuple(WeeklyHours(day, 0, DAY_MIN) for day in range(7))
DAY = date(2026, 5, 14)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def add_person(person_id: str) -> Callable[[Unit], Appended]:
    return lambda unit: unit.append(HOUSE, "person", person_id, PersonAdded(), actor="office")


def add_site(unit: Unit) -> Appended:
    site = Site("Ziegelhof", 1, "Europe/Berlin")
    return unit.append(STREAM, "site", SITE, SiteSet(site), actor="office")


def arrival(pass_id: str, people: int = 1) -> Arrived:
    return Arrived(pass_id, None, people, 8, DAY, START, SITE, "booking", "b")


def arrive(holder: str, stream: str = STREAM) -> Callable[[Unit], Appended]:
    return lambda unit: unit.append(stream, "visit", holder, arrival(holder), actor="kiosk")


def once_pass(now: datetime, grant_id: str) -> PassIssued:
    issued = Pass(GrantKind.DAY_PASS, grant_id, None, issued_at=now, entry=Entry.ONCE)
    return PassIssued(issued)
