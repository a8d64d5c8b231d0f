"""A page opens a door: the kiosk's rule, one command, the lock's own answer, all of it recorded."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from domain.booking import Booking
from domain.door import Door, DoorOutcome
from domain.door_state import DoorState
from domain.passes import PassRevoked
from domain.rates import Rate
from domain.subjects import HOUSE
from domain.visit import Visit
from ledger.reader import Reader
from sync_server.doors import HouseDoors
from sync_server.jobs.timers import carry_out_timers
from sync_server.settings import Settings
from sync_server.use_cases import at_the_door
from sync_server.use_cases.at_the_door import No, Reply, Told, ask_to_open
from sync_server.use_cases.doors_now import DoorsNow, doors_now
from tests.campaigns.door_house import PATIENCE_S, DoorHouse, Simulator
from tests.sync_server.conftest import Demo, one_entry
from tests.sync_server.door_stand import DoorStand, door_stand, doors_of_demo, with_broker
from tests.sync_server.lobby import fresh_id


@pytest.fixture
def doors(demo: Demo, tmp_path: Path) -> Iterator[DoorHouse]:
    doors = doors_of_demo(demo, tmp_path / "doors")
    yield doors
    doors.broker.stop()


@pytest.fixture
async def locks(doors: DoorHouse) -> AsyncIterator[Simulator]:
    async with doors.simulator() as locks:
        yield locks


@pytest.fixture
async def stand(demo: Demo, settings: Settings, doors: DoorHouse) -> AsyncIterator[DoorStand]:
    async with door_stand(demo, with_broker(settings, doors)) as stand:
        yield stand


async def now_at(stand: DoorStand, part: str, language: str = "en") -> DoorsNow:
    pass_id, now = stand.demo.pass_id(part), stand.clock()

    def look(reader: Reader) -> DoorsNow | None:
        return doors_now(reader, stand.site, pass_id, now, language)

    found = await stand.house.ledger.read(look)
    assert found is not None
    return found


async def test_a_booking_opens_its_door_and_counts_as_there(
    stand: DoorStand, locks: Simulator
) -> None:
    reply = await stand.ask("host")
    assert reply.told is not None
    assert reply.told.outcome is DoorOutcome.OPENED
    assert reply.spoken.outcome == "admitted"
    assert "Kiln is yours until" in reply.spoken.sentence
    actor = f"page:{stand.demo.pass_id('host')}"
    claimed = await stand.events("booking.BookingClaimed/1")
    assert [who for _, who in claimed if who != "demo"] == [actor]
    assert await stand.events("door.DoorAsked/1") == [(stand.front, actor)]
    assert await stand.events("door.DoorAnswered/1") == [(stand.front, "server")]
    door = await stand.house.ledger.read(lambda reader: reader.full("door", stand.front, DoorState))
    assert door == DoorState(last=DoorOutcome.OPENED, at=door.at if door else None)
    assert len(locks.openings()) == 1


async def test_the_same_request_twice_commands_once(stand: DoorStand, locks: Simulator) -> None:
    wish = stand.wish("host")
    replies = await asyncio.gather(*(ask_to_open(stand.house, wish) for _ in range(3)))
    replies.append(await ask_to_open(stand.house, wish))
    told = [reply.told for reply in replies if isinstance(reply, Reply)]
    assert told == [Told(DoorOutcome.OPENED)] * 4
    assert len(locks.openings()) == 1
    assert len(await stand.events("visit.Arrived/1")) == 1
    other = stand.wish("host", request_id=wish.request_id, door_id=stand.courtyard)
    assert await ask_to_open(stand.house, other) is No.ID_REUSED


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("expired", "expired"),
        ("revoked", "revoked"),
        ("early", "not_yet_valid"),
        ("unpaid", "not_paid"),
        ("other_site", "unknown_code"),
    ],
)
async def test_who_is_not_let_in_sees_no_door_and_opens_none(
    stand: DoorStand, locks: Simulator, part: str, reason: str
) -> None:
    now = await now_at(stand, part)
    assert now.doors == ()
    assert now.refusal is not None
    assert now.refusal.reason == reason
    reply = await stand.ask(part)
    assert reply.told is None
    assert reply.spoken.sentence == now.refusal.sentence
    assert await stand.events("door.DoorAsked/1") == []
    assert locks.openings() == []


async def test_what_opens_now_is_what_the_rule_admits(stand: DoorStand) -> None:
    now = await now_at(stand, "booking", "de")
    assert [door.name for door in now.doors] == ["Front door", "Courtyard door"]
    assert now.refusal is None
    assert now.booking is not None
    assert now.booking.booking.person_id == stand.demo.ids["passes"]["booking"]["person"]


async def test_a_pass_revoked_meanwhile_opens_nothing(stand: DoorStand, locks: Simulator) -> None:
    assert (await now_at(stand, "member")).doors
    pass_id = stand.demo.pass_id("member")
    await stand.house.ledger.work(
        [HOUSE],
        lambda unit: unit.append(HOUSE, "pass", pass_id, PassRevoked(unit.now), actor="test"),
    )
    reply = await stand.ask("member")
    assert reply.told is None
    assert reply.spoken.reason == "revoked"
    assert locks.openings() == []


async def test_a_pass_for_one_entry_is_spent_by_an_open_door_alone(
    stand: DoorStand, locks: Simulator
) -> None:
    await one_entry(stand.house.settings, stand.demo)
    once = {"pass_id": "0123456789abcdef"}
    await locks.mode("jam", lock="front")
    jammed = await stand.ask("group", **once)
    assert jammed.told is not None
    assert jammed.told.outcome is DoorOutcome.JAMMED
    assert jammed.told.other_way == stand.courtyard
    opened = await stand.ask("group", **once, door_id=stand.courtyard)
    assert opened.told is not None
    assert opened.told.outcome is DoorOutcome.OPENED
    again = await stand.ask("group", **once, door_id=stand.courtyard)
    assert again.told is None
    assert again.spoken.reason == "already_used"
    assert len(await stand.events("visit.Arrived/1")) == 1
    assert [opening["lock"] for opening in locks.openings()] == ["courtyard"]


async def test_a_second_try_is_no_second_entry_but_not_for_ever(
    stand: DoorStand, locks: Simulator
) -> None:
    await one_entry(stand.house.settings, stand.demo)
    await locks.mode("jam", lock="front")
    await stand.ask("group", pass_id="0123456789abcdef")
    stand.clock.ahead += timedelta(minutes=11)
    late = await stand.ask("group", pass_id="0123456789abcdef")
    assert late.spoken.reason == "already_used"


async def test_a_group_is_counted_by_who_comes_in(stand: DoorStand, locks: Simulator) -> None:
    assert (await now_at(stand, "group")).party == 8
    assert (await stand.ask("group", people=7)).told is not None
    full = await stand.ask("group", people=2)
    assert full.told is None
    assert full.spoken.reason == "party_full"
    visits = await stand.house.ledger.read(lambda reader: dict(reader.all("visit", Visit)))
    assert visits[stand.demo.pass_id("group")].inside == 7


async def test_a_jam_is_a_ticket_with_one_mail_to_the_operator(
    stand: DoorStand, locks: Simulator
) -> None:
    await locks.mode("jam", lock="front")
    for _ in range(2):
        reply = await stand.ask("member")
        assert reply.told is not None
        assert reply.told.outcome is DoorOutcome.JAMMED
    (ticket,) = await stand.tickets()
    assert (ticket.what, ticket.about_id) == ("door_jammed", stand.front)
    assert ticket.times_reported == 2
    mails = await stand.house.ledger.work([], lambda unit: unit.due_mails(unit.now, 99))
    assert [mail.what for mail in mails if mail.address] == ["ticket"]


async def test_a_broker_that_is_away_is_told_at_once_and_nothing_opens_later(
    stand: DoorStand, doors: DoorHouse, locks: Simulator
) -> None:
    doors.broker.kill()
    began_s = time.monotonic()
    reply = await stand.ask("member")
    assert reply.told is not None
    assert reply.told.outcome is DoorOutcome.NOT_CONNECTED
    assert time.monotonic() - began_s < 1
    doors.broker.start()
    async with doors.intruder() as witness:
        await witness.hear("alive", lock="front", alive=True)
    assert stand.house.doors is not None
    assert await stand.house.doors.wait_connected(PATIENCE_S)
    reply = await stand.ask("member")
    assert reply.told is not None
    assert reply.told.outcome is DoorOutcome.OPENED
    assert len(locks.openings()) == 1


async def test_a_slow_lock_never_opens_behind_who_was_told_it_does_not_answer(
    stand: DoorStand, locks: Simulator
) -> None:
    await locks.mode("slow", lock="front", delay=3.6)
    began_s = time.monotonic()
    reply = await stand.ask("member")
    assert reply.told is not None
    assert reply.told.outcome is DoorOutcome.NO_ANSWER
    assert time.monotonic() - began_s < 5
    await locks.mode("ok", lock="front")
    reply = await stand.ask("member")
    assert reply.told is not None
    assert reply.told.outcome is DoorOutcome.OPENED
    assert len(locks.openings()) == 1


async def test_a_door_that_is_none_of_the_site_is_no_door(stand: DoorStand) -> None:
    wish = stand.wish("member", door_id=fresh_id())
    assert await ask_to_open(stand.house, wish) is No.NO_SUCH_DOOR


async def test_whoever_comes_by_the_page_has_claimed_their_booking(
    stand: DoorStand, locks: Simulator
) -> None:
    await stand.ask("booking")
    bookings = await stand.house.ledger.read(lambda reader: reader.all("booking", Booking))
    assert [booking for _, booking in bookings if booking.claimed_at] != []


class Dying:
    """Doors of a process that ends while it waits for the lock."""

    async def open(self, door: Door, command_id: str) -> DoorOutcome:
        raise ConnectionAbortedError

    async def stop(self) -> None:
        """Nothing was started."""


async def test_what_a_crash_left_open_becomes_unknown_and_is_never_repeated(
    stand: DoorStand, locks: Simulator
) -> None:
    wish = stand.wish("member")
    dying = replace(stand.house, doors=cast(HouseDoors, Dying()))
    with pytest.raises(ConnectionAbortedError):
        await ask_to_open(dying, wish)
    stand.clock.ahead += timedelta(seconds=6)
    again = await ask_to_open(stand.house, wish)
    assert isinstance(again, Reply)
    assert again.told == Told(DoorOutcome.UNKNOWN)
    assert await unknown_after_timers(stand) == 0
    stand.clock.ahead += timedelta(minutes=1)
    assert await unknown_after_timers(stand) == 1
    stand.clock.ahead += timedelta(minutes=2)
    assert await unknown_after_timers(stand) == 1
    door = await stand.house.ledger.read(lambda reader: reader.full("door", stand.front, DoorState))
    assert door is not None
    assert (door.last, door.waiting_for) == (DoorOutcome.UNKNOWN, None)
    assert locks.openings() == []
    opened = await stand.ask("member")
    assert opened.told == Told(DoorOutcome.OPENED)
    stand.clock.ahead += timedelta(minutes=2)
    assert await unknown_after_timers(stand) == 2, "the answer of the second, and no third"


async def unknown_after_timers(stand: DoorStand) -> int:
    """Carry out what is due from two processes at once; how many answers are in the log then."""
    await asyncio.gather(*(carry_out_timers(stand.house) for _ in range(2)))
    return len(await stand.events("door.DoorAnswered/1"))


async def test_a_button_pressed_like_mad_is_told_to_rest(
    stand: DoorStand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_the_door, "AT_THE_DOOR", Rate("at-the-door", 2, timedelta(minutes=10)))
    answers = [await ask_to_open(stand.house, stand.wish("expired")) for _ in range(3)]
    assert answers[2] is No.TOO_OFTEN
    assert len(await stand.events("visit.EntryRefused/1")) == 2
