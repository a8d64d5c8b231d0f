"""Everything that can be read in one snapshot of the server's ledger."""

from datetime import date
from typing import Any

from sqlalchemy import select

from domain.subjects import site_stream
from ledger import schema
from ledger.asking import AskingReader
from ledger.booking import BookingReader
from ledger.cards import CardReader
from ledger.holdings import HoldingReader
from ledger.meta import MetaReader
from ledger.notes import NoteReader
from ledger.statements import ANSWER_OF, EVENT_BY_ID
from ledger.states import StateReader
from ledger.timers import TimerReader


class Reader(
    StateReader,
    CardReader,
    NoteReader,
    MetaReader,
    AskingReader,
    HoldingReader,
    TimerReader,
    BookingReader,
):
    """One snapshot, no lock. Implements `domain.access.build.States` over all streams."""

    def stored(self, scope: str, id_: str) -> tuple[str, str] | None:
        """(request hash, answer) stored under an id of this scope."""
        if (scope, id_) not in self._answers:
            rows = self.session.rows(ANSWER_OF, {"scope": scope, "id": id_})
            self._answers[scope, id_] = (rows[0][0], rows[0][1]) if rows else None
        return self._answers[scope, id_]

    def known_event(self, event_id: str) -> tuple[str, int, str, str, str] | None:
        """(stream, seq, kind text, subject, body text) of an event, or None."""
        rows = self.session.rows(EVENT_BY_ID, {"id": event_id})
        if not rows:
            return None
        stream, seq, kind, subject, body = rows[0]
        return stream, seq, kind, subject, body

    def event(self, event_id: str) -> dict[str, Any] | None:
        """All columns of an event, as they were hashed, or None."""
        table = schema.event
        row = (
            self.session.connection.execute(select(table).where(table.c.id == event_id))
            .mappings()
            .first()
        )
        return dict(row) if row else None

    def inside(self, site_id: str, day: date) -> list[tuple[str, int]]:
        """(holder, people) of everybody in the house on this day, by holder."""
        table = schema.inside
        rows = self.session.connection.execute(
            select(table.c.holder, table.c.people)
            .where(table.c.stream == site_stream(site_id), table.c.day == day.isoformat())
            .where(table.c.people > 0)
            .order_by(table.c.holder)
        )
        return [(holder, people) for holder, people in rows]
