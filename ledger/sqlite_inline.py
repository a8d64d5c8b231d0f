"""SQLite in the caller's own thread, for simulations whose clock is not the wall's."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from ledger.engine import sqlite_writer_engine
from ledger.session import Session, SqliteWriterSession
from ledger.trouble import translated

T = TypeVar("T")


class InlineSqliteDatabase:
    """No thread and no wait: the same calls in the same order give the same bytes."""

    def __init__(self, path: Path) -> None:
        self._writer = sqlite_writer_engine(path).connect()

    async def write(self, _streams: Sequence[str], fn: Callable[[Session], T], /) -> T:
        with translated(), self._writer.begin():
            return fn(SqliteWriterSession(self._writer))

    async def read(self, fn: Callable[[Session], T], /) -> T:
        with translated(), self._writer.begin() as snapshot:
            result = fn(SqliteWriterSession(self._writer))
            snapshot.rollback()
            return result

    async def close(self) -> None:
        self._writer.close()
