"""SQLite: one file, a thread of its own that writes, aiosqlite connections that read."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection

from ledger.age import check_age, no_house_in
from ledger.engine import connect_writer, sqlite_reader_engine
from ledger.errors import NotMigrated
from ledger.session import Session, SqliteWriterSession
from ledger.trouble import translated

T = TypeVar("T")


class SqliteDatabase:
    """The writer's connection alone writes and checkpoints, one unit of work after the other."""

    def __init__(self, path: Path) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger-writer")
        try:
            with translated():
                self._writer = self._thread.submit(_open_writer, path).result()
        except BaseException:
            self._thread.shutdown()
            raise
        self._readers = sqlite_reader_engine(path)

    async def write(self, _streams: Sequence[str], fn: Callable[[Session], T], /) -> T:
        """A caller that is cancelled does not cancel its unit of work."""
        loop = asyncio.get_running_loop()
        with translated():
            return await asyncio.shield(loop.run_in_executor(self._thread, self._transact, fn))

    async def read(self, fn: Callable[[Session], T]) -> T:
        with translated():
            async with self._readers.connect() as connection:
                return await connection.run_sync(_in_session, fn)

    async def close(self) -> None:
        await self._readers.dispose()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._writer.close)
        self._thread.shutdown()

    def _transact(self, fn: Callable[[Session], T]) -> T:
        return transact(self._writer, fn)


def _open_writer(path: Path) -> Connection:
    """Connecting would make a missing file, and write to an empty one."""
    if not path.exists() or not path.stat().st_size:
        raise NotMigrated(no_house_in(path))
    writer = connect_writer(path)
    try:
        check_age(writer)
        writer.rollback()  # it has begun to read; the units of work begin their own
    except BaseException:
        writer.close()
        raise
    return writer


def transact(writer: Connection, fn: Callable[[Session], T]) -> T:
    """Run `fn` in one transaction, begun and ended on the driver: SQLAlchemy takes longer."""
    driver: Any = writer.connection.driver_connection
    driver.execute("BEGIN IMMEDIATE")
    try:
        result = fn(SqliteWriterSession(writer))
        driver.execute("COMMIT")
    finally:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
        writer.rollback()  # SQLAlchemy is told that it is over
    return result


def _in_session(connection: Connection, fn: Callable[[Session], T]) -> T:
    return fn(Session(connection))
