"""PostgreSQL goes away in the middle: said so, nothing half done, and back without a restart."""

import asyncio

import asyncpg
import pytest

from ledger import engine
from ledger.errors import LedgerUnavailable
from ledger.ledger import Ledger, open_ledger
from ledger.unit import Unit
from tests.ledger.acts import STREAM, arrive
from tests.ledger.throw_away_postgresql import ThrowAwayPostgresql

_END_ALL = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


async def _cut(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(_END_ALL)
    await connection.close()


async def test_a_unit_cut_off_in_the_middle_leaves_nothing(postgresql_url: str) -> None:
    ledger = await open_ledger(postgresql_url)
    await ledger.work([STREAM], arrive("a"))

    def cut_off(unit: Unit) -> None:
        arrive("b")(unit)
        pid = unit.session.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        unit.session.connection.exec_driver_sql("SELECT pg_terminate_backend($1)", (pid,))

    with pytest.raises(LedgerUnavailable):
        await ledger.work([STREAM], cut_off)
    assert (await ledger.work([STREAM], arrive("c"))).seq == 2
    await ledger.close()


async def test_idle_connections_that_were_cut_are_replaced(postgresql_url: str) -> None:
    ledger = await open_ledger(postgresql_url)
    await asyncio.gather(*(ledger.work([f"site:{n}"], arrive("a", f"site:{n}")) for n in range(8)))
    await _cut(postgresql_url)
    await asyncio.sleep(0.05)
    done = await asyncio.gather(*(_try(ledger, n) for n in range(8)))
    assert done == [2] * 8
    await ledger.close()


async def _try(ledger: Ledger, number: int) -> int:
    stream = f"site:{number}"
    return (await ledger.work([stream], arrive("b", stream))).seq


async def test_nobody_there_is_said_as_such(postgresql: ThrowAwayPostgresql) -> None:
    for url in ("postgresql://foyer@127.0.0.1:1/foyer", postgresql.url("no_such_database")):
        ledger = await open_ledger(url)
        with pytest.raises(LedgerUnavailable):
            await ledger.work([STREAM], arrive("a"))
        with pytest.raises(LedgerUnavailable):
            await ledger.heads()
        await ledger.close()


async def test_a_busy_site_does_not_use_up_the_connections_of_others(postgresql_url: str) -> None:
    ledger = await open_ledger(postgresql_url)
    gate, holding = asyncio.Event(), asyncio.Event()
    await ledger.work(["site:a", "site:b"], lambda _: None)

    async def hold() -> None:
        connection = await asyncpg.connect(postgresql_url)
        async with connection.transaction():
            await connection.execute("SELECT 1 FROM stream WHERE stream = 'site:a' FOR UPDATE")
            holding.set()
            await gate.wait()
        await connection.close()

    holder = asyncio.create_task(hold())
    await holding.wait()
    waiting = [
        asyncio.create_task(ledger.work(["site:a"], arrive(f"h{n}", "site:a"))) for n in range(60)
    ]
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        assert (await ledger.work(["site:b"], arrive("h", "site:b"))).seq == 1
    gate.set()
    assert sorted([each.seq for each in await asyncio.gather(*waiting)]) == list(range(1, 61))
    await holder
    await ledger.close()


async def test_a_stream_that_somebody_keeps_locked_is_not_waited_for_for_ever(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engine.LIMITS, "lock_timeout", "100ms")
    ledger = await open_ledger(postgresql_url)
    await ledger.work(["site:a"], arrive("h", "site:a"))
    connection = await asyncpg.connect(postgresql_url)
    async with connection.transaction():
        await connection.execute("SELECT 1 FROM stream FOR UPDATE")
        with pytest.raises(LedgerUnavailable, match="lock timeout"):
            await ledger.work(["site:a"], arrive("h", "site:a"))
    await connection.close()
    assert (await ledger.work(["site:a"], arrive("h", "site:a"))).seq == 2
    await ledger.close()
