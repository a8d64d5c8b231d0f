"""The day of the kill campaign: who runs, who died when, and what was said before."""

import time
from collections import Counter
from collections.abc import Callable
from random import Random

from tests.campaigns.kills_check import unanswered
from tests.campaigns.kills_people import People
from tests.end_to_end.books import Books
from tests.end_to_end.house import House
from tests.end_to_end.processes import Line, Process, wait_until

HOME_S = 90.0
"""How long it may take until all is sent and pulled: the longest back-off, and some more."""


class Day:
    """One kiosk and its server; whichever is killed is started again at once."""

    def __init__(self, house: House, people: People, chance: Random) -> None:
        self.house = house
        self.people = people
        self.chance = chance
        self.data = house.enrol("kiosk")
        self.kills: Counter[str] = Counter()
        self.restart_s = {"kiosk": 0.0, "server": 0.0}
        self._said: list[Line] = []
        self._mark = 0
        self.kiosk = house.start_driven_kiosk(self.data)

    @property
    def server(self) -> Process:
        assert self.house.server is not None
        return self.house.server

    def kill(self, name: str, aim: Callable[["Day"], None]) -> None:
        """People come and go, somebody dies as aimed, and is started again."""
        for _ in range(self.chance.randint(0, 3)):
            self.people.act(self.kiosk)
        aim(self)
        self.kills[name] += 1
        began_s = time.monotonic()
        who = "kiosk" if self.kiosk.has_ended else "server"
        if who == "kiosk":
            self.start_kiosk(self.house.start_driven_kiosk)
        else:
            self._mark = len(self.kiosk.lines)
            self.house.start_server()
        took_s = round(time.monotonic() - began_s, 1)
        self.restart_s[who] = max(self.restart_s[who], took_s)

    def start_kiosk(self, start: Callable[..., Process], **how: bool) -> None:
        """The next life of the kiosk, on the same files."""
        self._said += self.kiosk.lines
        self._mark = 0
        self.kiosk = start(self.data, **how)
        self.kiosk.wait_for(lambda line: line["what"] == "started")

    def wait_online(self) -> None:
        """Until the kiosk has said hello since the last restart of either."""
        self.kiosk.wait_for(lambda line: line["what"] == "session", self._mark, HOME_S)

    def acknowledged(self) -> list[str]:
        """Events behind every welcome that was on the screen, in all lives."""
        return [
            id_
            for line in self._said + self.kiosk.lines
            if line["what"] == "answer" and line["outcome"] == "admitted"
            for id_ in line["event_ids"]
        ]

    def come_home(self, books: Books) -> float:
        """Wait until kiosk and server are even; the seconds it took."""
        began_s = time.monotonic()
        wait_until(books.even, "the kiosk never came home", HOME_S)
        wait_until(lambda: not unanswered(books), "the end of a door command was never told")
        wait_until(books.even, "the kiosk never came home", HOME_S)
        return round(time.monotonic() - began_s, 1)
