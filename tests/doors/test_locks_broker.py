"""The broker goes away, dies between ask and command, or hangs: truth at once, no late door."""

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path

from domain.door import DoorOutcome
from doors.address import BrokerAddress
from doors.locks import MqttLocks, Signer
from tests.campaigns.door_house import (
    PATIENCE_S,
    DoorHouse,
    Simulator,
    certificate,
    door_of,
    sign_as,
    verify,
)

NORTH = door_of("north")


def signing_after(act: Callable[[], None]) -> Callable[[bytes], bytes]:
    """Signs the first command only after `act`: the moment between challenge and command."""
    acts = [act]

    def sign(message: bytes) -> bytes:
        while acts:
            acts.pop()()
        return sign_as("kiosk")(message)

    return sign


async def test_without_a_broker_the_person_is_told_at_once(tmp_path: Path) -> None:
    nowhere = BrokerAddress("127.0.0.1", 1, "kiosk", "")
    shown = certificate("kiosk", ["north"])
    locks = MqttLocks(nowhere, Signer(sign_as("kiosk"), verify, lambda: shown.issued_at))
    locks.use_certificate(shown)
    await locks.start()
    began_s = time.monotonic()
    assert await locks.open(NORTH, "c-1") is DoorOutcome.NOT_CONNECTED
    assert time.monotonic() - began_s < 0.1
    assert locks.connected() is False
    await locks.stop()


async def test_a_wrong_password_is_no_connection(house: DoorHouse) -> None:
    wrong = BrokerAddress("127.0.0.1", house.broker.port, "kiosk", "wrong")
    locks = MqttLocks(wrong, Signer(sign_as("kiosk"), verify, lambda: shown.issued_at))
    shown = certificate("kiosk", ["north"])
    await locks.start()
    assert await locks.wait_connected(0.5) is False
    assert await locks.open(NORTH, "c-1") is DoorOutcome.NOT_CONNECTED
    await locks.stop()


async def test_after_the_broker_died_it_is_told_at_once_and_works_again_later(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with house.signer() as locks:
        house.broker.kill()
        began_s = time.monotonic()
        assert await locks.open(NORTH, "c-1") is DoorOutcome.NOT_CONNECTED
        assert time.monotonic() - began_s < 0.5
        house.broker.start()
        async with house.intruder() as witness:
            await witness.hear("alive", lock="north", alive=True)
        assert await locks.wait_connected(PATIENCE_S)
        assert await locks.open(NORTH, "c-2") is DoorOutcome.OPENED
    assert [opening["command"] for opening in simulator.openings()] == ["c-2"]


async def test_a_broker_killed_between_ask_and_command_never_delivers_it(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with house.signer(sign=signing_after(house.broker.kill)) as locks:
        began_s = time.monotonic()
        outcome = await locks.open(NORTH, "c-1")
        assert outcome in (DoorOutcome.NOT_CONNECTED, DoorOutcome.NO_ANSWER)
        assert time.monotonic() - began_s < 4
        house.broker.start()
        async with house.intruder() as witness:
            await witness.hear("alive", lock="north", alive=True)
            assert await locks.wait_connected(PATIENCE_S)
            assert await locks.open(NORTH, "c-2") is DoorOutcome.OPENED
            # Had anything been resent over the new connection, it came before c-2.
            first = await witness.hear("command")
        assert json.loads(first.payload)["command"] == "c-2"
    assert [opening["command"] for opening in simulator.openings()] == ["c-2"]


async def test_a_broker_restarted_in_between_gets_nothing_resent(
    house: DoorHouse, simulator: Simulator
) -> None:
    def restart() -> None:
        house.broker.kill()
        house.broker.start()

    async with house.signer(sign=signing_after(restart)) as locks:
        outcome = await locks.open(NORTH, "c-1")
        assert outcome in (DoorOutcome.NOT_CONNECTED, DoorOutcome.NO_ANSWER)
        async with house.intruder() as witness:
            await witness.hear("alive", lock="north", alive=True)
        assert await locks.wait_connected(PATIENCE_S)
        assert await locks.open(NORTH, "c-2") is DoorOutcome.OPENED
    assert [opening["command"] for opening in simulator.openings()] == ["c-2"]


async def test_a_command_held_by_a_hanging_broker_opens_nothing_later(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with (
        house.intruder() as witness,
        house.signer(sign=signing_after(house.broker.pause)) as locks,
    ):
        began_s = time.monotonic()
        assert await locks.open(NORTH, "c-1") is DoorOutcome.NO_ANSWER
        assert time.monotonic() - began_s < 4
        house.broker.resume()
        late = json.loads((await witness.hear("report", command="c-1")).payload)
        assert late["result"] == "expired"
        assert await locks.wait_connected(PATIENCE_S)
        assert await locks.open(NORTH, "c-2") is DoorOutcome.OPENED
    assert [opening["command"] for opening in simulator.openings()] == ["c-2"]


async def test_a_broker_that_hangs_from_the_start_is_told_as_not_connected(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with house.signer() as locks:
        house.broker.pause()
        began_s = time.monotonic()
        assert await locks.open(NORTH, "c-1") is DoorOutcome.NOT_CONNECTED
        assert time.monotonic() - began_s < 2
        again_s = time.monotonic()
        assert await locks.open(NORTH, "c-2") is DoorOutcome.NOT_CONNECTED
        assert time.monotonic() - again_s < 0.1
        house.broker.resume()
        assert await locks.wait_connected(PATIENCE_S)
        assert await locks.open(NORTH, "c-3") is DoorOutcome.OPENED
    assert [opening["command"] for opening in simulator.openings()] == ["c-3"]


async def test_the_connection_lost_while_asking_is_told_at_once(
    house: DoorHouse, simulator: Simulator
) -> None:
    await simulator.mode("silent", lock="north")
    async with house.signer() as locks, house.intruder() as witness:
        opening = asyncio.ensure_future(locks.open(NORTH, "c-1"))
        await witness.hear("ask", lock="north")
        began_s = time.monotonic()
        house.broker.kill()
        assert await opening is DoorOutcome.NOT_CONNECTED
        assert time.monotonic() - began_s < 0.5
