"""The house a process serves: its ledger, keys, settings and clock, handed to whoever acts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ledger.data_dir import DataDir
from ledger.ledger import Ledger, open_ledger
from sync_server.doors import HouseDoors, doors_of
from sync_server.key_store import load_keys
from sync_server.keys import HouseKeys
from sync_server.settings import Settings

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class House:
    """Everything a use case is handed besides its unit of work."""

    settings: Settings
    data: DataDir
    keys: HouseKeys
    ledger: Ledger
    clock: Clock
    doors: HouseDoors | None = None
    """None: there is no broker, and no page opens a door."""

    @property
    def passes(self) -> Path:
        """Pictures of passes that staff issued by hand."""
        return self.data.root / "passes"

    async def close(self) -> None:
        if self.doors is not None:
            await self.doors.stop()
        await self.ledger.close()


def wall_clock() -> datetime:
    """The one real clock of the server; tests and simulations hand in another."""
    return datetime.now(UTC)


async def open_house(settings: Settings, clock: Clock = wall_clock) -> House:
    """Open the ledger of `settings`. Raises NotSetUp where there is no house, BadSettings."""
    data = DataDir(settings.data)
    keys = load_keys(data)
    doors = doors_of(settings, keys, clock)
    return House(settings, data, keys, await open_ledger(settings.ledger_url, clock), clock, doors)
