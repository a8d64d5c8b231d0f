"""PostgreSQL: a pool of asyncpg connections; stream locks order the writers."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from ledger.engine import postgresql_engine
from ledger.errors import LedgerUnavailable
from ledger.session import PostgresqlSession, Session
from ledger.trouble import translated

T = TypeVar("T")


class PostgresqlDatabase:
    """Transactions are begun and ended on the driver, so that the hot statements share them.

    In one process the units of work of a stream queue up before they take a connection: a busy
    site cannot use up the pool. Between processes the stream's row lock orders them.
    """

    def __init__(self, database_url: str) -> None:
        self._engine = postgresql_engine(database_url)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def write(self, streams: Sequence[str], fn: Callable[[Session], T], /) -> T:
        async with AsyncExitStack() as turns:
            for stream in sorted(set(streams)):
                await turns.enter_async_context(self._turns[stream])
            async with self._transaction("read_committed", readonly=False) as connection:
                return await connection.run_sync(_in_session, fn)

    async def read(self, fn: Callable[[Session], T], /) -> T:
        async with self._transaction("repeatable_read", readonly=True) as connection:
            return await connection.run_sync(_in_session, fn)

    async def close(self) -> None:
        await self._engine.dispose()

    @asynccontextmanager
    async def _transaction(
        self, isolation: str, *, readonly: bool
    ) -> AsyncIterator[AsyncConnection]:
        with translated():
            async with self._connected() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                try:
                    async with driver.transaction(isolation=isolation, readonly=readonly):
                        yield connection
                finally:
                    if driver.is_closed():
                        await connection.invalidate()

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncConnection]:
        try:
            connection = await self._engine.connect()
        except (OSError, DBAPIError) as error:
            raise LedgerUnavailable(str(error)) from error
        try:
            yield connection
        finally:
            await connection.close()


def _in_session(connection: Connection, fn: Callable[[Session], T], /) -> T:
    return fn(PostgresqlSession(connection))
