"""Commands to doors that a crash left without an answer: each is told once, none is repeated."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.door import Door, DoorOutcome
from domain.door_state import DoorAnswered, DoorState
from domain.site import Site
from kiosk.services.doors import Doors
from ledger.codec import decode_event
from ledger.kiosk import KioskLedger
from tests.kiosk.services.lobby_stand import Stand
from tests.ledger.kiosk.held import held
from tests.world import World, ziegelhof


class Crash(Exception):  # noqa: N818
    """The process ends here."""


@pytest.fixture
def world() -> World:
    return ziegelhof()


@pytest.fixture
def stand(tmp_path: Path, world: World) -> Iterator[Stand]:
    made = Stand(tmp_path / "kiosk.sqlite", world)
    yield made
    made.ledger.close()


@pytest.fixture
def doors(stand: Stand, world: World) -> Doors:
    return Doors(stand.ledger, stand.locks, stand.clock, world.site_id)


def door(world: World, door_id: str) -> Door:
    site: Site = world.states["site", world.site_id]
    found = site.door(door_id)
    assert found is not None
    return found


def answers(ledger: KioskLedger) -> list[tuple[str, str, DoorOutcome]]:
    """(door, command, outcome) of every answer on the disk, oldest first."""
    rows = ledger.work_now(
        lambda unit: unit.db.execute(
            "SELECT subject, kind, body FROM event WHERE kind = 'door.DoorAnswered/1'"
            " ORDER BY position"
        ).fetchall()
    )
    found = []
    for subject, kind, body in rows:
        answered = decode_event(kind, body)
        assert isinstance(answered, DoorAnswered)
        found.append((subject, answered.command_id, answered.outcome))
    return found


async def ask_and_crash(doors: Doors, stand: Stand, door_: Door) -> str:
    """The command was sent; the process ends before the lock has answered."""

    def crash() -> None:
        raise Crash

    command_id = await doors.ask(door_, offline=True)
    stand.locks.before_answer = crash
    with pytest.raises(Crash):
        await doors.open(door_, command_id, offline=True)
    stand.locks.before_answer = lambda: None
    return command_id


async def test_two_commands_at_one_door_are_both_told_as_unknown_and_only_once(
    doors: Doors, stand: Stand, world: World
) -> None:
    front = door(world, world.front)
    first = await ask_and_crash(doors, stand, front)
    second = await doors.ask(front, offline=True)
    assert await doors.close_the_past() == 2
    unknown = DoorOutcome.UNKNOWN
    assert answers(stand.ledger) == [
        (world.front, first, unknown),
        (world.front, second, unknown),
    ]
    state = stand.ledger.work_now(lambda unit: unit.get("door", world.front, DoorState))
    assert state is not None
    assert (state[1].last, state[1].waiting_for) == (unknown, None)
    assert await doors.close_the_past() == 0
    assert len(answers(stand.ledger)) == 2
    assert len(stand.locks.commands) == 1


async def test_a_command_that_was_answered_is_left_alone(
    doors: Doors, stand: Stand, world: World
) -> None:
    front, courtyard = door(world, world.front), door(world, world.courtyard)
    before = await ask_and_crash(doors, stand, front)
    opened = await doors.ask(front, offline=True)
    await doors.open(front, opened, offline=True)
    other = await ask_and_crash(doors, stand, courtyard)
    assert await doors.close_the_past() == 2
    assert answers(stand.ledger) == [
        (world.front, opened, DoorOutcome.OPENED),
        (world.front, before, DoorOutcome.UNKNOWN),
        (world.courtyard, other, DoorOutcome.UNKNOWN),
    ]


async def test_what_was_told_stays_told_after_the_answers_are_sent_and_dropped(
    doors: Doors, stand: Stand, world: World
) -> None:
    await doors.ask(door(world, world.front), offline=True)
    assert await doors.close_the_past() == 1
    stand.ledger.work_now(lambda unit: unit.db.execute("UPDATE event SET status = 'settled'"))
    assert await doors.close_the_past() == 0


async def test_what_a_lock_answers_is_told_even_if_it_cannot_be_written(
    doors: Doors, stand: Stand, world: World, tmp_path: Path
) -> None:
    front = door(world, world.front)
    command_id = await doors.ask(front, offline=True)
    with held(stand.ledger, tmp_path / "kiosk.sqlite"):
        opening = await doors.open(front, command_id, offline=True)
    assert opening.outcome is DoorOutcome.OPENED
    assert await doors.close_the_past() == 1
