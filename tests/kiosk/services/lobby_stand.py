"""A desk on a real ledger with a simulated clock and locks that answer as told."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from domain.door import Door, DoorCertificate, DoorOutcome, LockStatus
from kiosk.services.answers import Answer
from kiosk.services.clock import HonestClock
from kiosk.services.desk import Desk, Surroundings
from kiosk.services.doors import Doors
from kiosk.services.report import silent
from kiosk.services.scan import Place
from ledger.kiosk import KioskLedger, names, pages
from tests.world import World


class SimulatedClocks:
    """A wall clock and a monotonic clock that move only when told."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._monotonic_s = 1000.0

    def wall(self) -> datetime:
        return self._now

    def monotonic_s(self) -> float:
        return self._monotonic_s

    def boot_id(self) -> str:
        return "boot"

    def pass_time(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._monotonic_s += seconds


class ToldLocks:
    """The Locks port, answering each command with the next outcome it was told."""

    def __init__(self, outcomes: Iterable[DoorOutcome] = ()) -> None:
        self.commands: list[tuple[str, str]] = []
        self._outcomes = list(outcomes)
        self.before_answer: Callable[[], None] = lambda: None

    async def start(self) -> None: ...
    async def stop(self) -> None: ...

    async def open(self, door: Door, command_id: str) -> DoorOutcome:
        self.commands.append((door.id, command_id))
        await asyncio.sleep(0)
        self.before_answer()
        return self._outcomes.pop(0) if self._outcomes else DoorOutcome.OPENED

    def use_certificate(self, certificate: DoorCertificate) -> None: ...
    def use_doors(self, doors: Iterable[Door]) -> None: ...
    def connected(self) -> bool:
        return True

    def status(self, lock: str) -> LockStatus:
        return LockStatus(online=True, last_result=None)

    def on_change(self, listener: Callable[[str, str], None]) -> None: ...


class Stand:
    """One kiosk's services over a world, with every answer they gave."""

    def __init__(
        self, path: Path, world: World, *, outcomes: Iterable[DoorOutcome] = (), doors: bool = True
    ) -> None:
        self.world = world
        self.clocks = SimulatedClocks(world.now)
        self.clock = HonestClock(self.clocks, None)
        self.ledger = KioskLedger(path)
        self.locks = ToldLocks(outcomes)
        self.answers: list[Answer] = []
        self.offline = True
        self.seal = names.NameSeal("11" * 32)
        self.pull()
        around = Surroundings(lambda: self.offline, lambda: self.seal, lambda: None)
        place = Place(world.site_id, world.front if doors else None)
        at_doors = Doors(self.ledger, self.locks, self.clock, world.site_id) if doors else None
        self.desk = Desk(self.ledger, self.clock, place, at_doors, around, silent)
        self.desk.on_answer(self.answers.append)

    def pull(self) -> None:
        """What the world is comes down to the kiosk, as a snapshot does."""
        for page in self.world.pages():
            self.ledger.work_now(lambda unit, page=page: pages.apply_snapshot_page(unit, page))

    async def show(self, text: str) -> Answer:
        """Hold up a code and wait until its door has answered."""
        await self.desk.code(text)
        await self.desk.settle()
        return self.answers[-1]

    def events(self, kind: str) -> list[str]:
        """Bodies of the events of a kind, oldest first."""
        return self.ledger.work_now(
            lambda unit: [
                body
                for (body,) in unit.db.execute(
                    "SELECT body FROM event WHERE kind = ? ORDER BY position", (kind,)
                )
            ]
        )
