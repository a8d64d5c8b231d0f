"""Events by what they are about: bookings, attempts, and settings as they once stood."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from domain.subjects import SUBJECTS
from ledger.codec import decode_event, subject_kind
from ledger.instants import from_text
from ledger.reader import Reader
from ledger.session import many_texts, statement

_WANTED: Final = "substr(e.kind, 1, 5) IN ('attem', 'booki', 'resou', 'site.')"
"""The index `event_usage` is of these kinds alone."""
_COLUMNS: Final = "e.id, e.seq, e.kind, e.subject, e.at, e.recorded_at, e.actor, e.body"
_EVENTS: Final = statement(
    f"SELECT {_COLUMNS} FROM json_each(:subjects) j CROSS JOIN event e"  # noqa: S608 - our own columns
    f" INDEXED BY event_usage"
    f" WHERE e.subject = j.value AND {_WANTED} AND e.stream = :stream ORDER BY e.seq",
    f"SELECT {_COLUMNS} FROM event e"  # noqa: S608 - our own columns
    f" WHERE e.subject = ANY(CAST(:subjects AS text[])) AND {_WANTED} AND e.stream = :stream"
    " ORDER BY e.seq",
)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event of the log, its body still text."""

    id: str
    seq: int
    kind: str
    subject: str
    at: str
    recorded_at: str
    actor: str
    body: str


@dataclass(slots=True)
class Versions:
    """What a subject was, from when on."""

    since: list[datetime] = field(default_factory=list)
    states: list[Any] = field(default_factory=list)

    def at(self, instant: datetime) -> Any:
        """What stood at `instant`; before the first: the first; None: it was not there."""
        if not self.since:
            return None
        return self.states[max(0, bisect_right(self.since, instant) - 1)]

    @property
    def last(self) -> Any:
        """The newest one that was there."""
        return next((each for each in reversed(self.states) if each is not None), None)


def events_about(reader: Reader, stream: str, subjects: Sequence[str]) -> list[EventRow]:
    """Every event of a site's stream about these subjects, in the order of the log."""
    params = {"subjects": many_texts(reader.session, subjects), "stream": stream}
    return [EventRow(*row) for row in reader.session.rows(_EVENTS, params)]


def versions(
    reader: Reader, stream: str, kind: str, subjects: Iterable[str]
) -> dict[str, Versions]:
    """What each of these subjects was over time."""
    found = {id_: Versions() for id_ in subjects}
    for row in events_about(reader, stream, list(found)):
        if subject_kind(row.kind) == kind:
            known = found[row.subject]
            before = known.states[-1] if known.states else None
            after = SUBJECTS[kind].evolve(before, decode_event(row.kind, row.body))
            known.since.append(from_text(row.recorded_at))
            known.states.append(after)
    return found
