"""The buttons after a door has failed: try it again, or take the other way."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from domain.access import Do, Reason, UseDoor
from domain.door import DoorOutcome
from domain.passes import GrantKind
from domain.ticket import Ticket, open_tickets
from kiosk.services.answers import RefusalAnswer, WelcomeAnswer
from tests.kiosk.services.lobby_stand import Stand
from tests.world import World, party_of, ziegelhof

Open = Callable[..., Stand]


@pytest.fixture
def world() -> World:
    return ziegelhof()


@pytest.fixture
def stand(tmp_path: Path, world: World) -> Iterator[Open]:
    made: list[Stand] = []

    def open_stand(outcomes: list[DoorOutcome]) -> Stand:
        made.append(Stand(tmp_path / f"{len(made)}.sqlite", world, outcomes=outcomes))
        return made[-1]

    yield open_stand
    for each in made:
        each.ledger.close()


async def test_a_jam_tells_the_other_way_and_opens_one_ticket(world: World, stand: Open) -> None:
    _, text = world.issue(GrantKind.BOOKING, world.booking_id, world.person_id)
    desk = stand(outcomes=[DoorOutcome.JAMMED, DoorOutcome.JAMMED])
    answer = await desk.show(text)
    assert isinstance(answer, WelcomeAnswer)
    assert answer.door is not None
    assert answer.door.other_way is not None
    assert answer.door.other_way.id == world.courtyard
    assert answer.can_retry_door
    await desk.desk.retry_door(answer.serial)
    await desk.desk.settle()
    tickets = open_tickets(desk.ledger.work_now(lambda unit: unit.all("ticket", Ticket)))
    assert [(ticket.what, ticket.times_reported) for _, ticket in tickets] == [("door_jammed", 2)]
    await desk.desk.use_other_door(answer.serial)
    await desk.desk.settle()
    assert desk.locks.commands[-1][0] == world.courtyard


@pytest.mark.parametrize("button", ["retry_door", "use_other_door"])
async def test_an_old_welcome_opens_no_door_once_its_right_has_ended_and_says_why(
    world: World, stand: Open, button: str
) -> None:
    _, text = world.issue(GrantKind.BOOKING, world.booking_id, world.person_id)
    desk = stand(outcomes=[DoorOutcome.JAMMED])
    welcome = await desk.show(text)
    desk.clocks.pass_time(3 * 86400)
    await getattr(desk.desk, button)(welcome.serial)
    await desk.desk.settle()
    assert len(desk.locks.commands) == 1
    refused = desk.answers[-1]
    assert isinstance(refused, RefusalAnswer)
    assert refused.serial > welcome.serial
    assert refused.refused.reason is Reason.EXPIRED
    assert len(desk.events("visit.EntryRefused/1")) == 1
    await getattr(desk.desk, button)(refused.serial)
    assert desk.answers[-1] is refused


async def test_a_door_that_is_not_theirs_is_refused_with_the_one_that_is(
    world: World, stand: Open
) -> None:
    """The courtyard was moved to a zone that the booking's way does not cross."""
    _, text = world.issue(GrantKind.BOOKING, world.booking_id, world.person_id)
    desk = stand(outcomes=[DoorOutcome.JAMMED])
    welcome = await desk.show(text)
    site = world.states["site", world.site_id]
    front, courtyard = site.doors
    moved = replace(site, doors=(front, replace(courtyard, zone=5)))
    world.put("site", world.site_id, moved)
    desk.pull()
    await desk.desk.use_other_door(welcome.serial)
    await desk.desk.settle()
    assert len(desk.locks.commands) == 1
    refused = desk.answers[-1]
    assert isinstance(refused, RefusalAnswer)
    assert refused.refused.reason is Reason.NO_GRANT_FOR_PLACE
    assert Do(UseDoor(world.front)) in refused.refused.remedies


async def test_another_way_is_told_only_to_whom_it_opens(world: World, stand: Open) -> None:
    site = world.states["site", world.site_id]
    front, courtyard = site.doors
    world.put("site", world.site_id, replace(site, doors=(front, replace(courtyard, zone=5))))
    _, text = world.issue(GrantKind.BOOKING, world.booking_id, world.person_id)
    desk = stand(outcomes=[DoorOutcome.JAMMED])
    welcome = await desk.show(text)
    assert isinstance(welcome, WelcomeAnswer)
    assert welcome.door is not None
    assert (welcome.door.outcome, welcome.door.other_way) == (DoorOutcome.JAMMED, None)
    assert welcome.can_retry_door


async def test_a_group_whose_right_has_ended_is_refused_at_its_door_and_not_asked_again(
    world: World, stand: Open
) -> None:
    _, text = party_of(world, 8)
    desk = stand(outcomes=[DoorOutcome.JAMMED])
    asked = await desk.show(text)
    await desk.desk.answer_party(asked.serial, 3)
    await desk.desk.settle()
    welcome = desk.answers[-1]
    desk.clocks.pass_time(3 * 86400)
    await desk.desk.retry_door(welcome.serial)
    refused = desk.answers[-1]
    assert isinstance(refused, RefusalAnswer)
    assert refused.refused.reason is Reason.EXPIRED


@pytest.mark.parametrize("button", ["retry_door", "use_other_door"])
async def test_a_button_tapped_twice_commands_one_door_once(
    world: World, stand: Open, button: str
) -> None:
    _, text = world.issue(GrantKind.BOOKING, world.booking_id, world.person_id)
    desk = stand(outcomes=[DoorOutcome.JAMMED])
    welcome = await desk.show(text)
    tap = getattr(desk.desk, button)
    await asyncio.gather(tap(welcome.serial), tap(welcome.serial))
    await desk.desk.settle()
    assert len(desk.locks.commands) == 2
