"""The server as a signer, on a real broker with simulated locks in a process of their own."""

import asyncio
import hashlib
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import nacl.public
import pytest

from domain.door import DoorOutcome
from doors.address import BrokerAddress
from ledger.seal import SigningKey
from sync_server.doors import HouseDoors, broker_of, doors_of
from sync_server.keys import HouseKeys
from sync_server.settings import BadSettings, Settings
from tests.campaigns.door_house import PATIENCE_S, DoorHouse, Simulator, door_of

NORTH = door_of("north")
KEYS = HouseKeys(
    SigningKey(hashlib.sha256(b"house").digest()), nacl.public.PrivateKey.generate(), bytes(32)
)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[DoorHouse]:
    house = DoorHouse(tmp_path, ["north", "south"])
    yield house
    house.broker.stop()


@pytest.fixture
async def simulator(house: DoorHouse) -> AsyncIterator[Simulator]:
    async with house.simulator() as simulator:
        yield simulator


@asynccontextmanager
async def server(house: DoorHouse) -> AsyncIterator[HouseDoors]:
    """One server process's doors, connected."""
    doors = HouseDoors(house.address("server"), KEYS, now)
    await doors.start()
    try:
        assert await doors.wait_connected(PATIENCE_S)
        yield doors
    finally:
        await doors.stop()


async def test_the_server_opens_a_door_by_the_locks_own_word(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with server(house) as doors:
        assert await doors.open(NORTH, "c-1") is DoorOutcome.OPENED
    assert [opening["command"] for opening in simulator.openings()] == ["c-1"]


async def test_the_house_key_certifies_for_one_lock_and_signs_no_command(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with server(house) as doors, house.intruder() as witness:
        await doors.open(NORTH, "c-1")
        shown = json.loads((await witness.hear("command")).payload)["certificate"]
    assert shown["locks"] == ["north"]
    assert shown["public_key"] != KEYS.signing.public_hex


async def test_two_servers_and_a_kiosk_let_many_in_at_once(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with server(house) as one, server(house) as two, house.signer() as kiosk:
        asked = [one.open(NORTH, f"one-{n}") for n in range(6)]
        asked += [two.open(NORTH, f"two-{n}") for n in range(6)]
        asked += [kiosk.open(NORTH, "kiosk-1")]
        outcomes = await asyncio.gather(*asked)
    assert [outcome for outcome in outcomes if not outcome.is_open] == []
    commands = [opening["command"] for opening in simulator.openings()]
    assert len(commands) == len(set(commands)) == 13


async def test_a_jam_is_told_as_one_and_a_silent_lock_soon(
    house: DoorHouse, simulator: Simulator
) -> None:
    await simulator.mode("jam", lock="north")
    await simulator.mode("silent", lock="south")
    async with server(house) as doors:
        assert await doors.open(NORTH, "c-1") is DoorOutcome.JAMMED
        began_s = time.monotonic()
        three = (doors.open(door_of("south"), f"c-{n}") for n in range(2, 5))
        assert set(await asyncio.gather(*three)) == {DoorOutcome.NO_ANSWER}
        assert time.monotonic() - began_s < 5
    assert simulator.openings() == []


async def test_a_broker_that_is_away_is_told_at_once_and_nothing_is_sent_later(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with server(house) as doors:
        house.broker.kill()
        began_s = time.monotonic()
        assert await doors.open(NORTH, "c-1") is DoorOutcome.NOT_CONNECTED
        assert time.monotonic() - began_s < 0.5
        house.broker.start()
        async with house.intruder() as witness:
            await witness.hear("alive", lock="north", alive=True)
        assert await doors.wait_connected(PATIENCE_S)
        assert await doors.open(NORTH, "c-2") is DoorOutcome.OPENED
    assert [opening["command"] for opening in simulator.openings()] == ["c-2"]


def test_without_a_broker_the_house_opens_no_door_and_a_wrong_one_is_wrong_use(
    tmp_path: Path,
) -> None:
    assert doors_of(Settings(tmp_path), KEYS, now) is None
    with pytest.raises(BadSettings, match="HOST:PORT"):
        broker_of(Settings(tmp_path, broker="lobby"))
    with pytest.raises(BadSettings, match="certificate authority"):
        broker_of(Settings(tmp_path, broker="lobby:1883", broker_ca_file="none"))
    with pytest.raises(BadSettings, match="password file"):
        broker_of(Settings(tmp_path, broker="lobby:1883", broker_password_file=str(tmp_path)))
    password = tmp_path / "password"
    password.write_text("secret\n")
    found = broker_of(
        Settings(
            tmp_path,
            broker="lobby:1883",
            broker_user="server",
            broker_password_file=str(password),
        )
    )
    assert found == BrokerAddress("lobby", 1883, "server", "secret", None)
