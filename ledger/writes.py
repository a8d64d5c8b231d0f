"""What one unit of work wrote, kept until its end and then written in few statements."""

from datetime import date
from typing import Any, Final

from domain.booking import Booking
from domain.visit import Visit
from ledger import schema
from ledger.fold import StateRow
from ledger.inserts import (
    FEW_ROWS,
    POSTGRESQL_FLUSH,
    POSTGRESQL_LINK,
    POSTGRESQL_UNLINK,
    SQLITE_FLUSH,
    SQLITE_LINK,
    SQLITE_UNLINK,
    arrays,
    columns,
    flush_few,
)
from ledger.instants import to_us
from ledger.links import LinkChanges
from ledger.session import Session

_Row = tuple[Any, ...]
_EVENT: Final = columns(schema.event)


class Writes:
    """Rows by table; a row written twice counts as written last."""

    def __init__(self) -> None:
        self.events: dict[str, dict[str, Any]] = {}
        self.answers: dict[tuple[str, str], tuple[str, str]] = {}
        self._states: dict[_Row, _Row] = {}
        self._inside: dict[_Row, _Row] = {}
        self._slots: dict[_Row, _Row] = {}

    def state(self, row: StateRow) -> None:
        """A state, and its row in the index that its kind has."""
        self._states[row.key] = (*row.key, row.seq, row.op.value, row.body)
        if row.kind == "booking" and row.value is not None:
            self._slots[row.stream, row.subject] = _slot(row, row.value)
        if row.kind == "visit":
            visit: Visit | None = row.value
            day, people = (visit.day.isoformat(), visit.inside) if visit else ("", 0)
            self._inside[row.stream, row.subject] = (row.stream, row.subject, day, people)

    def inside_on(self, stream: str, day: date) -> dict[str, int]:
        """People by holder as this unit of work leaves them; 0 for who is not there that day."""
        text = day.isoformat()
        rows = (row for row in self._inside.values() if row[0] == stream)
        return {holder: people if row_day == text else 0 for _, holder, row_day, people in rows}

    def flush(
        self, session: Session, heads: dict[str, tuple[int, str]], links: LinkChanges
    ) -> None:
        """Write all of it; `heads` are those of the streams that events were appended to."""
        tables: dict[str, list[_Row]] = {
            "event": [tuple(row[name] for name in _EVENT) for row in self.events.values()],
            "state": list(self._states.values()),
            "inside": list(self._inside.values()),
            "slot": list(self._slots.values()),
            "answer": [(*key, *answer) for key, answer in self.answers.items()],
            "stream": [(stream, *head) for stream, head in heads.items()],
        }
        if session.postgresql:
            _flush_postgresql(session, tables, links.cut(), links.made())
        else:
            _flush_sqlite(session, tables, links.cut(), links.made())


def _slot(row: StateRow, booking: Booking) -> _Row:
    times = (to_us(booking.starts), to_us(booking.ends))
    who_and_what = (booking.resource_id, booking.person_id)
    end = (booking.status.value, booking.series_id)
    return (row.stream, row.subject, *who_and_what, *times, *end)


def _flush_sqlite(
    session: Session, tables: dict[str, list[_Row]], cut: list[_Row], made: list[_Row]
) -> None:
    for table, insert in SQLITE_FLUSH:
        session.many(insert, tables[table.name])
    session.many(SQLITE_UNLINK, cut)
    session.many(SQLITE_LINK, made)


def _flush_postgresql(
    session: Session, tables: dict[str, list[_Row]], cut: list[_Row], made: list[_Row]
) -> None:
    counts = tuple(len(rows) for rows in tables.values())
    if 0 < max(counts) <= FEW_ROWS:
        few = flush_few(counts)
        values = (value for rows in tables.values() for row in rows for value in row)
        session.rows(few, dict(zip(few.names, values, strict=True)))
    elif any(counts):
        params: dict[str, Any] = {}
        for name, rows in tables.items():
            params |= arrays(schema.metadata.tables[name], rows)
        session.rows(POSTGRESQL_FLUSH, params)
    if cut:
        session.rows(POSTGRESQL_UNLINK, arrays(schema.link, cut))
    if made:
        session.rows(POSTGRESQL_LINK, arrays(schema.link, made))
