"""The instants at which kiosk or server are killed."""

import threading
from collections.abc import Callable
from typing import Final

from tests.campaigns.kills_day import Day
from tests.end_to_end.processes import Process

Aim = Callable[[Day], None]


def _at_any_time(who: str) -> Aim:
    """While people come and go, whatever it is doing just then."""

    def aim(day: Day) -> None:
        timer = threading.Timer(day.chance.uniform(0, 0.5), _victim(day, who).kill)
        timer.start()
        while timer.is_alive() and day.people.act(day.kiosk):
            pass
        timer.join()

    return aim


def _after(what: str, who: str, longest_s: float) -> Aim:
    """With the server in reach: as soon as the kiosk says something, or a moment later."""

    def aim(day: Day) -> None:
        day.wait_online()
        for _ in range(8):
            said = day.people.act(day.kiosk, until=what)
            if said is None or said["what"] == what:
                break
        _let_pass(day.chance.uniform(0, longest_s))
        _victim(day, who).kill()

    return aim


def _in_its_snapshot(day: Day) -> None:
    """A kiosk that has never pulled: between hello and the last page."""
    day.wait_online()
    _let_pass(day.chance.uniform(0, 0.05))
    day.kiosk.kill()


def _in_hello(day: Day) -> None:
    """Killed twice: and again at the hello of its next life."""
    day.kiosk.kill()
    day.start_kiosk(day.house.start_driven_kiosk)
    _in_its_snapshot(day)


def _at_its_camera(day: Day) -> None:
    """The kiosk as it is installed, with codes held up to its camera."""
    day.kiosk.kill()
    day.start_kiosk(day.house.start_kiosk)
    day.kiosk.wait_for(lambda line: line["what"] == "status" and line["camera"])
    day.people.show_to_camera(day.house, day.kiosk, day.chance.randint(1, 3))
    _let_pass(day.chance.uniform(0, 0.1))
    day.kiosk.kill()


def _victim(day: Day, who: str) -> Process:
    return day.kiosk if who == "kiosk" else day.server


def _let_pass(seconds: float) -> None:
    threading.Event().wait(seconds)


FIRST_AIM: Final = "kiosk in its snapshot"
AIMS: Final[dict[str, Aim]] = {
    "kiosk at any time": _at_any_time("kiosk"),
    "server at any time": _at_any_time("server"),
    "kiosk after an answer": _after("answer", "kiosk", 0.003),
    "server after an answer": _after("answer", "server", 0.003),
    "kiosk in a push": _after("answer", "kiosk", 0.06),
    "server in a push": _after("answer", "server", 0.06),
    "kiosk in a pull": _after("sent", "kiosk", 0.03),
    "server in a pull": _after("sent", "server", 0.03),
    "kiosk in a door": _after("screen", "kiosk", 0.01),
    "kiosk in its hello": _in_hello,
    "kiosk at its camera": _at_its_camera,
    FIRST_AIM: _in_its_snapshot,
}
