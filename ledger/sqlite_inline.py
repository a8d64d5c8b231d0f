"""SQLite in the caller's own thread, for simulations whose clock is not the wall's."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from ledger.engine import connect_writer
from ledger.session import Session, SqliteWriterSession
from ledger.sqlite import transact
from ledger.trouble import translated

T = TypeVar("T")


class InlineSqliteDatabase:
    """No thread and no wait: the same calls in the same order give the same bytes."""

    def __init__(self, path: Path) -> None:
        self._writer = connect_writer(path)

    async def write(self, _streams: Sequence[str], fn: Callable[[Session], T], /) -> T:
        with translated():
            return transact(self._writer, fn)

    async def read(self, fn: Callable[[Session], T], /) -> T:
        with translated():
            return fn(SqliteWriterSession(self._writer))

    async def close(self) -> None:
        self._writer.close()
