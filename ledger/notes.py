"""Words that a person typed: an erasable row each, never in the log."""

from datetime import datetime

from sqlalchemy import delete, select

from ledger import schema
from ledger.instants import to_us
from ledger.session import Session

_NOTE = schema.note


class NoteReader:
    """What was written about a subject."""

    session: Session

    def notes_of(self, kind: str, subject: str) -> list[str]:
        """All that was written, the oldest first."""
        query = select(_NOTE.c.words).where(_NOTE.c.kind == kind, _NOTE.c.subject == subject)
        rows = self.session.connection.execute(query.order_by(_NOTE.c.made_us, _NOTE.c.id))
        return [row[0] for row in rows]


class NoteWriter(NoteReader):
    """Notes go with the events of their subject, which hold none of their words."""

    now: datetime

    def put_note(self, id_: str, kind: str, subject: str, words: str) -> None:
        row = {"id": id_, "kind": kind, "subject": subject, "words": words}
        self.session.connection.execute(_NOTE.insert(), {**row, "made_us": to_us(self.now)})

    def erase_notes(self, kind: str, subject: str) -> None:
        """The rows go, and with them all that was written."""
        about = (_NOTE.c.kind == kind, _NOTE.c.subject == subject)
        self.session.connection.execute(delete(_NOTE).where(*about))
