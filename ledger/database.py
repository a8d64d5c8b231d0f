"""A database as the ledger needs it: one transaction to write in, one snapshot to read in."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.engine import postgresql_engine, sqlite_reader_engine, sqlite_writer_engine
from ledger.errors import LedgerUnavailable
from ledger.session import Session

T = TypeVar("T")


class Database(Protocol):
    """Runs plain functions in transactions; what they raise rolls back and is raised again."""

    async def write(self, fn: Callable[[Session], T]) -> T: ...
    async def read(self, fn: Callable[[Session], T]) -> T: ...
    async def close(self) -> None: ...


class SqliteDatabase:
    """One file: a thread of its own writes, one unit after the other; aiosqlite reads."""

    def __init__(self, path: Path) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger-writer")
        self._writer = self._thread.submit(sqlite_writer_engine(path).connect).result()
        self._readers = sqlite_reader_engine(path)

    async def write(self, fn: Callable[[Session], T]) -> T:
        """A caller that is cancelled does not cancel its unit of work."""
        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._thread, self._transact, fn))

    async def read(self, fn: Callable[[Session], T]) -> T:
        with _translated():
            async with self._readers.connect() as connection:
                return await connection.run_sync(_in_session, fn)

    async def close(self) -> None:
        await self._readers.dispose()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._writer.close)
        self._thread.shutdown()

    def _transact(self, fn: Callable[[Session], T]) -> T:
        with _translated(), self._writer.begin():
            return fn(Session(self._writer))


class PostgresqlDatabase:
    """A pool of asyncpg connections; stream locks order the writers."""

    def __init__(self, database_url: str) -> None:
        self._engine = postgresql_engine(database_url)
        self._snapshots = self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    async def write(self, fn: Callable[[Session], T]) -> T:
        with _translated():
            async with self._engine.begin() as connection:
                return await connection.run_sync(_in_session, fn)

    async def read(self, fn: Callable[[Session], T]) -> T:
        with _translated():
            async with self._snapshots.connect() as connection:
                return await self._in_snapshot(connection, fn)

    async def _in_snapshot(self, connection: AsyncConnection, fn: Callable[[Session], T]) -> T:
        return await connection.run_sync(_in_session, fn)

    async def close(self) -> None:
        await self._engine.dispose()


def _in_session(connection: Connection, fn: Callable[[Session], T]) -> T:
    return fn(Session(connection))


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, OSError, TimeoutError) as error:
        raise LedgerUnavailable(str(error)) from error
