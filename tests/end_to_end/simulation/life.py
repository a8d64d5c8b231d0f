"""One life of a kiosk in process: its real services from start to end, over a `LogServer`."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from kiosk.services.clock import Clocks, HonestClock
from kiosk.services.identity import Identity
from kiosk.services.patience import Patience
from ledger.kiosk import outbox, pages
from ledger.seal import SigningKey
from tests.end_to_end.kiosk_parts import Chosen, KioskParts
from tests.end_to_end.simulation.log_link import Line, LogLink
from tests.end_to_end.simulation.log_server import LogServer
from tests.end_to_end.simulation.mortal import Died, Mortal, MortalLedger
from tests.end_to_end.simulation.truth import counted_wrong

Act = Callable[["Life"], Awaitable[None]]


@dataclass(slots=True)
class Witness:
    """What people were told in all lives: events behind a welcome, and what went wrong."""

    admitted: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)


class Life:
    """Lives on the files in `folder` until its script is done, or until it dies."""

    def __init__(
        self, folder: Path, server: LogServer, line: Line, mortal: Mortal, clocks: Clocks
    ) -> None:
        world = server.world
        self.server, self.line, self.mortal = server, line, mortal
        self.ledger = MortalLedger(folder / "kiosk.sqlite", mortal)
        self.clock = HonestClock(clocks, None)
        identity = Identity("kiosk", world.site_id, 256, world.house.public_hex, 0, "")
        link = LogLink(server, line, mortal)
        key = SigningKey(bytes(32))
        chosen = Chosen(self.ledger, link, self.clock, identity, key, world.front)
        parts = KioskParts(chosen, self._report, Patience(Random(1)))
        self.desk, self.sync, self.answers = parts.desk, parts.sync, parts.answers
        self._doors = parts.doors

    async def live(self, script: list[Act], witness: Witness) -> None:
        """Do what is left of the script, each act once; raises Died."""
        self._witness = witness
        self.mortal.on_instant = self._look
        asyncio.get_running_loop().set_exception_handler(_unless_died)
        jobs = (self._act(script), self.sync.run(), self._death())
        tasks = [asyncio.ensure_future(job) for job in jobs]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done():
                    task.result()
        finally:
            for task in tasks:
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*tasks, self.desk.settle(), return_exceptions=True)
        if self.mortal.dead:
            raise Died

    async def drained(self, patience_s: float) -> bool:
        """Wait until nothing is left to send and all that is known is here."""
        until = self.clock.monotonic_s() + patience_s
        while self.clock.monotonic_s() < until:
            if self._even():
                return True
            await asyncio.sleep(0.5)
        return False

    async def _act(self, script: list[Act]) -> None:
        await self._doors.close_the_past()
        while script:
            await script.pop(0)(self)

    async def _death(self) -> None:
        died = asyncio.Event()
        self.mortal.on_death = died.set
        await died.wait()
        raise Died

    def _even(self) -> bool:
        def look(unit: Any) -> bool:
            behind = any(
                pages.cursor(unit, name).seq != stream.head
                for name, stream in self.server.streams.items()
            )
            overlaid = unit.db.execute("SELECT count(*) FROM overlay").fetchone() != (0,)
            return not behind and not overlaid and outbox.unsent(unit) == 0

        return self.ledger.peek(look)

    def _look(self) -> None:
        if not self._witness.wrong:
            self._witness.wrong += self.ledger.peek(counted_wrong)

    def _report(self, what: str, **facts: Any) -> None:
        """As the screen: whoever reads this was told so, and nothing may take it back."""
        self._witness.reports.append(what)
        if what != "answer":
            return
        if facts["outcome"] == "admitted":
            self._witness.admitted += facts["event_ids"]
        self.mortal.instant("told")


def _unless_died(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Tasks that ended with their process are no news."""
    if not isinstance(context.get("exception"), Died):
        loop.default_exception_handler(context)
