"""Events on their way up: what to send next, and what an answer means for the view."""

import sqlite3
from datetime import datetime

from domain.subjects import site_stream
from domain.sync import (
    MAX_PUSH_BYTES,
    MAX_PUSH_EVENTS,
    DecisionWire,
    EventUp,
    PushReply,
    PushStatus,
    StateDown,
)
from ledger.codec import canonical
from ledger.kiosk.unit import ANSWERED, HELD, PENDING, SETTLED, KioskUnit

_HELD = frozenset({PushStatus.QUARANTINED, PushStatus.UNSUPPORTED})
_COLUMNS = "n, id, act, kind, subject, at, actor, body, offline, rule, saw"


def unsent(unit: KioskUnit) -> int:
    """How many events the server has not answered yet."""
    (count,) = unit.db.execute("SELECT count(*) FROM event WHERE status = ?", (PENDING,)).fetchone()
    return int(count)


def next_push(unit: KioskUnit) -> tuple[EventUp, ...]:
    """The oldest unanswered events that fit one push; an act is never split."""
    rows = unit.db.execute(
        f"SELECT {_COLUMNS} FROM event WHERE status = ? ORDER BY position LIMIT ?",  # noqa: S608
        (PENDING, MAX_PUSH_EVENTS + 1),
    ).fetchall()
    events = [_event(row) for row in rows]
    fitting = _fitting(events)
    if len(fitting) == len(events):
        return tuple(fitting)
    broken = events[len(fitting)].act
    whole = [event for event in fitting if event.act != broken]
    return tuple(whole or fitting)


def take_answer(unit: KioskUnit, reply: PushReply, site_id: str, at: datetime) -> None:
    """Note what became of each event; folded again is what leaves the view at once.

    An event stays in the view until the state with it has come down, which its `seq` tells.
    """
    until = reply.at.get(site_stream(site_id), 0)
    for result in reply.results:
        status, seq = ANSWERED, until if result.seq is None else result.seq
        if result.status in _HELD:
            status = HELD
        elif result.status is PushStatus.REFUSED:
            status = SETTLED
        unit.db.execute(
            "UPDATE event SET status = ?, code = ?, until_seq = ?, settled_at = ?"
            " WHERE id = ? AND status = ?",
            (status, result.code, seq, at.isoformat(), result.id, PENDING),
        )
        _touch(unit, result.id)


def settle_up_to(unit: KioskUnit, seq: int) -> None:
    """The site's stream has been pulled to `seq`: what it holds by now leaves the view."""
    rows = unit.db.execute(
        "SELECT DISTINCT subject_kind, folds_to FROM event WHERE status = ? AND until_seq <= ?",
        (ANSWERED, seq),
    ).fetchall()
    unit.db.execute(
        "UPDATE event SET status = ? WHERE status = ? AND until_seq <= ?", (SETTLED, ANSWERED, seq)
    )
    for kind, subject in rows:
        unit.touch(kind, subject)


def settle_pulled(unit: KioskUnit, down: StateDown) -> None:
    """A state has come down: the events of its subject that it holds leave the view."""
    unit.db.execute(
        "UPDATE event SET status = ? WHERE subject_kind = ? AND folds_to = ? AND status = ?"
        " AND until_seq <= ?",
        (SETTLED, down.kind, down.subject, ANSWERED, down.seq),
    )


def renumber(unit: KioskUnit, incarnation: int) -> None:
    """Go on as `incarnation`: unsettled events get new numbers from 1 and keep their ids."""
    unit.set_meta("incarnation", str(incarnation))
    rows = unit.db.execute(
        "SELECT position FROM event WHERE status IN (?, ?) ORDER BY position", (PENDING, ANSWERED)
    ).fetchall()
    for n, (position,) in enumerate(rows, start=1):
        unit.db.execute(
            "UPDATE event SET incarnation = ?, n = ?, status = ? WHERE position = ?",
            (incarnation, n, PENDING, position),
        )
    unit.set_meta("last_n", str(len(rows)))


def forget_settled(unit: KioskUnit, before: datetime) -> int:
    """Drop events settled before an instant (14 days on a kiosk); returns how many."""
    done = unit.db.execute(
        "DELETE FROM event WHERE status = ? AND settled_at < ?", (SETTLED, before.isoformat())
    )
    return done.rowcount


def _touch(unit: KioskUnit, event_id: str) -> None:
    row = unit.db.execute(
        "SELECT subject_kind, folds_to FROM event WHERE id = ?", (event_id,)
    ).fetchone()
    if row:
        unit.touch(*row)


def _fitting(events: list[EventUp]) -> list[EventUp]:
    size = 0
    fitting: list[EventUp] = []
    for event in events[:MAX_PUSH_EVENTS]:
        size += len(canonical(event)) + 1
        if fitting and size > MAX_PUSH_BYTES - 1024:
            break
        fitting.append(event)
    return fitting


def _event(row: sqlite3.Row | tuple[object, ...]) -> EventUp:
    n, id_, act, kind, subject, at, actor, body, offline, rule, saw = row
    decision = DecisionWire(int(str(rule)), str(saw)) if rule is not None else None
    return EventUp(
        n=int(str(n)),
        id=str(id_),
        act=str(act),
        kind=str(kind),
        subject=str(subject),
        at=datetime.fromisoformat(str(at)),
        actor=str(actor),
        body=str(body),
        offline=bool(offline),
        decision=decision,
    )


def send_again_after(unit: KioskUnit, last_n_seen: int) -> None:
    """A restored server has seen less than it once answered: those events go up again."""
    rows = unit.db.execute(
        "SELECT subject_kind, folds_to FROM event WHERE incarnation = ? AND n > ? AND status != ?",
        (int(unit.meta("incarnation") or 0), last_n_seen, PENDING),
    ).fetchall()
    unit.db.execute(
        "UPDATE event SET status = ?, until_seq = NULL, settled_at = NULL"
        " WHERE incarnation = ? AND n > ? AND status != ?",
        (PENDING, int(unit.meta("incarnation") or 0), last_n_seen, PENDING),
    )
    for kind, subject in rows:
        unit.touch(kind, subject)
