"""A house within the test's process: the real server on a movable clock, kiosks over real HTTP.

Cheaper than processes where no process has to die, and days pass when told.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.devices.server_link import HttpServerLink
from kiosk.enrolment import enrol
from kiosk.services import identity as identities
from kiosk.services.answers import Answer
from kiosk.services.clock import HonestClock
from kiosk.services.report import silent
from kiosk.settings import Settings as KioskSettings
from ledger.codec import encode_text
from ledger.kiosk import KioskLedger
from sync_server.admin.acts import carry_out
from sync_server.admin.orders import NewKiosk, SeedDemo
from sync_server.commands.seeding import own_lock_keys
from sync_server.demo.act import seed_demo
from sync_server.house import open_house
from sync_server.main import main
from sync_server.settings import Settings
from tests.end_to_end.books import Books
from tests.end_to_end.kiosk_parts import Chosen, KioskParts
from tests.end_to_end.processes import wait_until
from tests.sync_server.running import MovableClock, RunningServer, running

BERLIN = ZoneInfo("Europe/Berlin")


class NearHouse:
    """The demo house at noon of a Wednesday; its time moves only a little by itself."""

    def __init__(self, folder: Path, ids: Any, server: RunningServer) -> None:
        self.folder, self.ids, self.server = folder, ids, server
        self.clock = server.clock

    def code(self, name: str) -> str:
        return str(self.ids["passes"][name]["code"])

    async def ask(self, act: str, params: Any) -> dict[str, Any]:
        """Have a command carried out, at the time of the house."""
        house = await open_house(self.server.settings, self.clock)
        try:
            answer = await carry_out(house, act, encode_text(params))
        finally:
            await house.close()
        assert isinstance(answer, dict), answer
        return answer

    async def enrol(self, name: str) -> "NearKiosk":
        code = (await self.ask("add-kiosk", NewKiosk(self.ids["site"])))["code"]
        data = self.folder / name
        await enrol(KioskSettings(data, server=self.server.url), code)
        return NearKiosk(self, data)

    def pass_time(self, **passed: float) -> None:
        self.clock.ahead += timedelta(**passed)


class NearKiosk:
    """One kiosk; it is offline until it goes online."""

    def __init__(self, house: NearHouse, data: Path) -> None:
        self._clock = house.clock
        self.ledger = KioskLedger(data / "kiosk.sqlite")
        self.link = HttpServerLink(house.server.url)
        clock = HonestClock(self, None)
        who, key = identities.load(data), identities.key_of(data)
        chosen = Chosen(self.ledger, self.link, clock, who, key, house.ids["door"])
        self.parts = KioskParts(chosen, silent)
        self.books = Books(house.server.settings.data, data)
        self._sync: asyncio.Task[None] | None = None

    def wall(self) -> datetime:
        return self._clock()

    def monotonic_s(self) -> float:
        return (self._clock() - datetime(2026, 1, 1, tzinfo=UTC)).total_seconds()

    def boot_id(self) -> str:
        return "boot"

    async def go_online(self) -> None:
        """Sync until told otherwise; returns when kiosk and server are even."""
        self._sync = asyncio.create_task(self.parts.sync.run())
        await self.even()

    async def even(self) -> None:
        await asyncio.to_thread(wait_until, self._even, "the kiosk never came home")

    async def go_offline(self) -> None:
        if self._sync:
            self._sync.cancel()
            await asyncio.gather(self._sync, return_exceptions=True)

    async def show(self, code: str, people: int = 1) -> Answer:
        """Hold up a code, answer how many if asked, wait for the door."""
        await self.parts.desk.code(code)
        asked = self.parts.answers[-1]
        if type(asked).__name__ == "PartyQuestion":
            await self.parts.desk.answer_party(asked.serial, people)
        await self.parts.desk.settle()
        return self.parts.answers[-1]

    async def close(self) -> None:
        await self.go_offline()
        await self.link.close()
        self.books.close()
        self.ledger.close()

    def _even(self) -> bool:
        assert self._sync is not None
        assert not self._sync.done()
        return self.books.even()


@contextmanager
def near_house(folder: Path) -> Iterator[NearHouse]:
    """Founded, seeded and served until the block ends."""
    settings = Settings(folder / "server")
    assert main(["init", "--data", str(settings.data)]) == 0
    clock = MovableClock()
    clock.ahead = _until_noon(datetime.now(UTC))
    ids = asyncio.run(_seed(settings, clock))
    with running(settings) as server:
        server.clock.ahead = clock.ahead
        yield NearHouse(folder, ids, server)


async def _seed(settings: Settings, clock: MovableClock) -> Any:
    house = await open_house(settings, clock)
    try:
        return await seed_demo(house, SeedDemo(7, 12, 8, own_lock_keys(settings)))
    finally:
        await house.close()


def _until_noon(now: datetime) -> timedelta:
    """From now to the next Wednesday, 12:00 in Berlin."""
    local = now.astimezone(BERLIN)
    day = local.date() + timedelta(days=(2 - local.weekday()) % 7 or 7)
    return datetime(day.year, day.month, day.day, 12, tzinfo=BERLIN) - now
