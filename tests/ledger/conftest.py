"""Every contract runs on SQLite and on a real PostgreSQL."""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, closing
from pathlib import Path

import asyncpg
import pytest

from ledger.engine import sqlite_path
from ledger.ledger import Ledger, open_ledger
from ledger.migrate import migrate
from ledger.schema import metadata
from tests.ledger.acts import Clock
from tests.ledger.throw_away_postgresql import ThrowAwayPostgresql, throw_away_postgresql

Tamper = Callable[[str], Awaitable[None]]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("python_files", "contract_*.py")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[ThrowAwayPostgresql]:
    with throw_away_postgresql() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: ThrowAwayPostgresql) -> str:
    url = postgresql.create()
    migrate(url)
    return url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "foyer.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    path = tmp_path / "foyer.sqlite"
    shutil.copy(migrated_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql: ThrowAwayPostgresql, migrated_postgresql: str) -> str:
    return postgresql.emptied(migrated_postgresql, metadata.tables)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def ledgers(database_url: str, clock: Clock) -> AsyncIterator[list[Ledger]]:
    """As many as may be open at once: on PostgreSQL four, each like a process of its own."""
    count = 1 if sqlite_path(database_url) else 4
    async with AsyncExitStack() as stack:
        opened = [await open_ledger(database_url, clock) for _ in range(count)]
        for each in opened:
            stack.push_async_callback(each.close)
        yield opened


@pytest.fixture
def ledger(ledgers: list[Ledger]) -> Ledger:
    return ledgers[0]


@pytest.fixture
def tamper(database_url: str) -> Tamper:
    """Runs SQL behind the ledger's back."""

    async def run(sql: str) -> None:
        if path := sqlite_path(database_url):
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.executescript(sql)
            return
        connection = await asyncpg.connect(database_url)
        await connection.execute(sql)
        await connection.close()

    return run


@pytest.fixture
async def dump(database_url: str) -> Callable[[str], Awaitable[list[tuple[object, ...]]]]:
    """All rows of a table, in order, read behind the ledger's back."""

    async def rows(table: str) -> list[tuple[object, ...]]:
        if path := sqlite_path(database_url):
            with closing(sqlite3.connect(path)) as connection:
                found = connection.execute(f"SELECT * FROM {table}").fetchall()
        else:
            connection = await asyncpg.connect(database_url)
            found = [tuple(row) for row in await connection.fetch(f"SELECT * FROM {table}")]
            await connection.close()
        return sorted(found, key=repr)

    return rows
