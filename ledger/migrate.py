"""Brings a database up to the schema of this program, step by step, by Alembic."""

import asyncio
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from ledger.engine import LIMITS, connect_writer, postgresql_engine, sqlite_path

_STEPS: Final = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME: Final = 4_706_273_911


def migrate(database_url: str) -> None:
    """Apply all steps that are missing; several processes may call it at once.

    For programs that have no event loop yet; inside one use `asyncio.to_thread`.
    """
    path = sqlite_path(database_url)
    if path is None:
        asyncio.run(_migrate_postgresql(database_url))
        return
    path.touch(mode=0o600)
    with connect_writer(path) as connection, connection.begin():
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        _upgrade(connection)


async def _migrate_postgresql(database_url: str) -> None:
    engine = postgresql_engine(database_url)
    engine = engine.execution_options(isolation_level="READ COMMITTED")
    async with engine.begin() as connection:
        for limit in LIMITS:
            await connection.exec_driver_sql(f"SET LOCAL {limit} = 0")
        await connection.execute(
            text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME}
        )
        await connection.run_sync(_upgrade)
    await engine.dispose()


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_STEPS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
