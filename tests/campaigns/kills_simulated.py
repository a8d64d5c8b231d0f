"""The kill campaign in simulated time: a kiosk that dies up to three times a day, many days.

`python -m tests.campaigns kills_simulated --count 500 --seed 1`; nothing real is started.
"""

from dataclasses import dataclass
from random import Random

from tests.end_to_end.simulation.log_link import Line
from tests.end_to_end.simulation.mortal import Mortal
from tests.end_to_end.simulation.spend_day import spend_day


@dataclass(frozen=True, slots=True)
class SimulatedSummary:
    """`broken` names each day that did not hold by what it takes to live it again."""

    days: int
    deaths: int
    broken_lines: int
    broken: list[str]


def run_simulated_kill_campaign(days: int = 500, seed: int = 1) -> SimulatedSummary:
    """Each day: up to three deaths at random instants, a call that breaks, other delays."""
    chance = Random(seed)
    deaths, lines, broken = 0, 0, []
    for _ in range(days):
        instants = [chance.randint(1, 130) for _ in range(chance.randint(0, 3))]
        line_seed, at = chance.randrange(10**6), chance.randint(1, 130)
        after = chance.random() < 0.6
        mortals = [*(Mortal(instant) for instant in instants), Mortal()]
        line = Line(line_seed, at, after=after)
        wrong = spend_day(mortals, line)
        deaths += sum(mortal.dead for mortal in mortals)
        lines += line.calls >= at
        if wrong:
            broken.append(f"{instants}, Line({line_seed}, {at}, after={after}): {wrong[0]}")
    return SimulatedSummary(days, deaths, lines, broken)
