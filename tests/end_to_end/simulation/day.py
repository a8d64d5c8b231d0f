"""A scripted day at the simulated kiosk: arrivals, parties, departures, a line that is cut."""

import asyncio
from dataclasses import dataclass, replace

from domain.membership import Membership
from domain.passes import GrantKind
from domain.person import Person
from kiosk.services.answers import PartyQuestion, WelcomeAnswer
from tests.end_to_end.simulation.life import Act, Life
from tests.world import World, party_of, ziegelhof


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
    joined = next(state for state in world.states.values() if isinstance(state, Membership))
    others = []
    for _ in range(3):
        person = world.put("person", world.id(), Person())
        world.put("membership", world.id(), replace(joined, person_id=person))
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
        cut,
        _show(one),
        _show(cast.party, 2),
        _pass_time(5),
        _show("no code at all"),
        mend,
        _pass_time(1.5),
        _show(two),
        _show(cast.party, 2),
        _leave,
        _show(three),
        _pass_time(3),
        _leave,
        cut,
        _show(cast.party, 1),
        _show(one),
        _show("nor is this"),
        _pass_time(0.5),
        mend,
        *_trickle(cast.party, 6),
    ]


def _trickle(code: str, times: int) -> list[Act]:
    """One goes and one comes, again and again, while kiosk and server find each other."""
    return [act for _ in range(times) for act in (_show(code, 1), _leave, _pass_time(0.5))]


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


async def cut(life: Life) -> None:
    life.line.cut = True


async def mend(life: Life) -> None:
    life.line.cut = False
