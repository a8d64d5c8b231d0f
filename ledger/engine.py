"""Engines for both databases, with the settings that make a commit durable."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

_BUSY_S: Final = 5
_READERS: Final = 4
_POOL: Final = 10
_CONNECT_S: Final = 10
LIMITS: Final = {
    "lock_timeout": "10s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",  # a process that hangs lets its streams go
}
"""What PostgreSQL ends by itself, so that nobody waits for ever."""


def sqlite_path(database_url: str) -> Path | None:
    """The file of a "sqlite:////path" URL; None for any other database.

    Raises ValueError and sqlalchemy's ArgumentError for what names none.
    """
    url = make_url(database_url)
    if not url.drivername.startswith("sqlite"):
        return None
    if not url.database or url.database == ":memory:":
        raise ValueError("a ledger needs a file")
    return Path(url.database)


def connect_writer(path: Path) -> Connection:
    """The one connection that writes: WAL, synchronous=FULL.

    SQLAlchemy begins no transactions on it: whoever has it begins and ends its own.
    """
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=NullPool,
        connect_args={"timeout": _BUSY_S, "isolation_level": None},
    )
    event.listen(engine, "connect", _pragmas(_WRITER_PRAGMAS))
    return engine.connect()


def sqlite_reader_engine(path: Path) -> AsyncEngine:
    """For readers: aiosqlite connections that cannot write, each read in one snapshot."""
    engine = create_async_engine(
        f"sqlite+aiosqlite:///file:{path}?mode=ro&uri=true",
        pool_size=_READERS,
        connect_args={"timeout": _BUSY_S, "isolation_level": None},
    )
    event.listen(engine.sync_engine, "connect", _pragmas(("PRAGMA query_only = ON",)))
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def postgresql_engine(database_url: str) -> AsyncEngine:
    """asyncpg; any "postgresql" URL of SQLAlchemy will do.

    SQLAlchemy begins no transactions here: whoever takes a connection begins its own.
    """
    url = make_url(database_url).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(
        url,
        pool_size=_POOL,
        max_overflow=_POOL,
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": _CONNECT_S, "server_settings": dict(LIMITS)},
    )
    event.listen(engine.sync_engine, "checkout", _replace_closed)
    return engine


_WRITER_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # an erased card leaves no bytes behind
    "PRAGMA cache_size = -32000",
)


def _replace_closed(_dbapi: Any, record: Any, _proxy: Any) -> None:
    """The server hung up on a pooled connection: the pool makes another one."""
    if record.driver_connection.is_closed():
        raise DisconnectionError


def _pragmas(pragmas: tuple[str, ...]) -> Callable[[Any, Any], None]:
    def on_connect(dbapi_connection: Any, _record: Any) -> None:
        cursor = dbapi_connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    return on_connect


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
