"""Servers under the same load in short slices, in turn, so that a busy machine hits both."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Final
from uuid import uuid4

from benchmarks.check_in_http_house import Founded, Try, found
from benchmarks.check_in_http_postgresql import Cluster
from benchmarks.check_in_http_servers import Server, limit, ours
from benchmarks.loads import Load, Task, run_load
from ledger.codec import encode_text
from ledger.data_dir import DataDir
from ledger.migrate import migrate
from sync_server.key_store import make_keys
from sync_server.settings import Settings

CROWD: Final = 16
WORKERS: Final = 2
_WARM_UP_S: Final = 0.5
_MOST_PER_SECOND: Final = 2600
"""More than a machine of two cores does: so many passes are made for each second of load."""
_RACE_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Effort:
    """Each server is measured for `rounds` slices of `seconds`."""

    rounds: int
    seconds: float

    @property
    def most_in_a_slice(self) -> int:
        return int((self.seconds + _WARM_UP_S) * _MOST_PER_SECOND)

    @property
    def passes(self) -> int:
        return self.rounds * self.most_in_a_slice


@dataclass(slots=True)
class Run:
    """One server under one load, slice by slice, each with passes that nobody has used."""

    server: Server
    founded: Founded
    clients: int
    loads: list[Load] = field(default_factory=list)
    _used: int = 0

    @property
    def per_second(self) -> float:
        return median(load.per_second for load in self.loads)

    @property
    def p99_ms(self) -> float:
        return median(load.p99_ms for load in self.loads)

    def slice(self, effort: Effort) -> None:
        """Raises AssertionError if anybody is not let in."""
        some = self.founded.tries[self._used : self._used + effort.most_in_a_slice]
        task = self._task(some, self.clients, effort.seconds)
        load = run_load(replace(task, warm_up_s=_WARM_UP_S))
        assert set(load.statuses) == {"201"}, load.statuses
        self._used += load.sent
        self.loads.append(load)

    def race(self) -> int:
        """How many are let in when CROWD hold up one pass for one entry at the same instant."""
        task = self._task(self.founded.once[:1] * CROWD, CROWD, _RACE_S)
        return run_load(replace(task, together=True)).statuses.get("201", 0)

    def _task(self, tries: Sequence[Try], clients: int, seconds: float) -> Task:
        bodies = [
            encode_text({"id": str(uuid4()), "code": each.code, "place": each.door})
            for each in tries
        ]
        server = self.server
        return Task(server.port, server.path, self.founded.token, bodies, clients, seconds)


@dataclass(frozen=True, slots=True)
class Cell:
    """One load on one house: both servers, and who won the race for one entry."""

    sites: int
    ours: Run
    limit: Run | None
    let_in: int

    @property
    def ratio(self) -> float:
        assert self.limit
        return self.ours.per_second / self.limit.per_second


def on_postgresql(
    cluster: Cluster, folder: Path, sites: int, crowds: Sequence[int], effort: Effort
) -> Iterator[Cell]:
    """A cell for each number of clients; every one begins with databases just founded."""
    template = f"house_{sites}"
    settings = Settings(folder / template, cluster.create(template), workers=WORKERS)
    founded = _new_house(settings, sites, effort)
    for clients in crowds:
        with _copy(cluster, template) as one, _copy(cluster, template) as other:
            served = ours(replace(settings, database_url=one))
            with served as server, limit(other, WORKERS) as bare:
                both = Run(bare, founded, clients), Run(server, founded, clients)
                for _ in range(effort.rounds):
                    for run in both:
                        run.slice(effort)
                yield Cell(sites, both[1], both[0], both[1].race())


def on_sqlite(folder: Path, sites: int, effort: Effort) -> Cell:
    """The crowd on one process."""
    settings = Settings(folder / "sqlite")
    founded = _new_house(settings, sites, effort)
    with ours(settings) as server:
        run = Run(server, founded, CROWD)
        for _ in range(effort.rounds):
            run.slice(effort)
        return Cell(sites, run, None, run.race())


def _new_house(settings: Settings, sites: int, effort: Effort) -> Founded:
    data = DataDir(settings.data)
    data.make()
    make_keys(data)
    migrate(settings.ledger_url)
    return asyncio.run(found(settings, sites, effort.passes))


@contextmanager
def _copy(cluster: Cluster, template: str) -> Iterator[str]:
    name = f"{template}_{uuid4().hex[:8]}"
    yield cluster.create(name, template)
    cluster.drop(name)
