"""What is on the disk: after a kill what was acknowledged, after erasing no name."""

import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from domain.subjects import HOUSE
from ledger.cards import Card
from ledger.engine import sqlite_path
from ledger.errors import LedgerUnavailable
from ledger.ledger import open_ledger
from tests.ledger.acts import STREAM, add_person, arrive

_ROOT = Path(__file__).parents[2]
_WRITE_FOR_EVER = """
import asyncio, itertools, sys
from ledger.ledger import open_ledger
from tests.ledger.acts import STREAM, arrive

async def main():
    ledger = await open_ledger(sys.argv[1])
    async def write(task):
        for turn in itertools.count():
            def act(unit):
                arrive(f"{task}-{turn}-a")(unit)
                arrive(f"{task}-{turn}-b")(unit)
            await ledger.work([STREAM], act)
            print(f"{task}-{turn}", flush=True)
    await asyncio.gather(*(write(task) for task in range(4)))

asyncio.run(main())
"""


@pytest.mark.parametrize("seed", range(3))
async def test_kill_9_loses_nothing_acknowledged_and_leaves_a_valid_chain(
    sqlite_url: str, seed: int
) -> None:
    acknowledged = _killed_while_writing(sqlite_url, random.Random(seed).uniform(0.05, 0.3))
    ledger = await open_ledger(sqlite_url)
    assert await ledger.verify() is None
    head = (await ledger.heads())[STREAM]
    page = await ledger.feed(STREAM, 0, 100_000)
    await ledger.rebuild()
    rebuilt = await ledger.feed(STREAM, 0, 100_000)
    await ledger.close()
    assert page is not None
    assert page == rebuilt
    stored = {down.subject for down in page.states}
    assert len(stored) == head
    for act in acknowledged:
        assert {f"{act}-a", f"{act}-b"} <= stored
    assert all(subject[:-1] + "a" in stored for subject in stored)


def _killed_while_writing(url: str, after_s: float) -> list[str]:
    command = [sys.executable, "-c", _WRITE_FOR_EVER, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(after_s)
        writer.send_signal(signal.SIGKILL)
        said = first + writer.stdout.read()
    return re.findall(r"^(\S+)\n", said, re.MULTILINE)


async def test_the_writer_is_durable_and_readers_cannot_write(sqlite_url: str) -> None:
    ledger = await open_ledger(sqlite_url)
    pragmas = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}

    def ask(unit):  # type: ignore[no-untyped-def]
        run = unit.session.connection.exec_driver_sql
        return {pragma: run(f"PRAGMA {pragma}").scalar() for pragma in pragmas}

    assert await ledger.work([], ask) == pragmas
    with pytest.raises(LedgerUnavailable, match="readonly"):
        await ledger.read(lambda r: r.session.connection.exec_driver_sql("DELETE FROM meta"))
    await ledger.close()


async def test_no_byte_of_an_erased_card_is_left_in_the_file(sqlite_url: str) -> None:
    ledger = await open_ledger(sqlite_url)
    card = Card("Anna Quastenberg", "anna@example.org")
    for number in range(50):
        await ledger.work([HOUSE], add_person(f"p{number}"))
        await ledger.work([HOUSE], lambda u, n=number: u.put_card(f"p{n}", card))
    for number in range(50):
        await ledger.work([HOUSE], lambda u, n=number: u.erase_card(f"p{n}"))
    await ledger.close()
    path = sqlite_path(sqlite_url)
    assert path is not None
    left = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert b"Quastenberg" not in left
    assert b"p49" in left


async def test_a_full_or_busy_database_says_retry_and_keeps_nothing(sqlite_url: str) -> None:
    ledger = await open_ledger(sqlite_url)

    def fill(unit):  # type: ignore[no-untyped-def]
        pages = unit.session.connection.exec_driver_sql("PRAGMA page_count").scalar()
        unit.session.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    await ledger.work([], fill)
    with pytest.raises(LedgerUnavailable, match="full"):
        await ledger.work([STREAM], lambda u: [arrive(f"h{n}")(u) for n in range(500)])
    assert await ledger.heads() == {}
    await ledger.close()


def test_the_driver_is_new_enough_for_returning_and_upserts() -> None:
    with closing(sqlite3.connect(":memory:")):
        assert sqlite3.sqlite_version_info >= (3, 35)
