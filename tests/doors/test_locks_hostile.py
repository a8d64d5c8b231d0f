"""Retained, replayed, spoofed and uncertified messages: no door opens, nobody is lied to."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

from domain.door import DoorOutcome, ready_bytes, report_bytes
from doors.messages import Ask, Ready, Report, decode, encode
from doors.mqtt_connection import MqttConnection
from doors.mqtt_session import Arrival, Subscription
from tests.campaigns.door_house import (
    PATIENCE_S,
    DoorHouse,
    Intruder,
    Simulator,
    certificate,
    door_of,
    sign_as,
)

NORTH = door_of("north")
COMMAND = "foyer/v1/locks/north/command"


async def ignored(simulator: Simulator) -> dict[str, int]:
    return dict((await simulator.state())[0]["ignored"])


async def after(intruder: Intruder) -> None:
    """Once the lock has answered this, it has dealt with all the intruder sent before."""
    nonce = "intruder-asks"
    intruder.say(*encode(Ask("north", nonce)))
    await intruder.hear("ready", answers=nonce)


async def test_a_replayed_command_gets_the_same_answer_and_no_second_opening(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with house.signer() as locks, house.intruder() as intruder:
        assert await locks.open(NORTH, "c-1") is DoorOutcome.OPENED
        captured = await intruder.hear("command", command="c-1")
        first = await intruder.hear("report", command="c-1")
        intruder.say(captured.topic, captured.payload)
        second = await intruder.hear("report", command="c-1")
        assert first.payload == second.payload
    assert len(simulator.openings()) == 1


async def test_a_command_replayed_to_another_lock_or_boot_opens_nothing(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with house.signer() as locks, house.intruder() as intruder:
        assert await locks.open(NORTH, "c-1") is DoorOutcome.OPENED
        captured = json.loads((await intruder.hear("command", command="c-1")).payload)
        south = json.dumps({**captured, "lock": "south"}).encode()
        intruder.say("foyer/v1/locks/south/command", south)
        boot = json.dumps({**captured, "command": "c-9", "boot": "0" * 32}).encode()
        intruder.say(COMMAND, boot)
        await after(intruder)
        assert await ignored(simulator) == {"bad signature": 1}
    assert [opening["command"] for opening in simulator.openings()] == ["c-1"]


async def test_a_retained_command_is_ignored_live_and_after_a_reconnect(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with house.signer() as locks, house.intruder() as intruder:
        assert await locks.open(NORTH, "c-1") is DoorOutcome.OPENED
        captured = await intruder.hear("command", command="c-1")
        intruder.say(COMMAND, captured.payload, retain=True)
        await after(intruder)
        assert await ignored(simulator) == {"retained": 1}
        await simulator.mode("offline", lock="north", seconds=0.1)
        await intruder.hear("alive", lock="north", alive=False)
        await intruder.hear("alive", lock="north", alive=True)
        await after(intruder)
        assert await ignored(simulator) == {"retained": 1}
    assert len(simulator.openings()) == 1


async def test_a_spoofed_challenge_leads_nobody_astray(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with house.signer() as locks, house.intruder() as intruder:

        def answer_first(arrival: Arrival) -> None:
            message = decode(arrival.topic, arrival.payload)
            if isinstance(message, Ask):
                aim = ("north", "0" * 32, "1" * 32, message.nonce)
                spoofed = Ready(*aim, sign_as("intruder")(ready_bytes(*aim)))
                intruder.say(*encode(spoofed))

        intruder.react = answer_first
        assert await locks.open(NORTH, "c-1") is DoorOutcome.OPENED


async def test_a_spoofed_report_is_not_believed(house: DoorHouse, simulator: Simulator) -> None:
    await simulator.mode("mute", lock="north")
    heard: list[str] = []
    async with house.signer() as locks, house.intruder() as intruder:
        locks.on_change(lambda _lock, result: heard.append(result))

        def report_opened(arrival: Arrival) -> None:
            if arrival.topic == COMMAND:
                boot = json.loads(arrival.payload)["boot"]
                for signer in ("intruder", "south"):
                    aim = ("north", boot, 1, "c-1", "opened")
                    signature = sign_as(signer)(report_bytes(*aim))
                    intruder.say(*encode(Report(*aim, signature)))

        intruder.react = report_opened
        assert await locks.open(NORTH, "c-1") is DoorOutcome.NO_ANSWER
    assert heard == []


async def test_another_locks_genuine_voice_does_not_answer_for_this_one(
    house: DoorHouse, simulator: Simulator
) -> None:
    await simulator.mode("silent", lock="north")
    async with house.signer() as locks, house.intruder() as intruder:

        def answer_as_south(arrival: Arrival) -> None:
            message = decode(arrival.topic, arrival.payload)
            if isinstance(message, Ask):
                aim = ("south", "0" * 32, "1" * 32, message.nonce)
                intruder.say(*encode(Ready(*aim, sign_as("south")(ready_bytes(*aim)))))

        intruder.react = answer_as_south
        assert await locks.open(NORTH, "c-1") is DoorOutcome.NO_ANSWER


async def test_a_signer_the_house_never_certified_opens_nothing(
    house: DoorHouse, simulator: Simulator
) -> None:
    own = certificate("intruder", house.locks, house="intruder-house")
    async with house.signer("intruder", shown=own) as locks:
        assert await locks.open(NORTH, "c-1") is DoorOutcome.NO_ANSWER
    borrowed = certificate("kiosk", house.locks)
    async with house.signer("intruder", shown=borrowed) as locks:
        assert await locks.open(NORTH, "c-2") is DoorOutcome.NO_ANSWER
    assert await ignored(simulator) == {
        "certificate not of this house": 1,
        "bad signature": 1,
    }
    assert simulator.openings() == []


async def test_a_certificate_that_ended_is_refused_by_a_lock_without_a_wall_clock(
    house: DoorHouse, simulator: Simulator
) -> None:
    last_week = datetime.now(UTC) - timedelta(days=7)
    stale = certificate("kiosk", house.locks, issued_at=last_week)
    async with house.signer("server") as server:
        assert await server.open(NORTH, "c-1") is DoorOutcome.OPENED
    async with house.signer(shown=stale, now=lambda: last_week) as kiosk:
        assert await kiosk.open(NORTH, "c-2") is DoorOutcome.NO_ANSWER
    assert await ignored(simulator) == {"certificate ended": 1}
    assert [opening["command"] for opening in simulator.openings()] == ["c-1"]


async def test_two_signers_at_one_lock_do_not_disturb_each_other(
    house: DoorHouse, simulator: Simulator
) -> None:
    async with house.signer("kiosk") as kiosk, house.signer("server") as server:
        for number in range(5):
            outcomes = await asyncio.gather(
                kiosk.open(NORTH, f"k-{number}"), server.open(NORTH, f"s-{number}")
            )
            assert all(outcome.is_open for outcome in outcomes)
    assert len(simulator.openings()) == 10


async def test_a_lock_may_not_speak_for_another_on_the_broker(
    house: DoorHouse, simulator: Simulator
) -> None:
    own = (Subscription("foyer/v1/locks/south/ask"),)
    south = MqttConnection(house.address("south"), own, lambda _a: None, lambda _up: None)
    await south.start()
    async with house.intruder() as witness:
        assert await south.wait_connected(PATIENCE_S)
        for lock in ("north", "south"):
            south.publish(f"foyer/v1/locks/{lock}/report", b'{"by":"south"}', 10)
        assert (await witness.hear("report", by="south")).topic == "foyer/v1/locks/south/report"
    await south.stop()
