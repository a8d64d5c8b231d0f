"""A scripted day at the simulated kiosk: arrivals, parties, departures, a line that is cut."""

import asyncio
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from domain.passes import GrantKind
from domain.person import Person
from domain.membership import Membership
from kiosk.services.answers import PartyQuestion, WelcomeAnswer
from tests.end_to_end.simulation.jumping_loop import LoopClocks
from tests.end_to_end.simulation.life import Act, Life, Witness
from tests.end_to_end.simulation.log_link import Line
from tests.end_to_end.simulation.log_server import LogServer
from tests.end_to_end.simulation.mortal import Died, Mortal
from tests.end_to_end.simulation.truth import counted_wrong, lost_or_doubled, unlike
from tests.world import World, party_of, ziegelhof

MEMORY = Path("/dev/shm")
PATIENCE_S = 400.0


@dataclass(frozen=True, slots=True)
class Cast:
    """The house of the day and the codes people hold up."""

    world: World
    member: str
    booking: str
    party: str
    others: tuple[str, ...]


def cast() -> Cast:
    """A house with a member who has booked, a party of eight, and three more members."""
    world = ziegelhof()
    _, member = world.issue(GrantKind.MEMBERSHIP, world.person_id, world.person_id)
    _, booking = world.issue(GrantKind.BOOKING, world.booking_id, world.person_id)
    _, party = party_of(world, 8)
    plan = next(subject for kind, subject in world.states if kind == "plan")
    others = []
    for _ in range(3):
        person = world.put("person", world.id(), Person())
        joined = next(s for s in world.states.values() if isinstance(s, Membership))
        world.put("membership", world.id(), replace(joined, person_id=person, plan_id=plan))
        others.append(world.issue(GrantKind.MEMBERSHIP, person, person)[1])
    return Cast(world, member, booking, party, tuple(others))


def script(cast: Cast) -> list[Act]:
    """The day, act by act."""
    one, two, three = cast.others
    return [
        _show(cast.member),
        _pass_time(0.1),
        _show(cast.party, 3),
        _show(cast.party, 1),
        _pass_time(1),
        _show(cast.booking),
        _pass_time(70),
        _show(cast.member),
        _leave,
        _cut,
        _show(one),
        _show(cast.party, 2),
        _pass_time(5),
        _show("no code at all"),
        _mend,
        _pass_time(1.5),
        _show(two),
        _show(cast.party, 2),
        _leave,
        _show(three),
        _pass_time(3),
        _show(cast.party, 1),
    ]


def _show(code: str, people: int = 0) -> Act:
    async def act(life: Life) -> None:
        await life.desk.code(code)
        answer = life.answers[-1]
        if isinstance(answer, PartyQuestion) and people:
            await life.desk.answer_party(answer.serial, min(people, answer.room))

    return act


def _pass_time(seconds: float) -> Act:
    async def act(_: Life) -> None:
        await asyncio.sleep(seconds)

    return act


async def _leave(life: Life) -> None:
    welcome = life.answers[-1] if life.answers else None
    if isinstance(welcome, WelcomeAnswer):
        await life.desk.leave(welcome.serial)


async def _cut(life: Life) -> None:
    life.line.cut = True


async def _mend(life: Life) -> None:
    life.line.cut = False


async def spend_day(at: int | None, line: Line) -> tuple[Mortal, list[str]]:
    """The day with a death at instant `at` of it, and all that was wrong in the end."""
    played = cast()
    clocks = LoopClocks(played.world.now)
    server = LogServer(played.world, clocks.wall)
    left, witness, mortal = script(played), Witness(), Mortal(at)
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        folder = Path(name) / "first"
        folder.mkdir()
        life = Life(folder, server, line, mortal, clocks)
        try:
            await _until_evening(life, left, witness)
        except Died:
            life.ledger.left_behind(Path(name) / "second")
            life = Life(Path(name) / "second", server, line, Mortal(), clocks)
            await _until_evening(life, left, witness)
        return mortal, _what_was_wrong(life, witness)


async def _until_evening(life: Life, left: list[Act], witness: Witness) -> None:
    """What is left of the day; then the line is whole and everything comes home."""

    async def come_home(_: Life) -> None:
        if not await life.drained(PATIENCE_S):
            witness.wrong.append(f"never came home in {PATIENCE_S} s")

    await life.live(left, witness)
    await life.live([_mend, come_home], witness)


def _what_was_wrong(life: Life, witness: Witness) -> list[str]:
    if "mismatch" in witness.reports:
        witness.wrong.append("the digest did not match")
    for check in (counted_wrong, lambda unit: unlike(life.server, unit)):
        witness.wrong += life.ledger.peek(check)
    witness.wrong += life.ledger.peek(
        lambda unit: lost_or_doubled(life.server, unit, witness.admitted)
    )
    life.ledger.close()
    return witness.wrong
