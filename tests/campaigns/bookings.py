"""The booking campaign: many members race for five resources through HTTP; nothing is given twice.

`python -m tests.campaigns bookings --count 30` (seconds) on SQLite and PostgreSQL, on demand; a
test runs a few seconds of it. Whether anything overlaps is asked of the database in SQL.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.check_in_http_postgresql import cluster
from benchmarks.check_in_http_servers import ours
from sync_server.settings import Settings
from tests.campaigns.bookings_bare import bare_inserts
from tests.campaigns.bookings_check import count, found_wrong
from tests.campaigns.bookings_house import RaceHouse, found_race, init_race
from tests.campaigns.bookings_race import Race, race


@dataclass(slots=True)
class BookingSummary:
    """What was seen; `broken` lists every promise that did not hold."""

    clients: int
    booked: dict[str, int] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, dict[int, int]] = field(default_factory=dict)
    per_second: dict[str, float] = field(default_factory=dict)
    """Attempts to book or move that were answered, by database."""
    bare_per_second: float = 0.0
    """Bare inserts into a table with the same constraint, in the same run."""
    ratio: float = 0.0
    """Of ours on PostgreSQL, with all rules, passes and the log, to bare inserts."""
    broken: list[str] = field(default_factory=list)


def run_booking_campaign(
    seconds: int = 30, clients: int = 64, seed: int = 1, *, folder: Path
) -> BookingSummary:
    """Race for so long on each database."""
    summary = BookingSummary(clients)
    for name, settings in _databases(folder):
        init_race(settings.data, settings.database_url)
        house = asyncio.run(found_race(settings.data, clients, settings.database_url))
        house = replace(house, settings=settings)
        seen = _race(house, seconds, seed)
        _tell(summary, name, seen)
        summary.broken += asyncio.run(_wrong(house, name, seen))
        if not settings.on_sqlite:
            bare = bare_inserts(settings.database_url, clients, max(2, seconds // 3), seed)
            summary.bare_per_second = round(asyncio.run(bare), 1)
            summary.ratio = round(seen.per_second / summary.bare_per_second, 3)
    return summary


def _databases(folder: Path) -> Iterator[tuple[str, Settings]]:
    yield "sqlite", Settings(folder / "on_sqlite")
    with _postgresql() as url:
        yield "postgresql", Settings(folder / "on_postgresql", database_url=url, workers=2)


@contextmanager
def _postgresql() -> Iterator[str]:
    with cluster() as running:
        yield running.create("race")


def _race(house: RaceHouse, seconds: int, seed: int) -> Race:
    with ours(house.settings) as server:
        return asyncio.run(race(server.port, house.tokens, seconds, seed))


def _tell(summary: BookingSummary, name: str, seen: Race) -> None:
    summary.booked[name] = seen.booked
    summary.taken[name] = seen.taken
    summary.statuses[name] = dict(sorted(seen.statuses.items()))
    summary.per_second[name] = round(seen.per_second, 1)


async def _wrong(house: RaceHouse, name: str, seen: Race) -> list[str]:
    wrong = [*seen.broken, *await found_wrong(house.settings)]
    made = await count(house.settings, "SELECT count(*) FROM slot")
    if made != seen.booked:
        wrong.append(f"{seen.booked} bookings were answered, {made} are recorded")
    return [f"{name}: {each}" for each in wrong]
