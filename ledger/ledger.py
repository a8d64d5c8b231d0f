"""The server's ledger: units of work, reads in one snapshot, the feed, and its verification."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, TypeVar

from ledger import feed, log
from ledger.database import Database
from ledger.engine import sqlite_path
from ledger.feed import FeedPage
from ledger.locks import lock
from ledger.log import BadRow
from ledger.postgresql import PostgresqlDatabase
from ledger.reader import Reader
from ledger.rebuild import rebuild
from ledger.session import Row, Session, statement
from ledger.sqlite import SqliteDatabase
from ledger.unit import Stamp, Unit

T = TypeVar("T")
Clock = Callable[[], datetime]

_STAMP: Final = Stamp()
_HEADS: Final = statement("SELECT stream, head FROM stream")


class Ledger:
    """Safe for any number of tasks; on SQLite one process at a time may hold it open."""

    def __init__(self, database: Database, clock: Clock, stamp: Stamp = _STAMP) -> None:
        self._database = database
        self._clock = clock
        self._stamp = stamp

    async def work(self, streams: Sequence[str], fn: Callable[[Unit], T]) -> T:
        """Run `fn` in one transaction that holds `streams`; returned means durable.

        `fn` is a plain function; what it raises rolls all of it back and is raised here.
        Raises LedgerUnavailable (retry later) and EventIdTaken.
        """

        def one_unit(session: Session) -> T:
            heads = lock(session, streams)
            unit = Unit(session, heads, self._clock(), self._stamp)
            result = fn(unit)
            unit.flush()
            return result

        return await self._database.write(streams, one_unit)

    async def read(self, fn: Callable[[Reader], T]) -> T:
        """Run `fn` on one snapshot; it locks nothing and sees nothing half done."""
        return await self._database.read(lambda session: fn(Reader(session)))

    async def feed(
        self, stream: str, after: int, limit: int, *, digest: bool = False, snapshot: bool = False
    ) -> FeedPage | None:
        """The states changed after `after`, at most `limit`, reduced as kiosks get them.

        None if `after` is beyond the head, the stream is unknown, or tombstones behind `after`
        are gone already; a `snapshot` (pages from 0 on) does not need those.
        """

        def one_snapshot(session: Session) -> tuple[FeedPage | None, Sequence[Row]]:
            page = feed.page(session, stream, after, limit, snapshot=snapshot)
            asked = digest and page is not None and not page.more
            return page, feed.current(session, stream) if asked else ()

        page, states = await self._database.read(one_snapshot)
        if page is None or page.more or not digest:
            return page
        return replace(page, digest=await feed.digest(states))

    async def heads(self) -> dict[str, int]:
        """The head of every stream, by one query."""
        rows = await self._database.read(lambda session: session.rows(_HEADS, {}))
        return {row[0]: row[1] for row in rows}

    async def hash_at(self, stream: str, seq: int) -> str | None:
        """The log's hash at `seq`; None where there is no such event."""
        return await self._database.read(lambda session: feed.hash_at(session, stream, seq))

    async def rebuild(self) -> None:
        """Fold states and indexes anew from the log; nothing else runs meanwhile."""
        streams = tuple(await self.heads())

        def all_of_it(session: Session) -> None:
            lock(session, streams)
            rebuild(session)

        await self._database.write(streams, all_of_it)

    async def verify(self) -> BadRow | None:
        """The first row of the log that is not as it was written, or None."""
        return await self._database.read(log.verify)

    async def close(self) -> None:
        """Let what is queued finish, then close every connection."""
        await self._database.close()


async def open_ledger(
    database_url: str, clock: Clock = lambda: datetime.now(UTC), *, origin: str = "server"
) -> Ledger:
    """A ledger on "sqlite:////path" or "postgresql://..."; `ledger.migrate` comes first."""
    path = sqlite_path(database_url)
    database: Database = SqliteDatabase(path) if path else PostgresqlDatabase(database_url)
    return Ledger(database, clock, Stamp(origin))
