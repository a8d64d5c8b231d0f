"""PostgreSQL: a pool of asyncpg connections; stream locks order the writers."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from typing import Any, Final, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import await_only, greenlet_spawn

from ledger.age import check_age
from ledger.engine import postgresql_engine
from ledger.errors import LedgerUnavailable, Swallowed
from ledger.session import PostgresqlSession, Session
from ledger.trouble import translated

T = TypeVar("T")

_BEGIN_WRITE: Final = "BEGIN ISOLATION LEVEL READ COMMITTED"
_LOOKED: Final = "foyer: schema looked at"
_BEGIN_READ: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class PostgresqlDatabase:
    """Transactions are begun and ended on the driver, so that the hot statements share them.

    A transaction runs in one greenlet from taking its connection to giving it back: an
    AsyncConnection would start one for each of its steps. In one process the units of work of a
    stream queue up before they take a connection: a busy site cannot use up the pool. Between
    processes the stream's row lock orders them.
    """

    def __init__(self, database_url: str) -> None:
        self._engine = postgresql_engine(database_url)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def write(self, streams: Sequence[str], fn: Callable[[Session], T], /) -> T:
        async with AsyncExitStack() as turns:
            for stream in sorted(set(streams)):
                await turns.enter_async_context(self._turns[stream])
            return await self._transact(_BEGIN_WRITE, fn)

    async def read(self, fn: Callable[[Session], T], /) -> T:
        return await self._transact(_BEGIN_READ, fn)

    async def close(self) -> None:
        await self._engine.dispose()

    async def _transact(self, begin: str, fn: Callable[[Session], T]) -> T:
        with translated():
            result: T = await greenlet_spawn(self._in_transaction, begin, fn)
        return result

    def _in_transaction(self, begin: str, fn: Callable[[Session], T]) -> T:
        with self._connected() as connection:
            driver: Any = connection.connection.driver_connection
            try:
                await_only(driver.execute(begin))
                result = fn(PostgresqlSession(connection))
                if await_only(driver.execute("COMMIT")) != "COMMIT":
                    raise Swallowed("a statement had failed: all of the unit is rolled back")
            finally:
                _end(connection, driver)
        return result

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        try:
            connection = self._engine.sync_engine.connect()
        except (OSError, DBAPIError) as error:
            raise LedgerUnavailable(str(error)) from error
        try:
            _look_at(connection)
            yield connection
        finally:
            connection.close()


def _look_at(connection: Connection) -> None:
    """Once for each connection: the schema is ours. Raises NewerDatabase and NotMigrated."""
    if _LOOKED not in connection.info:
        check_age(connection)
        connection.rollback()  # SQLAlchemy began; we begin on the driver
        connection.info[_LOOKED] = True


def _end(connection: Connection, driver: Any) -> None:
    """Whatever happened, no transaction and no dead connection goes back to the pool."""
    try:
        if not driver.is_closed() and driver.is_in_transaction():
            await_only(driver.execute("ROLLBACK"))
    finally:
        if driver.is_closed():
            connection.invalidate()
