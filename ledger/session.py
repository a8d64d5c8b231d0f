"""One open transaction: ordinary statements by SQLAlchemy, the hot ones as written SQL."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.util import await_only

_NAME: Final = re.compile(r"(?<!:):(\w+)")

Row = Sequence[Any]


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
    """Statements in the transaction that its owner began and will end, through SQLAlchemy."""

    postgresql = False

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def rows(self, what: Statement, params: Mapping[str, Any]) -> Sequence[Row]:
        """All rows of a hot statement; none for one that only writes."""
        result = self.connection.exec_driver_sql(what.sqlite, dict(params))
        return result.all() if result.returns_rows else ()

    def many(self, sqlite: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run one statement with `?` parameters for each row (SQLite only)."""
        raise NotImplementedError


def many_texts(session: Session, texts: Sequence[str]) -> Any:
    """Texts as one parameter: an array, or for SQLite the JSON that json_each reads."""
    return list(texts) if session.postgresql else json.dumps(list(texts))


class SqliteWriterSession(Session):
    """The hot statements go straight to sqlite3: half the time of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._driver: Any = connection.connection.driver_connection

    def rows(self, what: Statement, params: Mapping[str, Any]) -> Sequence[Row]:
        rows: Sequence[Row] = self._driver.execute(what.sqlite, params).fetchall()
        return rows

    def many(self, sqlite: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._driver.executemany(sqlite, rows)


class PostgresqlSession(Session):
    """The hot statements go straight to asyncpg: SQLAlchemy would double their cost."""

    postgresql = True

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._driver: Any = connection.connection.driver_connection

    def rows(self, what: Statement, params: Mapping[str, Any]) -> Sequence[Row]:
        values = [params[name] for name in what.names]
        rows: Sequence[Row] = await_only(self._driver.fetch(what.postgresql, *values))
        return rows
