"""One window with a desk behind it, and the scenes that can be played on it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEventLoop

from domain.access.outcomes import Reason
from domain.door import DoorOutcome
from kiosk.services.answers import Answer, HomeFacts, KioskStatus, NotStoredAnswer
from kiosk.ui.bridge import Bridge
from kiosk.ui.settings import WindowSettings
from kiosk.ui.window import KioskWindow
from tests.kiosk.ui import samples
from tests.kiosk.ui.desk_double import DeskDouble, LoopThread
from tests.kiosk.ui.lobby import newest_lobby

SIZES = ((1280, 800), (1920, 1080), (800, 1280), (1080, 1920))


def wait_for(condition: Callable[[], bool], timeout_s: float = 10) -> None:
    """Run the window's events until `condition` holds; AssertionError if it never does."""
    until = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < until, "what was waited for did not happen"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)


async def _nothing() -> None:
    """Comes back when all that was asked before has been done."""


@dataclass(frozen=True)
class Stage:
    """A kiosk with its desk, ready to play scenes."""

    kiosk: KioskWindow
    desk: DeskDouble
    thread: LoopThread

    def settle(self) -> None:
        """All that was said has crossed both ways, and the window is laid out and drawn."""
        back: list[object] = []
        self.kiosk.bridge.call(_nothing(), back.append)
        wait_for(lambda: len(back) == 1)
        self.kiosk.window.grabWindow()

    def home(self, home: HomeFacts, status: KioskStatus) -> None:
        """Back at rest in this house."""
        self.desk.tell_home(home)
        self.desk.tell_status(status)
        self.settle()
        self.kiosk.conversation.go_home()

    def tell(self, answer: Answer, status: KioskStatus = samples.FINE) -> None:
        """The desk says this at rest, as if nothing was said before."""
        self.home(samples.BARE_HOME if status is samples.BARE else samples.HOME, status)
        self.kiosk.conversation.forget()
        self.desk.tell(answer)
        self.settle()

    def type_code(
        self, text: str, *, leaving: bool = False, wrong: bool = False, too_often: bool = False
    ) -> None:
        """Somebody types, and is perhaps not known, or not even looked up."""
        self.home(samples.HOME, samples.FINE)
        self.kiosk.conversation.forget()
        self.kiosk.conversation.open_code(leaving)
        for character in text:
            self.kiosk.conversation.key(character)
        if wrong:
            self.kiosk.conversation.confirm()
            self.settle()
            self.desk.tell(samples.refusal(Reason.UNKNOWN_CODE))
        if too_often:
            self.desk.looks_up = False
            self.kiosk.conversation.confirm()
            self.settle()
            self.desk.looks_up = True
        self.settle()

    def close(self) -> None:
        """Window first, then the loop."""
        self.kiosk.close()
        self.thread.stop()


def make_stage(size: tuple[int, int] = (1280, 800), **settings: object) -> Stage:
    """A window of this size with settings of `WindowSettings`; still unless told otherwise."""
    given = {"theme": "light", "reduced_motion": True, "full_screen": False, **settings}
    thread = LoopThread()
    desk = DeskDouble(samples.HOME, samples.FINE)
    kiosk = KioskWindow(
        desk,
        newest_lobby,
        Bridge(thread.loop),
        WindowSettings(**given),  # type: ignore[arg-type]
        now=lambda: samples.NOW,
    )
    kiosk.window.resize(*size)
    kiosk.window.show()
    stage = Stage(kiosk, desk, thread)
    stage.settle()
    return stage


Scene = Callable[[Stage], None]
SCENES: dict[str, Scene] = {
    "home": lambda s: s.home(samples.HOME, samples.FINE),
    "home-offline": lambda s: s.home(samples.HOME, samples.OFFLINE),
    "home-trouble": lambda s: s.home(samples.HOME, samples.TROUBLE),
    "home-bare": lambda s: s.home(samples.BARE_HOME, samples.BARE),
    "welcome": lambda s: s.tell(samples.welcome()),
    "welcome-opening": lambda s: s.tell(samples.welcome(outcome=None)),
    "welcome-again": lambda s: s.tell(samples.welcome(again=True, place=None)),
    "welcome-house": lambda s: s.tell(samples.welcome(place=None)),
    "welcome-group": lambda s: s.tell(samples.party_welcome()),
    "welcome-bare": lambda s: s.tell(samples.bare_welcome(), samples.BARE),
    "welcome-bare-day": lambda s: s.tell(samples.bare_welcome(place=None), samples.BARE),
    "welcome-long": lambda s: s.tell(samples.welcome(name="Maximiliane Ö.")),
    "expired": lambda s: s.tell(samples.EXPIRED),
    "early": lambda s: s.tell(samples.EARLY),
    "not-paid": lambda s: s.tell(samples.NOT_PAID),
    "wrong-place": lambda s: s.tell(samples.WRONG_PLACE),
    "full": lambda s: s.tell(samples.FULL),
    "expired-bare": lambda s: s.tell(samples.EXPIRED, samples.BARE),
    "jam": lambda s: s.tell(samples.welcome(outcome=DoorOutcome.JAMMED)),
    "no-answer": lambda s: s.tell(samples.welcome(outcome=DoorOutcome.NO_ANSWER)),
    "no-broker": lambda s: s.tell(samples.welcome(outcome=DoorOutcome.NOT_CONNECTED)),
    "group": lambda s: s.tell(samples.PARTY),
    "crowd": lambda s: s.tell(samples.CROWD),
    "goodbye": lambda s: s.tell(samples.GOODBYE),
    "not-stored": lambda s: s.tell(NotStoredAnswer(1)),
    "code": lambda s: s.type_code("7K2QM4"),
    "code-wrong": lambda s: s.type_code("7K2QM4RTV0", wrong=True),
    "code-too-often": lambda s: s.type_code("7K2QM4RTV0", too_often=True),
    "code-leaving": lambda s: s.type_code("", leaving=True),
}
