"""What a person at the kiosk is told by a lock that works, jams, dawdles or stays silent."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.door import REPORT_TIMEOUT_S, DoorOutcome
from doors.locks import MqttLocks
from tests.campaigns.door_house import DoorHouse, Simulator, certificate, door_of

NORTH = door_of("north")


async def timed_open(locks: MqttLocks, command: str) -> tuple[DoorOutcome, float]:
    began_s = time.monotonic()
    outcome = await locks.open(NORTH, command)
    return outcome, time.monotonic() - began_s


async def test_a_good_lock_opens_and_says_so(house: DoorHouse, simulator: Simulator) -> None:
    async with house.signer() as locks:
        outcome, took_s = await timed_open(locks, "c-1")
        assert outcome is DoorOutcome.OPENED
        assert took_s < 1
        assert locks.status("north").online is True
        assert locks.status("north").last_result == "opened"
    assert [opening["command"] for opening in simulator.openings()] == ["c-1"]


async def test_a_door_that_stands_open_says_so(house: DoorHouse, simulator: Simulator) -> None:
    async with house.signer() as locks:
        assert await locks.open(NORTH, "c-1") is DoorOutcome.OPENED
        assert await locks.open(NORTH, "c-2") is DoorOutcome.ALREADY_OPEN


async def test_the_door_falls_shut_and_the_listener_hears_it(
    house: DoorHouse, simulator: Simulator
) -> None:
    heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
    async with house.signer() as locks:
        locks.on_change(lambda lock, result: heard.put_nowait((lock, result)))
        assert await locks.open(NORTH, "c-1") is DoorOutcome.OPENED
        async with asyncio.timeout(5):
            assert await heard.get() == ("north", "closed")
        assert locks.status("north").last_result == "closed"


async def test_a_jam_is_told_as_a_jam(house: DoorHouse, simulator: Simulator) -> None:
    await simulator.mode("jam", lock="north")
    async with house.signer() as locks:
        assert await locks.open(NORTH, "c-1") is DoorOutcome.JAMMED
    assert simulator.openings() == []


async def test_a_slow_lock_within_its_time_opens(house: DoorHouse, simulator: Simulator) -> None:
    await simulator.mode("slow", lock="north", delay=1)
    async with house.signer() as locks:
        outcome, took_s = await timed_open(locks, "c-1")
        assert outcome is DoorOutcome.OPENED
        assert 1 <= took_s < 2


async def test_a_lock_that_is_too_slow_never_opens_behind_the_person(
    house: DoorHouse, simulator: Simulator
) -> None:
    await simulator.mode("slow", lock="north", delay=3.6)
    heard: asyncio.Queue[str] = asyncio.Queue()
    async with house.signer() as locks:
        locks.on_change(lambda _lock, result: heard.put_nowait(result))
        outcome, took_s = await timed_open(locks, "c-1")
        assert outcome is DoorOutcome.NO_ANSWER
        assert REPORT_TIMEOUT_S - 0.1 <= took_s < 4
        async with asyncio.timeout(5):
            assert await heard.get() == "expired"
    assert simulator.openings() == []


@pytest.mark.parametrize("misbehaviour", ["silent", "offline"])
async def test_a_lock_that_gives_no_challenge_is_told_soon(
    house: DoorHouse, simulator: Simulator, misbehaviour: str
) -> None:
    await simulator.mode(misbehaviour, lock="north")
    async with house.signer() as locks:
        outcome, took_s = await timed_open(locks, "c-1")
        assert outcome is DoorOutcome.NO_ANSWER
        assert took_s < 2
    assert simulator.openings() == []


async def test_a_lock_whose_report_is_lost_is_told_as_no_answer(
    house: DoorHouse, simulator: Simulator
) -> None:
    await simulator.mode("mute", lock="north")
    async with house.signer() as locks:
        outcome, took_s = await timed_open(locks, "c-1")
        assert outcome is DoorOutcome.NO_ANSWER
        assert took_s < 4


async def test_a_report_sent_twice_is_heard_once(house: DoorHouse, simulator: Simulator) -> None:
    await simulator.mode("duplicate", lock="north")
    heard: list[str] = []
    async with house.signer() as locks:
        locks.on_change(lambda _lock, result: heard.append(result))
        assert await locks.open(NORTH, "c-1") is DoorOutcome.OPENED
        assert await locks.open(NORTH, "c-2") is DoorOutcome.ALREADY_OPEN
    assert heard == []
    assert len(simulator.openings()) == 2


async def test_an_uncommanded_opening_reaches_the_listener(
    house: DoorHouse, simulator: Simulator
) -> None:
    heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
    async with house.signer() as locks:
        locks.on_change(lambda lock, result: heard.put_nowait((lock, result)))
        await simulator.mode("forced", lock="south")
        async with asyncio.timeout(5):
            assert await heard.get() == ("south", "forced")


async def test_a_lock_that_lost_its_connection_is_known_to_be_offline(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with house.signer() as locks, house.intruder() as witness:
        await simulator.mode("offline", lock="north")
        await witness.hear("alive", lock="north", alive=False)
        # The broker tells us in the same breath as the witness, on another connection.
        assert await locks.open(door_of("south"), "c-1") is DoorOutcome.OPENED
        assert locks.status("north").online is False
        assert locks.status("south").online is True


async def test_no_certificate_or_an_ended_one_is_refused_at_once(
    house: DoorHouse, simulator: Simulator
) -> None:
    ended = certificate("kiosk", house.locks, issued_at=datetime.now(UTC) - timedelta(days=2))
    for shown in (ended, certificate("kiosk", ["south"])):
        async with house.signer(shown=shown) as locks:
            outcome, took_s = await timed_open(locks, "c-1")
            assert outcome is DoorOutcome.REJECTED
            assert took_s < 0.5


async def test_the_same_command_under_way_twice_is_sent_once(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with house.signer() as locks:
        outcomes = await asyncio.gather(locks.open(NORTH, "c-1"), locks.open(NORTH, "c-1"))
        assert list(outcomes) == [DoorOutcome.OPENED, DoorOutcome.REJECTED]
    assert len(simulator.openings()) == 1


async def test_ids_that_could_break_a_topic_are_refused_and_a_bad_key_believes_nobody(
    house: DoorHouse, simulator: Simulator
) -> None:
    every = certificate("kiosk", ["north", "+", "north/command", ""])
    async with house.signer(shown=every) as locks:
        for lock in ("+", "north/command", ""):
            assert await locks.open(replace(NORTH, lock=lock), "c-1") is DoorOutcome.REJECTED
        for command in ("", "a\nb", "x" * 65):
            assert await locks.open(NORTH, command) is DoorOutcome.REJECTED
        assert await locks.open(replace(NORTH, lock_key="no key"), "c-1") is DoorOutcome.NO_ANSWER
    assert simulator.openings() == []
