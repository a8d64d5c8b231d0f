"""What is tapped or shown twice: it counts once, and no old news of a door is told as new."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from domain.access import EnterFewer
from domain.door import Door, DoorOutcome
from domain.passes import Entry, GrantKind
from domain.visit import Visit
from kiosk.services.answers import GoodbyeAnswer, RefusalAnswer, WelcomeAnswer
from tests.kiosk.services.lobby_stand import Stand
from tests.world import World, party_of, ziegelhof

Open = Callable[..., Stand]


@pytest.fixture
def world() -> World:
    return ziegelhof()


@pytest.fixture
def open_stand(tmp_path: Path, world: World) -> Iterator[Open]:
    made: list[Stand] = []

    def opened(*outcomes: DoorOutcome) -> Stand:
        made.append(Stand(tmp_path / "kiosk.sqlite", world, outcomes=outcomes))
        return made[-1]

    yield opened
    for each in made:
        each.ledger.close()


def inside(stand: Stand, holder: str) -> int:
    found = stand.ledger.work_now(lambda unit: unit.get("visit", holder, Visit))
    return found[1].inside if found else 0


def told(stand: Stand) -> list[DoorOutcome | None]:
    """What was said of a door, answer by answer."""
    welcomes = [each for each in stand.answers if isinstance(each, WelcomeAnswer)]
    return [each.door.outcome for each in welcomes if each.door]


async def test_a_number_tapped_twice_counts_the_group_once(world: World, open_stand: Open) -> None:
    pass_id, text = party_of(world, 8)
    stand = open_stand()
    asked = await stand.show(text)
    await asyncio.gather(*(stand.desk.answer_party(asked.serial, 3) for _ in range(2)))
    await stand.desk.answer_party(asked.serial, 2)
    await stand.desk.settle()
    assert inside(stand, pass_id) == 3
    assert len(stand.events("visit.Arrived/1")) == 1


async def test_a_remedy_tapped_twice_is_taken_once(world: World, open_stand: Open) -> None:
    pass_id, text = party_of(world, 8)
    stand = open_stand()
    asked = await stand.show(text)
    await stand.desk.answer_party(asked.serial, 9)
    refused = stand.answers[-1]
    assert isinstance(refused, RefusalAnswer)
    acts = [getattr(remedy, "act", None) for remedy in refused.refused.remedies]
    fewer = acts.index(EnterFewer(8))
    await asyncio.gather(*(stand.desk.choose(refused.serial, fewer) for _ in range(2)))
    await stand.desk.settle()
    assert inside(stand, pass_id) == 8
    assert isinstance(stand.answers[-1], WelcomeAnswer)
    assert len(stand.events("visit.EntryRefused/1")) == 1


async def test_leaving_tapped_twice_is_one_goodbye(world: World, open_stand: Open) -> None:
    _, text = world.issue(GrantKind.MEMBERSHIP, world.person_id, world.person_id)
    stand = open_stand()
    welcome = await stand.show(text)
    await asyncio.gather(*(stand.desk.leave(welcome.serial) for _ in range(2)))
    goodbyes = [each for each in stand.answers if isinstance(each, GoodbyeAnswer)]
    assert [each.was_inside for each in goodbyes] == [True]
    assert len(stand.events("visit.Departed/1")) == 1


@pytest.mark.parametrize("first", [DoorOutcome.OPENED, DoorOutcome.JAMMED])
async def test_a_second_scan_tells_of_its_own_door_only(
    world: World, open_stand: Open, first: DoorOutcome
) -> None:
    _, text = world.issue(GrantKind.MEMBERSHIP, world.person_id, world.person_id)
    stand = open_stand(first, DoorOutcome.ALREADY_OPEN)
    await stand.show(text)
    await stand.show(text)
    assert told(stand) == [None, first, None, DoorOutcome.ALREADY_OPEN]


async def test_a_second_scan_while_the_door_is_asked_hears_its_answer(
    world: World, open_stand: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, text = world.issue(GrantKind.MEMBERSHIP, world.person_id, world.person_id)
    stand, answered = open_stand(), asyncio.Event()
    lock_answers = stand.locks.open

    async def open_slowly(door: Door, command_id: str) -> DoorOutcome:
        await answered.wait()
        return await lock_answers(door, command_id)

    monkeypatch.setattr(stand.locks, "open", open_slowly)
    await stand.desk.code(text)
    await stand.desk.code(text)
    answered.set()
    await stand.desk.settle()
    newest = stand.answers[-1]
    assert told(stand) == [None, None, DoorOutcome.OPENED]
    assert newest.serial == max(each.serial for each in stand.answers)
    assert len(stand.locks.commands) == 1


async def test_a_second_scan_asks_the_kiosks_own_door_even_after_the_other_way(
    world: World, open_stand: Open
) -> None:
    _, text = world.issue(GrantKind.MEMBERSHIP, world.person_id, world.person_id)
    stand = open_stand(DoorOutcome.JAMMED)
    welcome = await stand.show(text)
    await stand.desk.use_other_door(welcome.serial)
    await stand.desk.settle()
    await stand.show(text)
    doors = [door_id for door_id, _ in stand.locks.commands]
    assert doors == [world.front, world.courtyard, world.front]


async def test_a_pass_for_one_entry_is_not_told_twice_that_the_door_is_open(
    world: World, open_stand: Open
) -> None:
    _, text = world.issue(GrantKind.BOOKING, world.booking_id, None, entry=Entry.ONCE)
    stand = open_stand()
    await stand.show(text)
    again = await stand.show(text)
    assert isinstance(again, WelcomeAnswer)
    assert again.door is None
