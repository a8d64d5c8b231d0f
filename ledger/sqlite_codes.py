"""What SQLite's result codes mean to a caller: trouble that passes, or a file that is damaged."""

import sqlite3
from typing import Final

_PASSING: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_LAST_BYTE: Final = 0xFF


def passes(error: BaseException) -> bool:
    """Away, full, busy or not to be written: the same may work later."""
    return _code(error) in _PASSING


def is_damage(error: BaseException) -> bool:
    """What is stored can no longer be read."""
    return _code(error) in _DAMAGED


def _code(error: BaseException) -> int | None:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & _LAST_BYTE
