"""The door campaign: random people, faults and attacks on many locks; nothing may open late.

`python -m tests.campaigns doors --runs 1000` on demand; a test runs a small sample.
"""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from domain.door import CHALLENGE_TTL_S, LAST_OPENING_S, DoorOutcome
from doors.locks import MqttLocks
from installers.broker import RunningBroker
from tests.campaigns.door_acts import DoorActs, Told
from tests.campaigns.door_house import PATIENCE_S, DoorHouse, Simulator, certificate, door_of

TOLD_WITHIN_S = 4.0
STALE_S = 1.0
"""What is still under way at the end gets this long to do its worst."""
_OPEN = (DoorOutcome.OPENED, DoorOutcome.ALREADY_OPEN)
_SHUT = (DoorOutcome.JAMMED, DoorOutcome.NOT_CONNECTED, DoorOutcome.REJECTED)


@dataclass(frozen=True, slots=True)
class DoorSummary:
    """What a campaign saw; `broken` lists every promise that did not hold."""

    people: int
    acts: dict[str, int]
    outcomes: dict[str, int]
    openings: int
    oldest_challenge_s: float
    latest_opening_s: float
    """From the beginning of the asking to the bolt."""
    slowest_told_s: float
    ignored: dict[str, int]
    broken: list[str]


async def run_door_campaign(
    runs: int = 1000, locks: int = 20, seed: int = 1, *, folder: Path
) -> DoorSummary:
    """Play `runs` acts on `locks` locks in parallel, the broker now and then hanging or dying.

    The locks' wall clocks are an hour off. Everything is drawn from `seed`.
    """
    names = [f"lock-{number:02}" for number in range(locks)]
    house = DoorHouse(folder, names)
    try:
        async with AsyncExitStack() as stack:
            simulator = await stack.enter_async_context(house.simulator(wrong_clock=True))
            signers = await _signers(house, stack)
            intruder = await stack.enter_async_context(house.intruder())
            acts = DoorActs(signers, intruder, simulator)
            await _play(acts, names, runs, seed, house.broker)
            assert await signers["kiosk"].wait_connected(PATIENCE_S)
            ends = [signers["kiosk"].open(door_of(name), f"end-{name}") for name in names]
            await asyncio.gather(*ends)
            return _summary(acts.told, simulator, await simulator.state())
    finally:
        house.broker.stop()


async def _signers(house: DoorHouse, stack: AsyncExitStack) -> dict[str, MqttLocks]:
    """Two that the house certified, and one that certified itself."""
    own = certificate("intruder", house.locks, house="intruder-house")
    return {
        user: await stack.enter_async_context(house.signer(user, shown=shown))
        for user, shown in (("kiosk", None), ("server", None), ("intruder", own))
    }


async def _play(
    acts: DoorActs, names: list[str], runs: int, seed: int, broker: RunningBroker
) -> None:
    ending = asyncio.Event()
    trouble = asyncio.ensure_future(_trouble(broker, Random(seed), ending))
    shares = [runs // len(names) + (number < runs % len(names)) for number in range(len(names))]
    await asyncio.gather(
        *(
            _at_one_lock(acts, name, share, Random(f"{seed} {name}"))
            for name, share in zip(names, shares, strict=True)
        )
    )
    ending.set()
    await trouble
    await asyncio.sleep(STALE_S)


async def _at_one_lock(acts: DoorActs, lock: str, runs: int, chance: Random) -> None:
    for _ in range(runs):
        await acts.play(lock, chance)


async def _trouble(broker: RunningBroker, chance: Random, ending: asyncio.Event) -> None:
    """Every few seconds the broker hangs for a while, or dies and comes back."""
    while not await _passed(chance.uniform(2, 5), ending):
        if chance.random() < 0.3:
            await asyncio.to_thread(broker.kill)
            await asyncio.to_thread(broker.start)
        else:
            broker.pause()
            await _passed(chance.choice([0.2, 0.8, 1.6, 2.4, 3.6]), ending)
            broker.resume()


async def _passed(seconds: float, ending: asyncio.Event) -> bool:
    """Let so much time pass; True as soon as the campaign ends."""
    with suppress(TimeoutError):
        await asyncio.wait_for(ending.wait(), seconds)
    return ending.is_set()


def _summary(told: list[Told], simulator: Simulator, state: list[dict[str, Any]]) -> DoorSummary:
    openings = [each for each in simulator.openings() if not each["command"].startswith("end-")]
    asked = {each.command: each for each in told}
    ignored: Counter[str] = Counter()
    for door in state:
        ignored.update(door["ignored"])
    after = [o["at_monotonic_s"] - asked[o["command"]].began_s for o in openings]
    return DoorSummary(
        people=len(told),
        acts=dict(Counter(each.act for each in told).most_common()),
        outcomes=dict(Counter(str(each.outcome) for each in told).most_common()),
        openings=len(openings),
        oldest_challenge_s=max((o["challenge_age_s"] for o in openings), default=0.0),
        latest_opening_s=round(max(after, default=0.0), 3),
        slowest_told_s=round(max(each.told_s - each.began_s for each in told), 3),
        ignored=dict(ignored.most_common()),
        broken=_broken(asked, openings),
    )


def _broken(asked: dict[str, Told], openings: list[dict[str, Any]]) -> list[str]:
    broken = []
    opened = Counter(opening["command"] for opening in openings)
    for opening in openings:
        told = asked.get(opening["command"])
        if told is None or told.act == "uncertified":
            broken.append(f"opened without a right: {opening}")
            continue
        if opening["challenge_age_s"] > min(CHALLENGE_TTL_S, opening["lives_s"]):
            broken.append(f"opened after the command's life: {opening}")
        if opening["at_monotonic_s"] > told.began_s + LAST_OPENING_S:
            broken.append(f"opened late: {opening} for {told}")
        if told.outcome in _SHUT:
            broken.append(f"opened, but told otherwise: {told}")
    broken += [f"opened {times} times: {command}" for command, times in opened.items() if times > 1]
    for told in asked.values():
        if told.outcome in _OPEN and not opened[told.command]:
            broken.append(f"told open, but was not: {told}")
        if told.told_s - told.began_s > TOLD_WITHIN_S:
            broken.append(f"told too late: {told}")
    return broken
