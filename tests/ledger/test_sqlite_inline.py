"""In simulations the same acts give the same bytes, and no thread is involved."""

import random
import shutil
import threading
from pathlib import Path

import pytest

from domain.visit import Visit
from ledger.ledger import Ledger
from ledger.sqlite_inline import InlineSqliteDatabase
from ledger.unit import Stamp, Unit
from tests.ledger.acts import DAY, STREAM, Clock, arrive


async def _day(path: Path) -> list[str]:
    clock, chance = Clock(), random.Random(7)
    stamp = Stamp("server", lambda: chance.randbytes(10))
    ledger = Ledger(InlineSqliteDatabase(path), clock, stamp)
    for number in range(20):
        clock.move(minutes=1)
        await ledger.work([STREAM], arrive(f"h{number % 7}"))
    page = await ledger.feed(STREAM, 0, 100)
    assert page is not None
    assert await ledger.verify() is None
    await ledger.close()
    return [page.hash, *map(repr, page.states)]


async def test_the_same_acts_give_the_same_bytes(migrated_file: Path, tmp_path: Path) -> None:
    days = []
    for name in ("a", "b"):
        shutil.copy(migrated_file, tmp_path / name)
        days.append(await _day(tmp_path / name))
    assert days[0] == days[1]
    assert threading.active_count() == 1


async def test_reading_keeps_nothing_and_raising_rolls_back(
    migrated_file: Path, tmp_path: Path
) -> None:
    shutil.copy(migrated_file, tmp_path / "a")
    ledger = Ledger(InlineSqliteDatabase(tmp_path / "a"), Clock())

    def broken(unit: Unit) -> None:
        arrive("h")(unit)
        unit.flush()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await ledger.work([STREAM], broken)
    await ledger.work([STREAM], arrive("i"))
    assert await ledger.read(lambda r: r.all("visit", Visit)) == [("i", Visit(DAY, 1, 1))]
    assert await ledger.heads() == {STREAM: 1}
    await ledger.close()
