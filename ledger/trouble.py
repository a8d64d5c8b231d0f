"""Tells trouble of the whole database, which passes, from a unit of work that is wrong."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from ledger import sqlite_codes
from ledger.errors import (
    AnswerTaken,
    DamagedDatabase,
    EventIdTaken,
    LedgerError,
    LedgerUnavailable,
)

_POSTGRESQL: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.exceptions.OperatorInterventionError,  # shutting down, or stopped by an operator
    asyncpg.exceptions.InsufficientResourcesError,  # disk full, too many connections
    asyncpg.exceptions.TransactionRollbackError,  # deadlock
    asyncpg.exceptions.LockNotAvailableError,
    asyncpg.exceptions.CannotConnectNowError,
)
_POSTGRESQL_DAMAGED: Final = (
    asyncpg.exceptions.DataCorruptedError,
    asyncpg.exceptions.IndexCorruptedError,
)
_TAKEN: Final[dict[str, type[LedgerError]]] = {
    "event_id": EventIdTaken,
    "event.id": EventIdTaken,
    "answer_pkey": AnswerTaken,
    "answer.scope, answer.id": AnswerTaken,
}


@contextmanager
def translated() -> Iterator[None]:
    """Raises the ledger's own errors for what a database says, and anything else as it was."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        cause = _driver_error(error)
        if _passes(cause):
            raise LedgerUnavailable(str(cause)) from error
        if _is_damage(cause):
            raise DamagedDatabase(
                f"The database is damaged ({cause}). Stop, keep it as it is, bring back a backup."
            ) from error
        if taken := _taken(cause):
            raise taken(str(cause)) from error
        raise
    except PoolTimeoutError as error:
        raise LedgerUnavailable(str(error)) from error


def _driver_error(error: BaseException) -> BaseException:
    """What the driver itself raised, below SQLAlchemy and its adapters."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return error.orig.__cause__ or error.orig
    return error


def _passes(error: BaseException) -> bool:
    return sqlite_codes.passes(error) or isinstance(error, _POSTGRESQL)


def _is_damage(error: BaseException) -> bool:
    return sqlite_codes.is_damage(error) or isinstance(error, _POSTGRESQL_DAMAGED)


def _taken(error: BaseException) -> type[LedgerError] | None:
    """Which id was there already; PostgreSQL names the constraint, SQLite the columns."""
    if isinstance(error, asyncpg.UniqueViolationError):
        return _TAKEN.get(error.constraint_name)
    if isinstance(error, sqlite3.IntegrityError):
        return _TAKEN.get(str(error).removeprefix("UNIQUE constraint failed: "))
    return None
