"""One unit of work on a kiosk: read what is shown, record what happened."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from domain.check_in import Record
from domain.passes import GrantKind
from domain.subjects import SUBJECTS
from domain.sync import DecisionWire
from domain.visit import holder_of
from ledger.codec import decode, decode_event, encode_text, kind_text
from ledger.ids import uuid7
from ledger.kiosk import index

T = TypeVar("T")

PENDING = "pending"
ANSWERED = "answered"
HELD = "held"
SETTLED = "settled"
IN_VIEW = (PENDING, ANSWERED, HELD)


@dataclass(frozen=True, slots=True)
class Act:
    """Who did something when, and whether the server could be asked; events share it."""

    actor: str
    at: datetime
    offline: bool
    decision: DecisionWire | None = None


class KioskUnit:
    """Reads and writes of one transaction. Implements `domain.access.build.States`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._touched: set[tuple[str, str]] = set()

    def get(self, kind: str, subject: str, type_: type[T]) -> tuple[int, T] | None:
        row = self.db.execute(
            "SELECT seq, body FROM shown WHERE kind = ? AND subject = ?", (kind, subject)
        ).fetchone()
        return (row[0], decode(row[1], type_)) if row else None

    def all(self, kind: str, type_: type[T]) -> list[tuple[str, T]]:
        """Every subject of a kind with what is shown of it, by subject."""
        rows = self.db.execute(
            "SELECT subject, body FROM shown WHERE kind = ? ORDER BY subject", (kind,)
        )
        return [(subject, decode(body, type_)) for subject, body in rows]

    def of_person(self, kind: str, person_id: str) -> Iterable[str]:
        rows = self.db.execute(
            "SELECT subject FROM of_person WHERE person = ? AND kind = ? ORDER BY subject",
            (person_id, kind),
        )
        return [subject for (subject,) in rows]

    def by_ref(self, kind: GrantKind, grant_ref: str) -> str | None:
        row = self.db.execute(
            "SELECT subject FROM grant_ref WHERE kind = ? AND ref = ? ORDER BY subject LIMIT 1",
            (kind.value, grant_ref),
        ).fetchone()
        return row[0] if row else None

    def pass_by_short_code(self, hash_hex: str) -> str | None:
        row = self.db.execute(
            "SELECT subject FROM short_code WHERE hash = ? LIMIT 1", (hash_hex,)
        ).fetchone()
        return row[0] if row else None

    def slots(self, start: datetime, end: datetime) -> list[tuple[str, datetime, datetime]]:
        """(resource, starts, ends) of confirmed bookings touching the span, in order."""
        return index.slots(self.db, start, end)

    def meta(self, key: str) -> str | None:
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def record(self, records: Iterable[Record], act: Act) -> tuple[str, ...]:
        """Append events of one act, numbered without holes; returns their ids."""
        incarnation = int(self.meta("incarnation") or 0)
        n = int(self.meta("last_n") or 0)
        act_id = uuid7(act.at)
        ids = []
        for each in records:
            n += 1
            ids.append(self._append(each, act, act_id, (incarnation, n)))
            self._extend(each)
        self.set_meta("last_n", str(n))
        return tuple(ids)

    def touch(self, kind: str, subject: str) -> None:
        """What is shown of this subject is folded anew before the commit.

        A kind of a newer server is kept as it came, until a newer program reads it.
        """
        if kind in SUBJECTS:
            self._touched.add((kind, subject))

    def finish(self) -> None:
        """Fold what was touched, so that nobody ever reads a view that is behind."""
        while self._touched:
            touched, self._touched = sorted(self._touched), set()
            for kind, subject in touched:
                self._fold(kind, subject)

    def _append(self, record: Record, act: Act, act_id: str, number: tuple[int, int]) -> str:
        event_id = uuid7(act.at)
        decision = act.decision
        self.db.execute(
            "INSERT INTO event (incarnation, n, id, act, kind, subject_kind, subject, folds_to,"
            " at, actor, body, offline, rule, saw) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                *number,
                event_id,
                act_id,
                kind_text(record.kind, record.body),
                record.kind,
                record.subject,
                record.subject,
                act.at.isoformat(),
                act.actor,
                encode_text(record.body),
                int(act.offline),
                decision.rule if decision else None,
                decision.saw if decision else None,
            ),
        )
        return event_id

    def _extend(self, record: Record) -> None:
        """Fold one more event onto what is shown: the same as folding all anew, in one step."""
        spec = SUBJECTS[record.kind]
        found: tuple[int, Any] | None = self.get(record.kind, record.subject, spec.state)
        shown = found[1] if found else None
        self._show(record.kind, record.subject, spec.evolve(shown, record.body))

    def _show(self, kind: str, subject: str, state: Any) -> None:
        body = encode_text(state) if state is not None else None
        self.db.execute("INSERT OR REPLACE INTO overlay VALUES (?, ?, ?)", (kind, subject, body))
        index.put(self.db, kind, subject, state)

    def _fold(self, kind: str, subject: str) -> None:
        events = self.db.execute(
            "SELECT kind, body FROM event WHERE subject_kind = ? AND folds_to = ?"
            " AND status IN (?, ?, ?) ORDER BY position",
            (kind, subject, *IN_VIEW),
        ).fetchall()
        row = self.db.execute(
            "SELECT body FROM state WHERE kind = ? AND subject = ?", (kind, subject)
        ).fetchone()
        spec = SUBJECTS[kind]
        state = decode(row[0], spec.state) if row and row[0] else None
        for text, body in events:
            state = spec.evolve(state, decode_event(text, body))
        if events:
            self._show(kind, subject, state)
        else:
            self.db.execute("DELETE FROM overlay WHERE kind = ? AND subject = ?", (kind, subject))
            index.put(self.db, kind, subject, state)
        if kind == "pass":
            self._count_for(holder_of(subject, state), pass_id=subject)

    def _count_for(self, holder: str, *, pass_id: str) -> None:
        """What was recorded under a pass changes the visit of whose pass it turns out to be."""
        of_pass = "subject_kind = 'visit' AND subject = ? AND folds_to != ?"
        before = self.db.execute(
            f"SELECT DISTINCT folds_to FROM event WHERE {of_pass}",  # noqa: S608 - from above
            (pass_id, holder),
        ).fetchall()
        if before:
            self.db.execute(
                f"UPDATE event SET folds_to = ? WHERE {of_pass}",  # noqa: S608 - from above
                (holder, pass_id, holder),
            )
        for (other,) in before:
            self._touched |= {("visit", other), ("visit", holder)}
