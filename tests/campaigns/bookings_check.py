"""Whether anything was booked twice: asked of the database in SQL, without a line of ours."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any, Final

import asyncpg

from sync_server.settings import Settings

HOLDERS: Final = (
    "SELECT a.unit, a.ref, b.ref FROM holding a JOIN holding b ON a.unit = b.unit"
    " AND (a.ref < b.ref OR (a.ref = b.ref AND a.from_us < b.from_us))"
    " AND a.from_us < b.until_us AND b.from_us < a.until_us"
)
"""Claims that overlap."""

CROWDED: Final = (
    "SELECT a.resource_id, a.booking_id, count(*) FROM slot a JOIN slot b"
    " ON a.resource_id = b.resource_id AND b.from_us <= a.from_us AND a.from_us < b.until_us"
    " WHERE a.status = 'confirmed' AND b.status = 'confirmed'"
    " GROUP BY a.resource_id, a.booking_id"
    " HAVING count(*) > CASE a.resource_id WHEN 'desks' THEN 3 ELSE 1 END"
)
"""Bookings that begin while there are as many others as there are units, by what was recorded."""

BUFFERS: Final = (
    "SELECT a.booking_id, b.booking_id FROM slot a JOIN slot b ON a.resource_id = b.resource_id"
    " AND a.booking_id <> b.booking_id AND a.until_us <= b.from_us"
    " AND b.from_us < a.until_us + 1800000000"
    " WHERE a.resource_id = 'hall' AND a.status = 'confirmed' AND b.status = 'confirmed'"
)
"""Bookings of the hall, with a quarter of an hour before and after, that are too near."""

UNHELD: Final = (
    "SELECT s.booking_id FROM slot s LEFT JOIN holding h ON h.ref = s.booking_id"
    " WHERE (s.status = 'confirmed') = (h.ref IS NULL)"
)
"""What stands without a claim, or has a claim and does not stand."""

CHECKS: Final = {"holders": HOLDERS, "crowded": CROWDED, "buffers": BUFFERS, "unheld": UNHELD}


async def found_wrong(settings: Settings) -> list[str]:
    """Every row that must not be there, by the check that found it."""
    wrong = []
    for name, sql in CHECKS.items():
        rows = await _rows(settings, sql)
        wrong += [f"{name}: {tuple(row)}" for row in rows]
    return wrong


async def count(settings: Settings, sql: str) -> int:
    """The one number that `sql` asks for."""
    return int((await _rows(settings, sql))[0][0])


async def _rows(settings: Settings, sql: str) -> Sequence[Any]:
    if settings.on_sqlite:
        with closing(sqlite3.connect(settings.data / "foyer.sqlite")) as db:
            return db.execute(sql).fetchall()
    connection = await asyncpg.connect(settings.database_url)
    try:
        rows: Sequence[Any] = await connection.fetch(sql)
        return rows
    finally:
        await connection.close()
