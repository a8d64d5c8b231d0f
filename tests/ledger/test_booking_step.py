"""A house of before is found again by the new indexes, as if it had been rebuilt."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

from domain.booking import Booking
from domain.invitation import Invitation
from domain.passes import GrantKind, Pass
from domain.subjects import HOUSE
from ledger import migrate as migration
from ledger.codec import encode_text
from ledger.engine import postgresql_engine
from ledger.ledger import open_ledger
from tests.ledger.acts import START
from tests.ledger.throw_away_postgresql import ThrowAwayPostgresql

ENDS = datetime(2026, 5, 14, 11, 30, tzinfo=UTC)


def _before(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(migration._STEPS))
    config.attributes["connection"] = connection
    command.upgrade(config, "asking")
    states = {
        ("booking", "b"): Booking("room", "p", START, ENDS),
        ("booking", "anonymous"): Booking("room", None, START, ENDS),
        ("pass", "c0ffee"): Pass(GrantKind.BOOKING, "b", "p", START),
        ("invitation", "i"): Invitation("b", "p", 3),
    }
    insert = "INSERT INTO state VALUES (:kind, :subject, 'site:s', :seq, 'put', :body)"
    for seq, ((kind, subject), state) in enumerate(states.items(), start=1):
        row = {"kind": kind, "subject": subject, "seq": seq, "body": encode_text(state)}
        connection.execute(text(insert), row)
    connection.execute(text("INSERT INTO holding VALUES ('b', 'room', 0, 10, 'booking', NULL)"))


async def _is_found(url: str) -> None:
    ledger = await open_ledger(url)
    try:
        (slot,) = await ledger.read(lambda r: r.slots_of_person("p", START, ENDS))
        assert (slot.booking_id, slot.starts, slot.ends) == ("b", START, ENDS)
        assert len(await ledger.read(lambda r: r.slots_of_site("s", START, ENDS))) == 2
        assert await ledger.read(lambda r: list(r.passes_of(GrantKind.BOOKING, "b"))) == ["c0ffee"]
        assert await ledger.read(lambda r: list(r.guests_of("b"))) == ["i"]
        taken = await ledger.work([HOUSE], lambda u: u.claim("room", START, ENDS, "booking", "x"))
        assert taken
        again = await ledger.work([HOUSE], lambda u: u.claim("room", START, ENDS, "booking", "y"))
        assert not again
    finally:
        await ledger.close()


async def test_a_file_of_before_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "foyer.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        _before(connection)
        connection.commit()
    engine.dispose()
    await asyncio.to_thread(migration.migrate, f"sqlite:///{path}")
    await _is_found(f"sqlite:///{path}")


async def test_a_postgresql_of_before_is_filled(postgresql: ThrowAwayPostgresql) -> None:
    url = await asyncio.to_thread(postgresql.create)
    engine = postgresql_engine(url).execution_options(isolation_level="READ COMMITTED")
    async with engine.begin() as connection:
        await connection.run_sync(_before)
    await engine.dispose()
    await asyncio.to_thread(migration.migrate, url)
    await _is_found(url)
