"""The statements that write a unit of work, made from the tables' own columns."""

# ruff: noqa: S608 - every part comes from ledger/schema.py

from collections.abc import Sequence
from functools import cache
from itertools import repeat
from typing import Any, Final

from sqlalchemy import BigInteger, Integer, Table

from ledger import schema
from ledger.session import Statement, statement

_STATE_UPSERT: Final = (
    "ON CONFLICT (kind, subject, stream) DO UPDATE"
    " SET seq = excluded.seq, op = excluded.op, body = excluded.body"
)
_INSIDE_UPSERT: Final = (
    "ON CONFLICT (stream, holder) DO UPDATE SET day = excluded.day, people = excluded.people"
)
_SLOT_UPSERT: Final = (
    "ON CONFLICT (stream, booking_id) DO UPDATE SET resource_id = excluded.resource_id,"
    " person_id = excluded.person_id, from_us = excluded.from_us, until_us = excluded.until_us,"
    " status = excluded.status, series_id = excluded.series_id"
)
_HEAD: Final = ("stream", "head", "hash")


def columns(table: Table) -> tuple[str, ...]:
    """Column names in the order they are written in."""
    return tuple(column.name for column in table.columns)


def arrays(table: Table, rows: Sequence[tuple[Any, ...]]) -> dict[str, Sequence[Any]]:
    """Rows as PostgreSQL takes them: one array per column, named `<table>_<column>`.

    Columns that rows leave out at their end get no array.
    """
    by_column = zip(*rows, strict=True) if rows else repeat(())
    return dict(zip(_parameters(table), by_column, strict=False))


@cache
def _parameters(table: Table) -> tuple[str, ...]:
    return tuple(f"{table.name}_{name}" for name in columns(table))


def _one_row(table: Table, conflict: str = "") -> str:
    names = columns(table)
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks}) {conflict}"


def _all_rows(table: Table, conflict: str = "") -> str:
    names = columns(table)
    return (
        f"INSERT INTO {table.name} ({', '.join(names)})"
        f" SELECT * FROM unnest({_unnested(table, names)}) {conflict}"
    )


def _unnested(table: Table, names: Sequence[str]) -> str:
    parts = (f"CAST(:{table.name}_{name} AS {_type(table, name)}[])" for name in names)
    return ", ".join(parts)


def _type(table: Table, name: str) -> str:
    match table.c[name].type:
        case BigInteger():
            return "bigint"
        case Integer():
            return "int"
        case _:
            return "text"


_LINK: Final = columns(schema.link)

SQLITE_FLUSH: Final = (
    (schema.event, _one_row(schema.event)),
    (schema.state, _one_row(schema.state, _STATE_UPSERT)),
    (schema.inside, _one_row(schema.inside, _INSIDE_UPSERT)),
    (schema.slot, _one_row(schema.slot, _SLOT_UPSERT)),
    (schema.answer, _one_row(schema.answer)),
    (schema.stream, "UPDATE stream SET head = ?2, hash = ?3 WHERE stream = ?1"),
)
SQLITE_LINK: Final = _one_row(schema.link, "ON CONFLICT DO NOTHING")
SQLITE_UNLINK: Final = "DELETE FROM link WHERE " + " AND ".join(f"{n} = ?" for n in _LINK)

_SET_HEADS: Final = (
    " UPDATE stream t SET head = u.head, hash = u.hash"
    f" FROM {{rows}} AS u({', '.join(_HEAD)}) WHERE t.stream = u.stream"
)
_INSERTED: Final = (
    (schema.event, ""),
    (schema.state, _STATE_UPSERT),
    (schema.inside, _INSIDE_UPSERT),
    (schema.slot, _SLOT_UPSERT),
    (schema.answer, ""),
)

POSTGRESQL_FLUSH: Final = statement(
    "",
    "WITH "
    + ", ".join(f"{table.name}_ AS ({_all_rows(table, then)})" for table, then in _INSERTED)
    + _SET_HEADS.format(rows=f"unnest({_unnested(schema.stream, _HEAD)})"),
)
"""Everything one unit of work wrote but its links, in one statement."""

FEW_ROWS: Final = 2


@cache
def flush_few(counts: tuple[int, ...]) -> Statement:
    """POSTGRESQL_FLUSH for so many rows of event, state, inside, slot, answer and stream.

    Their values are the parameters, row by row. Arrays cost asyncpg and PostgreSQL twice the
    time, but any number of rows is one statement; so this is for at most FEW_ROWS per table.
    """
    inserts = ", ".join(
        f"{table.name}_ AS (INSERT INTO {table.name} ({', '.join(columns(table))})"
        f" VALUES {_values(table, columns(table), count)} {then})"
        for (table, then), count in zip(_INSERTED, counts, strict=False)
        if count
    )
    heads = _values(schema.stream, _HEAD, counts[-1])
    end = _SET_HEADS.format(rows=f"(VALUES {heads})") if heads else " SELECT 1"
    return statement("", f"WITH {inserts}{end}" if inserts else end)


def _values(table: Table, names: Sequence[str], count: int) -> str:
    rows = (
        ", ".join(f"CAST(:{table.name}_{n}_{name} AS {_type(table, name)})" for name in names)
        for n in range(count)
    )
    return ", ".join(f"({row})" for row in rows)


POSTGRESQL_LINK: Final = statement("", _all_rows(schema.link, "ON CONFLICT DO NOTHING"))
POSTGRESQL_UNLINK: Final = statement(
    "",
    f"DELETE FROM link USING unnest({_unnested(schema.link, _LINK)}) AS u({', '.join(_LINK)})"
    f" WHERE {' AND '.join(f'link.{name} = u.{name}' for name in _LINK)}",
)
