"""Brings a database up to the schema of this program, step by step, by Alembic."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from ledger.age import refuse_newer
from ledger.engine import LIMITS, connect_writer, postgresql_engine, sqlite_path
from ledger.errors import DatabaseRefused, LedgerUnavailable
from ledger.trouble import translated

_STEPS: Final = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME: Final = 4_706_273_911


def migrate(database_url: str) -> None:
    """Apply all steps that are missing; several processes may call it at once.

    Raises NewerDatabase, DamagedDatabase, DatabaseRefused and LedgerUnavailable.
    For programs that have no event loop yet; inside one use `asyncio.to_thread`.
    """
    path = sqlite_path(database_url)
    if path is None:
        with _said_by_postgresql():
            asyncio.run(_migrate_postgresql(database_url))
        return
    path.touch(mode=0o600)
    with translated(), connect_writer(path) as connection, connection.begin():
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        _upgrade(connection)


@contextmanager
def _said_by_postgresql() -> Iterator[None]:
    try:
        with translated():
            yield
    except OSError as error:
        raise LedgerUnavailable(str(error)) from error
    except (DBAPIError, asyncpg.PostgresError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise DatabaseRefused(
            f"PostgreSQL does not let this user make the tables ({cause}). Nothing was changed."
        ) from error


async def _migrate_postgresql(database_url: str) -> None:
    engine = postgresql_engine(database_url)
    engine = engine.execution_options(isolation_level="READ COMMITTED")
    try:
        async with engine.begin() as connection:
            for limit in LIMITS:
                await connection.exec_driver_sql(f"SET LOCAL {limit} = 0")
            await connection.execute(
                text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME}
            )
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> None:
    refuse_newer(connection)
    config = Config()
    config.set_main_option("script_location", str(_STEPS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
