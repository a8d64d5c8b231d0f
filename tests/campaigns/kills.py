"""The kill campaign: kiosk and server die by kill -9 all day long; nothing acknowledged is lost.

`python -m tests.campaigns kills --count 200` on demand; a test runs a few.
"""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.campaigns.kills_aims import AIMS, FIRST_AIM
from tests.campaigns.kills_check import broken
from tests.campaigns.kills_day import Day
from tests.campaigns.kills_people import People, issue_codes
from tests.end_to_end.books import Books
from tests.end_to_end.house import House


@dataclass(frozen=True, slots=True)
class KillSummary:
    """What a campaign saw; `broken` lists every promise that did not hold."""

    kills: dict[str, int]
    acts: int
    acknowledged: int
    events: int
    restart_s: dict[str, float]
    """The slowest restart of each, until it answered."""
    home_s: float
    """How long it took in the end until all was sent and pulled."""
    broken: list[str]


def run_kill_campaign(kills: int = 200, seed: int = 1, *, folder: Path) -> KillSummary:
    """Kill `kills` times, at random and at chosen instants, all drawn from `seed`."""
    house = House(folder, members=40, bookings=10)
    try:
        codes = issue_codes(house)
        house.start_server()
        house.start_broker_and_doors()
        house.start_webcam()
        chance = Random(seed)
        day = Day(house, People(codes, chance), chance)
        day.kill(FIRST_AIM, AIMS[FIRST_AIM])
        for _ in range(1, kills):
            aim = chance.choice(list(AIMS))
            day.kill(aim, AIMS[aim])
        return _summary(day)
    finally:
        house.close()


def _summary(day: Day) -> KillSummary:
    books = Books(day.house.data, day.data)
    try:
        home_s = day.come_home(books)
        acknowledged = day.acknowledged()
        wrong = broken(books, acknowledged, day.house.folder / "openings.jsonl")
        day.house.verify_log()
        return KillSummary(
            kills=dict(sorted(day.kills.items())),
            acts=day.people.acts,
            acknowledged=len(acknowledged),
            events=len(books.kiosk("SELECT id FROM event")),
            restart_s=day.restart_s,
            home_s=home_s,
            broken=wrong,
        )
    finally:
        books.close()
