"""Timers: what is to be done at an instant, once, by whichever process comes first."""

# ruff: noqa: S608 - every part is written here

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from ledger.instants import from_us, to_us
from ledger.session import Session, Statement, statement

CLAIM_S: Final = 60
"""A timer handed out by `due_timers` is handed out again only after this long."""

_SET: Final = statement(
    "INSERT INTO timer (what, subject, kind, stream, at_us, next_us)"
    " VALUES (:what, :subject, :kind, :stream, :at, :at) ON CONFLICT (what, subject) DO UPDATE"
    " SET kind = excluded.kind, stream = excluded.stream, at_us = excluded.at_us,"
    " next_us = excluded.next_us"
)
_DROP: Final = statement("DELETE FROM timer WHERE what = :what AND subject = :subject")
_DROP_ALL: Final = statement("DELETE FROM timer WHERE kind = :kind AND subject = :subject")
_TAKE: Final = statement(
    "DELETE FROM timer WHERE what = :what AND subject = :subject AND at_us <= :now RETURNING what"
)
_ROW: Final = "what, subject, kind, stream, at_us"
_ASKING: Final = "kind = 'payment'"
"""Somebody outside has to be asked before anything can be recorded, so these are apart."""


def _due(which: str) -> Statement:
    found = (
        "UPDATE timer SET next_us = :until"
        " WHERE (what, subject) IN (SELECT what, subject FROM timer"
        f" WHERE next_us <= :now AND {which} ORDER BY next_us, what, subject LIMIT :limit"
    )
    skip = " FOR UPDATE SKIP LOCKED"
    return statement(f"{found}) RETURNING {_ROW}", f"{found}{skip}) RETURNING {_ROW}")


_DUE: Final = {True: _due(_ASKING), False: _due(f"NOT ({_ASKING})")}
_OF: Final = statement(f"SELECT {_ROW} FROM timer WHERE subject = :subject ORDER BY what")


@dataclass(frozen=True, slots=True)
class Timer:
    """`what` is to be done about `subject` (of `kind`), which lives in `stream`."""

    what: str
    subject: str
    kind: str
    stream: str
    at: datetime


class TimerReader:
    session: Session

    def timers_of(self, subject: str) -> list[Timer]:
        """What is still to be done about a subject, by name."""
        return [_timer(row) for row in self.session.rows(_OF, {"subject": subject})]


class Timers(TimerReader):
    """One timer for each thing to be done about a subject; whoever sets it again moves it."""

    now: datetime

    def set_timer(self, timer: Timer) -> None:
        params: dict[str, Any] = {
            "what": timer.what,
            "subject": timer.subject,
            "kind": timer.kind,
            "stream": timer.stream,
            "at": to_us(timer.at),
        }
        self.session.rows(_SET, params)

    def drop_timer(self, what: str, subject: str) -> None:
        self.session.rows(_DROP, {"what": what, "subject": subject})

    def drop_timers(self, kind: str, subject: str) -> None:
        """Nothing is to be done about this subject any more."""
        self.session.rows(_DROP_ALL, {"kind": kind, "subject": subject})

    def due_timers(self, limit: int, *, asking: bool = False) -> list[Timer]:
        """Claim timers that are due, oldest first; nobody else gets them for CLAIM_S seconds.

        `asking`: those of payments, whose provider is asked first; else all others.

        In a unit of work of its own: what is due is then carried out one by one, each in its
        own, begun with `take_timer`.
        """
        until = to_us(self.now + timedelta(seconds=CLAIM_S))
        params = {"now": to_us(self.now), "until": until, "limit": limit}
        found = [_timer(row) for row in self.session.rows(_DUE[asking], params)]
        return sorted(found, key=lambda timer: (timer.at, timer.what, timer.subject))

    def take_timer(self, timer: Timer) -> bool:
        """Whether this timer is still there and due; it is gone with this unit of work.

        The unit holds the timer's stream: so it is carried out once, however many ask.
        """
        params = {"what": timer.what, "subject": timer.subject, "now": to_us(self.now)}
        return bool(self.session.rows(_TAKE, params))


def _timer(row: Any) -> Timer:
    what, subject, kind, stream, at_us = row
    return Timer(what, subject, kind, stream, from_us(at_us))
