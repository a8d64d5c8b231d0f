"""One open transaction: ordinary statements by SQLAlchemy, the hot ones as written SQL."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, CursorResult

_NAME: Final = re.compile(r"(?<!:):(\w+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """Written SQL with `:name` parameters, ready for both databases."""

    sqlite: str
    postgresql: str
    names: tuple[str, ...]


def statement(sqlite: str, postgresql: str | None = None) -> Statement:
    """A statement in each dialect; one text serves both unless two are given."""
    text = postgresql or sqlite
    names = tuple(dict.fromkeys(_NAME.findall(text)))
    numbered = _NAME.sub(lambda match: f"${names.index(match[1]) + 1}", text)
    return Statement(sqlite, numbered, names)


class Session:
    """Runs statements in the transaction its owner began and will end."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.postgresql = connection.dialect.name == "postgresql"

    def rows(self, what: Statement, params: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """All rows of a hot statement."""
        return self._execute(what, params).all()

    def run(self, what: Statement, params: Mapping[str, Any]) -> int:
        """Run a hot statement that returns no rows; how many rows it changed."""
        return self._execute(what, params).rowcount

    def many(self, sqlite: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run one statement with `?` parameters for each row (SQLite only)."""
        if rows:
            self.connection.exec_driver_sql(sqlite, list(rows))

    def _execute(self, what: Statement, params: Mapping[str, Any]) -> CursorResult[Any]:
        if self.postgresql:
            values = tuple(params[name] for name in what.names)
            return self.connection.exec_driver_sql(what.postgresql, values)
        return self.connection.exec_driver_sql(what.sqlite, dict(params))
