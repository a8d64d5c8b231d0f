"""At the lobby desk: who is greeted how, and what is on the disk afterwards."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.access import EnterFewer, Reason
from domain.door import DoorOutcome
from domain.door_state import DoorState
from domain.passes import Entry, GrantKind
from domain.sync import NameDown
from domain.visit import Visit
from kiosk.services.answers import (
    GoodbyeAnswer,
    PartyQuestion,
    RefusalAnswer,
    WelcomeAnswer,
)
from kiosk.services.doors import Doors
from ledger.kiosk import names, outbox
from ledger.saw import MAX_SAW_BYTES
from tests.kiosk.services.lobby_stand import Stand
from tests.world import World, party_of, ziegelhof

Open = Callable[..., Stand]


class Crash(Exception):  # noqa: N818
    """The process ends here."""


@pytest.fixture
def world() -> World:
    return ziegelhof()


@pytest.fixture
def stand(tmp_path: Path, world: World) -> Iterator[Open]:
    made: list[Stand] = []

    def open_stand(**of_stand: object) -> Stand:
        made.append(Stand(tmp_path / f"{len(made)}.sqlite", world, **of_stand))  # type: ignore[arg-type]
        return made[-1]

    yield open_stand
    for each in made:
        each.ledger.close()


def visit(stand: Stand, holder: str) -> Visit:
    found = stand.ledger.work_now(lambda unit: unit.get("visit", holder, Visit))
    assert found is not None
    return found[1]


async def test_a_member_with_a_booking_is_greeted_by_name_and_the_door_opens(
    world: World, stand: Open
) -> None:
    _, text = world.issue(GrantKind.MEMBERSHIP, world.person_id, world.person_id, site_number=0)
    desk = stand()
    found = [NameDown(world.person_id, "Jana K.")]
    desk.ledger.work_now(lambda unit: names.put_names(unit, found, desk.seal))
    answer = await desk.show(text)
    assert isinstance(answer, WelcomeAnswer)
    assert answer.name == "Jana K."
    assert answer.place is not None
    assert answer.place.name == "Booth 2"
    assert answer.door is not None
    assert answer.door.outcome is DoorOutcome.OPENED
    assert [door for door, _ in desk.locks.commands] == [world.front]
    assert len(desk.events("visit.Arrived/1")) == 1
    assert len(desk.events("booking.BookingClaimed/1")) == 1


async def test_the_command_is_on_the_disk_before_it_is_sent(world: World, stand: Open) -> None:
    _, text = world.issue(GrantKind.BOOKING, world.booking_id, world.person_id)
    desk = stand()
    waiting: list[object] = []

    def look() -> None:
        found = desk.ledger.work_now(lambda unit: unit.get("door", world.front, DoorState))
        waiting.append(found and found[1].waiting_for)

    desk.locks.before_answer = look
    await desk.show(text)
    assert waiting == [desk.locks.commands[0][1]]


async def test_back_from_lunch_opens_again_and_counts_once(world: World, stand: Open) -> None:
    _, text = world.issue(GrantKind.MEMBERSHIP, world.person_id, world.person_id)
    desk = stand()
    for round_ in range(5):
        answer = await desk.show(text)
        assert isinstance(answer, WelcomeAnswer)
        assert answer.admitted.again is (round_ > 0)
        desk.clocks.pass_time(61)
    assert len(desk.locks.commands) == 5
    assert visit(desk, world.person_id).inside == 1


async def test_the_same_pass_within_a_minute_gets_the_first_answer_without_a_new_event(
    world: World, stand: Open
) -> None:
    _, text = world.issue(GrantKind.MEMBERSHIP, world.person_id, world.person_id)
    desk = stand()
    first = await desk.show(text)
    desk.clocks.pass_time(30)
    second = await desk.show(text)
    assert isinstance(first, WelcomeAnswer)
    assert isinstance(second, WelcomeAnswer)
    assert second.serial > first.serial
    assert second.admitted == first.admitted
    assert len(desk.events("visit.Arrived/1")) == 1
    assert len(desk.locks.commands) == 2


async def test_a_once_pass_within_a_minute_shows_the_answer_and_commands_no_door(
    world: World, stand: Open
) -> None:
    _, text = world.issue(GrantKind.BOOKING, world.booking_id, None, entry=Entry.ONCE)
    desk = stand()
    await desk.show(text)
    await desk.show(text)
    assert len(desk.locks.commands) == 1
    desk.clocks.pass_time(61)
    refused = await desk.show(text)
    assert isinstance(refused, RefusalAnswer)
    assert refused.refused.reason is Reason.ALREADY_USED


async def test_a_party_is_asked_how_many_and_the_ninth_gets_its_remedies(
    world: World, stand: Open
) -> None:
    pass_id, text = party_of(world, 8)
    desk = stand()
    asked = await desk.show(text)
    assert isinstance(asked, PartyQuestion)
    assert (asked.here, asked.party, asked.room) == (0, 8, 8)
    await desk.desk.answer_party(asked.serial, 3)
    again = await desk.show(text)
    assert isinstance(again, PartyQuestion)
    assert (again.here, again.room) == (3, 5)
    await desk.desk.answer_party(again.serial, 6)
    refused = desk.answers[-1]
    assert isinstance(refused, RefusalAnswer)
    assert refused.refused.reason is Reason.PARTY_FULL
    kinds = [getattr(remedy, "act", None) for remedy in refused.refused.remedies]
    assert EnterFewer(5) in kinds
    await desk.desk.choose(refused.serial, kinds.index(EnterFewer(5)))
    await desk.desk.settle()
    assert visit(desk, pass_id).inside == 8
    full = await desk.show(text)
    assert isinstance(full, RefusalAnswer)
    assert full.refused.reason is Reason.PARTY_FULL


async def test_leaving_lets_the_same_pass_in_again(world: World, stand: Open) -> None:
    _, text = world.issue(GrantKind.MEMBERSHIP, world.person_id, world.person_id)
    desk = stand()
    answer = await desk.show(text)
    await desk.desk.leave(answer.serial)
    assert isinstance(desk.answers[-1], GoodbyeAnswer)
    assert visit(desk, world.person_id).inside == 0
    back = await desk.show(text)
    assert isinstance(back, WelcomeAnswer)
    assert back.admitted.again
    await desk.desk.expect_leaving(True)
    bye = await desk.show(text)
    assert isinstance(bye, GoodbyeAnswer)
    assert bye.was_inside


async def test_a_short_code_works_and_five_wrong_ones_stop_looking(
    world: World, stand: Open
) -> None:
    world.issue(GrantKind.BOOKING, world.booking_id, world.person_id, short="ABCDE12345")
    desk = stand()
    assert await desk.desk.type_code("abcde-12345")
    assert isinstance(desk.answers[-1], WelcomeAnswer)
    for _ in range(5):
        assert await desk.desk.type_code("VVVVVVVVVV")
    desk.clocks.pass_time(30)
    said = len(desk.answers)
    assert not await desk.desk.type_code("ABCDE12345"), "the right one is not refused as unknown"
    assert len(desk.answers) == said
    desk.clocks.pass_time(61)
    assert await desk.desk.type_code("ABCDE12345")
    assert isinstance(desk.answers[-1], WelcomeAnswer)
    await desk.desk.settle()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.UNKNOWN_CODE),
        ("https://example.org/?q=<script>", Reason.UNKNOWN_CODE),
        ("🙂" * 40, Reason.UNKNOWN_CODE),
        ("F1" + "0" * 10_000, Reason.UNKNOWN_CODE),
        ("F1" + "0" * 167, Reason.UNKNOWN_VERSION),
    ],
)
async def test_other_codes_get_their_reason_and_open_nothing(
    stand: Open, text: str, reason: Reason
) -> None:
    desk = stand()
    answer = await desk.show(text)
    assert isinstance(answer, RefusalAnswer)
    assert answer.refused.reason is reason
    assert desk.locks.commands == []


async def test_a_booking_made_after_the_line_was_cut_admits_by_the_pass_alone(
    world: World, stand: Open
) -> None:
    desk = stand()
    fresh = world.now + timedelta(minutes=1)
    _, text = world.issue(
        GrantKind.BOOKING, world.id(), world.person_id, known=False, issued_at=fresh
    )
    desk.clocks.pass_time(120)
    answer = await desk.show(text)
    assert isinstance(answer, WelcomeAnswer)
    assert answer.admitted.pass_only
    assert answer.name is None


async def test_a_pass_that_went_with_its_person_is_revoked(world: World, stand: Open) -> None:
    _, text = world.issue(GrantKind.MEMBERSHIP, world.person_id, world.person_id)
    desk = stand()
    del world.states["person", world.person_id]
    desk.pull()
    answer = await desk.show(text)
    assert isinstance(answer, RefusalAnswer)
    assert answer.refused.reason is Reason.REVOKED


async def test_a_site_without_doors_answers_and_commands_nothing(
    tmp_path: Path,
) -> None:
    world = ziegelhof(doors=False)
    _, text = world.issue(GrantKind.BOOKING, world.booking_id, world.person_id)
    desk = Stand(tmp_path / "k.sqlite", world, doors=False)
    answer = await desk.show(text)
    assert isinstance(answer, WelcomeAnswer)
    assert answer.door is None
    assert desk.events("door.DoorAsked/1") == []
    desk.ledger.close()


async def test_a_crash_after_sending_is_unknown_and_never_repeated(
    world: World, stand: Open, tmp_path: Path
) -> None:
    _, text = world.issue(GrantKind.BOOKING, world.booking_id, world.person_id)
    desk = stand()

    def crash() -> None:
        raise Crash

    desk.locks.before_answer = crash
    with pytest.raises(Crash):
        await desk.show(text)
    desk.locks.before_answer = lambda: None
    doors = Doors(desk.ledger, desk.locks, desk.clock, world.site_id)
    assert await doors.close_the_past() == 1
    found = desk.ledger.work_now(lambda unit: unit.get("door", world.front, DoorState))
    assert found is not None
    assert found[1] == replace(found[1], last=DoorOutcome.UNKNOWN, waiting_for=None)
    assert len(desk.locks.commands) == 1
    assert await doors.close_the_past() == 0


async def test_a_member_with_very_many_bookings_is_recorded_within_two_kibibytes(
    world: World, stand: Open
) -> None:
    booking = world.states["booking", world.booking_id]
    for _ in range(40):
        world.put("booking", world.id(), booking)
    _, text = world.issue(GrantKind.MEMBERSHIP, world.person_id, world.person_id)
    desk = stand()
    assert isinstance(await desk.show(text), WelcomeAnswer)
    (event,) = [
        each for each in desk.ledger.work_now(outbox.next_push) if each.kind == "visit.Arrived/1"
    ]
    assert event.decision is not None
    assert len(event.decision.saw.encode()) <= MAX_SAW_BYTES


async def test_a_right_that_ended_within_the_minute_is_not_welcomed_again(
    world: World, stand: Open
) -> None:
    _, text = world.issue(GrantKind.BOOKING, world.booking_id, world.person_id)
    desk = stand()
    desk.clocks.pass_time(65 * 60 - 5)
    assert isinstance(await desk.show(text), WelcomeAnswer)
    desk.clocks.pass_time(25)
    refused = await desk.show(text)
    assert isinstance(refused, RefusalAnswer)
    assert refused.refused.reason is Reason.EXPIRED
    assert len(desk.locks.commands) == 1


async def test_who_waited_as_told_is_let_in_within_the_minute(world: World, stand: Open) -> None:
    booking = world.states["booking", world.booking_id]
    later = world.now + timedelta(minutes=15, seconds=5)
    moved = replace(booking, starts=later, ends=later + timedelta(hours=1))
    world.put("booking", world.booking_id, moved)
    _, text = world.issue(GrantKind.BOOKING, world.booking_id, world.person_id)
    desk = stand()
    assert isinstance(await desk.show(text), RefusalAnswer)
    desk.clocks.pass_time(10)
    assert isinstance(await desk.show(text), WelcomeAnswer)
