"""A site of 200 resources with any number of bookings in its log, written as bulk SQL."""

import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from domain.booking import Booking, BookingMade
from domain.resource import Resource, ResourceKind, ResourceSet, WayStep
from domain.site import SiteSet
from domain.subjects import site_stream
from domain.tariff import PriceLine, Rate, Tariff
from domain.terms import BookingTerms, CancelStep
from ledger.codec import encode_text, kind_text
from ledger.ids import uuid7
from ledger.inserts import columns
from ledger.instants import to_text, to_us
from ledger.links import links_of
from ledger.log import chained
from ledger.schema import metadata
from ledger.unit import Unit
from sync_server.demo import sites

SITE: Final = "bench-site"
STREAM: Final = site_stream(SITE)
ZONE: Final = ZoneInfo("Europe/Berlin")
HOURS: Final = range(8, 18)
AFTER_MIN: Final = 15
_CHUNK: Final = 20_000
_PEOPLE: Final = 5_000

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Slot:
    """One booking: which resource, and the hour it begins, in UTC."""

    resource: int
    starts: datetime


def resource_id(number: int) -> str:
    return f"bench-resource-{number:04}"


def furnish(unit: Unit, resources: int) -> None:
    """The site and its resources, as an operator would have set them."""
    site = sites.werkhaus("5a" * 16)
    unit.append(STREAM, "site", SITE, SiteSet(site), actor="benchmark")
    for number in range(resources):
        body = ResourceSet(_resource(number))
        unit.append(STREAM, "resource", resource_id(number), body, actor="benchmark")


def slots_of(day: date, resources: int, bookings: int) -> list[Slot]:
    """So many bookings of 45 minutes on that local day, spread over all resources."""
    found = []
    for n in range(min(bookings, resources * len(HOURS))):
        # Every other hour first: a day of many short runs is the slow one to show.
        turn = n // resources
        hour = HOURS[(turn * 2) % len(HOURS) + (turn * 2 >= len(HOURS))]
        local = datetime.combine(day, time(hour), ZONE)
        found.append(Slot(n % resources, local.astimezone(UTC)))
    return found


def history(before: date, resources: int, bookings: int) -> Iterator[Slot]:
    """So many bookings on the days before, seven hours of each resource a day."""
    day = before
    while bookings > 0:
        day -= timedelta(days=1)
        slots = slots_of(day, resources, min(bookings, resources * 7))
        bookings -= len(slots)
        yield from slots


def write(path: str, slots: Iterator[Slot], now: datetime) -> None:
    """Add these bookings to the database of a house that nobody has open."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    head, hash_ = db.execute("SELECT head, hash FROM stream WHERE stream = ?", (STREAM,)).fetchone()
    rows: Rows = {}
    for number, slot in enumerate(slots, start=1):
        head += 1
        hash_ = _booking(rows, slot, now, head, hash_)
        if number % _CHUNK == 0:
            _insert(db, rows)
    _insert(db, rows)
    db.execute("UPDATE stream SET head = ?, hash = ? WHERE stream = ?", (head, hash_, STREAM))
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.execute("ANALYZE")
    db.close()


def _booking(rows: Rows, slot: Slot, now: datetime, seq: int, previous: str) -> str:
    booking_id = uuid7(slot.starts)
    person = f"bench-person-{secrets.randbelow(_PEOPLE):05}"
    lines = (PriceLine("hours", 1600, minutes=45),)
    booking = Booking(
        resource_id(slot.resource),
        person,
        slot.starts,
        slot.starts + timedelta(minutes=45),
        amount_cents=1600,
        lines=lines,
        made_at=now,
    )
    body = BookingMade(booking)
    at = to_text(now)
    event = {
        "stream": STREAM,
        "seq": seq,
        "id": uuid7(now),
        "kind": kind_text("booking", body),
        "subject": booking_id,
        "at": at,
        "recorded_at": at,
        "origin": "server",
        "actor": "benchmark",
        "act": uuid7(now),
        "n": None,
        "body": encode_text(body),
        "decision": None,
    }
    event["hash"] = chained(previous, event)
    from_us, until_us = to_us(booking.starts), to_us(booking.ends)
    claimed_until_us = to_us(booking.ends + timedelta(minutes=AFTER_MIN))
    known = {
        "event": event,
        "state": {
            "kind": "booking",
            "subject": booking_id,
            "stream": STREAM,
            "seq": seq,
            "op": "put",
            "body": encode_text(booking),
        },
        "holding": {
            "ref": booking_id,
            "unit": booking.held_unit,
            "from_us": from_us,
            "until_us": claimed_until_us,
            "kind": "booking",
            "expires_us": None,
        },
        "slot": {
            "stream": STREAM,
            "booking_id": booking_id,
            "resource_id": booking.resource_id,
            "person_id": person,
            "from_us": from_us,
            "until_us": until_us,
            "status": booking.status.value,
            "series_id": None,
        },
    }
    for name, row in known.items():
        _add(rows, name, row)
    for kind, subject, to_kind, to_subject in links_of("booking", booking_id, booking):
        rows.setdefault("link", []).append((kind, subject, to_kind, to_subject, STREAM))
    return str(event["hash"])


def _add(rows: Rows, name: str, row: dict[str, Any]) -> None:
    table = metadata.tables.get(name)
    if table is not None:
        rows.setdefault(name, []).append(tuple(row[column] for column in columns(table)))


def _insert(db: sqlite3.Connection, rows: Rows) -> None:
    db.execute("BEGIN")
    for name, some in rows.items():
        marks = ", ".join("?" * len(some[0])) if some else ""
        if some:
            db.executemany(f"INSERT INTO {name} VALUES ({marks})", some)
    db.execute("COMMIT")
    rows.clear()


def _resource(number: int) -> Resource:
    return Resource(
        number=number,
        name=f"Room {number}",
        kind=ResourceKind.ROOM,
        seats=6,
        zones=1,
        place={"en": "first floor left", "de": "erster Stock links"},
        way=(WayStep("stairs", {"en": "Up the stairs.", "de": "Die Treppe hinauf."}),),
        hour_price_cents=1600,
        features=("screen", "whiteboard"),
        about={"en": "With screen and coffee.", "de": "Mit Bildschirm und Kaffee."},
        tariff=Tariff(rates=(Rate(2000, (0, 1, 2, 3, 4), 17 * 60, 22 * 60),)),
        terms=BookingTerms(buffer_after_min=AFTER_MIN, cancel=(CancelStep(24 * 60, 50),)),
    )
