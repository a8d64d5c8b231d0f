"""The limit: bare inserts by asyncpg, guarded by the same exclusion constraint and nothing else.

Their slots lie in so many days that nearly all are free: what is refused costs PostgreSQL next to
nothing, while ours records it too.
"""

import asyncio
import time
from datetime import UTC, datetime
from random import Random
from typing import Final

import asyncpg

from ledger.instants import to_us
from tests.campaigns.bookings_race import any_slot

_TABLE: Final = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist;"
    "CREATE TABLE bare (unit text NOT NULL, from_us bigint NOT NULL, until_us bigint NOT NULL,"
    " ref text NOT NULL PRIMARY KEY,"
    " EXCLUDE USING gist (unit WITH =, int8range(from_us, until_us) WITH &&))"
)
_DAYS: Final = 20_000
_INSERT: Final = "INSERT INTO bare VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"


async def bare_inserts(database_url: str, clients: int, seconds: int, seed: int) -> float:
    """Inserts per second of so many clients, each on a connection of its own."""
    connection = await asyncpg.connect(database_url)
    await connection.execute(_TABLE)
    await connection.close()
    until = time.monotonic() + seconds
    began = time.monotonic()
    clients_ = (_client(database_url, Random(f"{seed} {n}"), until) for n in range(clients))
    attempts = sum(await asyncio.gather(*clients_))
    return attempts / (time.monotonic() - began)


async def _client(database_url: str, chance: Random, until: float) -> int:
    connection = await asyncpg.connect(database_url)
    since, attempts = datetime.now(UTC).replace(minute=0, second=0, microsecond=0), 0
    try:
        while time.monotonic() < until:
            unit, start, end = any_slot(chance, since, _DAYS)
            unit = f"desks#{chance.randrange(1, 4)}" if unit == "desks" else unit
            ref = chance.randbytes(8).hex()
            await connection.execute(_INSERT, unit, to_us(start), to_us(end), ref)
            attempts += 1
    finally:
        await connection.close()
    return attempts
