"""One unit of work: decide on what is locked, append what happened, all or nothing."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from domain.subjects import Body, site_stream
from domain.sync import DecisionWire
from ledger.asking import AskingWriter
from ledger.booking import BookingWriter
from ledger.cards import CardWriter
from ledger.codec import encode_text, kind_text, subject_kind
from ledger.errors import EventIdTaken, NotLocked
from ledger.fold import StateKey, fold
from ledger.holdings import Holdings
from ledger.ids import uuid7
from ledger.instants import to_text
from ledger.kiosks import KioskNotes
from ledger.links import links_of
from ledger.log import chained
from ledger.mails import Mails
from ledger.meta import MetaWriter
from ledger.notes import NoteWriter
from ledger.reader import Reader
from ledger.saw import MAX_SAW_BYTES
from ledger.session import Session
from ledger.timers import Timers
from ledger.writes import Writes

MAX_ID_LENGTH: Final = 200


def _ten_bytes() -> bytes:
    return secrets.token_bytes(10)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who a ledger says recorded its events, and its source of ten random bytes for ids."""

    origin: str = "server"
    chance: Callable[[], bytes] = _ten_bytes


@dataclass(frozen=True, slots=True)
class Appended:
    """Where an event stands in the log."""

    event_id: str
    seq: int


class Unit(
    Reader,
    CardWriter,
    NoteWriter,
    Holdings,
    Timers,
    BookingWriter,
    Mails,
    KioskNotes,
    MetaWriter,
    AskingWriter,
):
    """The locked streams, one instant `now`, and all that is written at its end."""

    def __init__(
        self, session: Session, heads: dict[str, tuple[int, str]], now: datetime, stamp: Stamp
    ) -> None:
        super().__init__(session)
        self.now = now
        self._stamp = stamp
        self._heads = heads
        self._appended_to: set[str] = set()
        self._act = ""
        self._writes = Writes()

    def append(  # noqa: PLR0913 - an event has this many fields; most of them by name
        self,
        stream: str,
        kind: str,
        subject: str,
        body: Body,
        *,
        actor: str,
        at: datetime | None = None,
        event_id: str | None = None,
        origin: str | None = None,
        act: str | None = None,
        n: int | None = None,
        decision: DecisionWire | None = None,
    ) -> Appended:
        """Record that something happened to `subject`; reads see its next state from now on.

        Raises NotLocked for a stream this unit does not hold, EventIdTaken (here or at the
        commit), UnknownKind for a body of another kind, TypeError for a naive time, ValueError
        for what is no id and for a decision that saw over 2 KiB.
        """
        row: dict[str, Any] = {
            "stream": stream,
            "id": event_id or self._fresh_id(),
            "kind": kind_text(kind, body),
            "subject": subject,
            "at": to_text(at or self.now),
            "recorded_at": to_text(self.now),
            "origin": origin or self._stamp.origin,
            "actor": actor,
            "act": act or self._own_act(),
            "n": n,
            "body": encode_text(body),
            "decision": _decision_text(decision),
        }
        subject_kind(row["kind"])
        _check_ids(row)
        seq = self._chain(row)
        self._evolve((kind, subject, stream), seq, body)
        return Appended(row["id"], seq)

    def locks(self, stream: str) -> bool:
        """Whether this unit holds `stream`, so that it may append to it."""
        return stream in self._heads

    def begins(self, kind: str, subject: str) -> None:
        """This subject has an id made a moment ago: nothing of it is looked for."""
        self._rows.setdefault((kind, subject), {})

    def stored(self, scope: str, id_: str) -> tuple[str, str] | None:
        return self._writes.answers.get((scope, id_)) or super().stored(scope, id_)

    def store(self, scope: str, id_: str, request_hash: str, answer: str) -> None:
        """Keep the answer to a request for whoever asks the same again."""
        self._writes.answers[scope, id_] = (request_hash, answer)

    def known_event(self, event_id: str) -> tuple[str, int, str, str, str] | None:
        row = self._writes.events.get(event_id)
        if row is None:
            return super().known_event(event_id)
        return row["stream"], row["seq"], row["kind"], row["subject"], row["body"]

    def inside(self, site_id: str, day: date) -> list[tuple[str, int]]:
        stream = site_stream(site_id)
        counts = dict(super().inside(site_id, day)) | self._writes.inside_on(stream, day)
        return sorted((holder, people) for holder, people in counts.items() if people > 0)

    def flush(self) -> None:
        """Write all that was appended; called once, before the commit."""
        heads = {stream: self._heads[stream] for stream in self._appended_to}
        self._writes.flush(self.session, heads, self.links)

    def _chain(self, row: dict[str, Any]) -> int:
        stream = row["stream"]
        if stream not in self._heads:
            raise NotLocked(stream)
        if row["id"] in self._writes.events:
            raise EventIdTaken(row["id"])
        head, previous = self._heads[stream]
        row["seq"] = head + 1
        row["hash"] = chained(previous, row)
        self._heads[stream] = (head + 1, row["hash"])
        self._appended_to.add(stream)
        self._writes.events[row["id"]] = row
        return head + 1

    def _evolve(self, at: StateKey, seq: int, body: Body) -> None:
        kind, subject, stream = at
        rows = self.rows_of(kind, subject)
        before = rows.get(stream)
        after = fold(before, at, seq, body)
        if after is None:
            return
        rows[stream] = after
        self._writes.state(after)
        old = links_of(kind, subject, before.value if before else None)
        self.links.change(stream, old, links_of(kind, subject, after.value))

    def _fresh_id(self) -> str:
        return uuid7(self.now, self._stamp.chance())

    def _own_act(self) -> str:
        self._act = self._act or self._fresh_id()
        return self._act


def _check_ids(row: dict[str, Any]) -> None:
    """Refuses on both databases what one of them could not index."""
    for name in ("id", "subject", "origin", "actor", "act"):
        if not 0 < len(row[name]) <= MAX_ID_LENGTH or "\0" in row[name]:
            raise ValueError(f"no {name}: {row[name][:MAX_ID_LENGTH]!r}")


def _decision_text(decision: DecisionWire | None) -> str | None:
    if decision is None:
        return None
    if len(decision.saw.encode()) > MAX_SAW_BYTES:
        raise ValueError("a decision's record holds ids and versions only, at most 2 KiB")
    return encode_text(decision)
