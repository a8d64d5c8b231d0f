"""What is due is carried out once; what cannot be done or is not known holds up nothing else."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from io import StringIO

import pytest

from ledger.errors import LedgerUnavailable
from ledger.timers import Timer
from ledger.unit import Unit
from sync_server.house import House, open_house
from sync_server.jobs.timers import carry_out_timers
from sync_server.settings import Settings
from tests.sync_server.running import MovableClock

STREAM = "house"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def house(settings: Settings, clock: MovableClock) -> AsyncIterator[House]:
    house = await open_house(settings, clock)
    yield house
    await house.close()


async def set_timers(house: House, *names: str) -> None:
    def put(unit: Unit) -> None:
        for name in names:
            unit.set_timer(Timer(name, "subject", "kind", STREAM, unit.now))

    await house.ledger.work([], put)


async def left(house: House) -> list[str]:
    timers = await house.ledger.read(lambda reader: reader.timers_of("subject"))
    return [timer.what for timer in timers]


async def test_each_is_carried_out_once_by_whoever_comes_first(house: House) -> None:
    await set_timers(house, "a", "b")
    done: list[str] = []
    acts = {name: lambda _, timer: done.append(timer.what) for name in "ab"}
    await asyncio.gather(*(carry_out_timers(house, acts) for _ in range(3)))
    assert sorted(done) == ["a", "b"]
    assert await left(house) == []


async def test_one_that_fails_is_logged_and_tried_again_and_holds_up_no_other(
    house: House, clock: MovableClock, log: StringIO
) -> None:
    await set_timers(house, "a", "b", "strange")
    done: list[str] = []

    def fail_once(_: Unit, timer: Timer) -> None:
        done.append("tried")
        if len(done) == 1:
            raise ValueError("not yet")

    acts = {"a": fail_once, "b": lambda _, timer: done.append("b")}
    await carry_out_timers(house, acts)
    assert (done, await left(house)) == (["tried", "b"], ["a", "strange"])
    assert "timer_failed" in log.getvalue()
    clock.ahead += timedelta(minutes=2)
    await carry_out_timers(house, acts)
    assert (done, await left(house)) == (["tried", "b", "tried"], ["strange"])


async def test_a_database_that_is_away_is_no_fault_of_a_timer(house: House) -> None:
    await set_timers(house, "a")

    def away(_: Unit, __: Timer) -> None:
        raise LedgerUnavailable("away")

    with pytest.raises(LedgerUnavailable):
        await carry_out_timers(house, {"a": away})
    assert await left(house) == ["a"]
