"""States on their way down: a page and its cursor are saved in one transaction."""

from datetime import datetime

from domain.subjects import HOUSE, SUBJECTS, site_stream
from domain.sync import Cursor, Digest, Op, Page, StateDown
from ledger.codec import decode, state_digest
from ledger.kiosk import index, outbox
from ledger.kiosk.unit import KioskUnit

START_HASH = "0" * 64


def cursor(unit: KioskUnit, stream: str) -> Cursor:
    """How far a stream has been pulled; from the start if it never was."""
    row = unit.db.execute("SELECT seq, hash FROM cursor WHERE stream = ?", (stream,)).fetchone()
    return Cursor(stream, *row) if row else Cursor(stream, 0, START_HASH)


def known_until(unit: KioskUnit, site_id: str) -> datetime | None:
    """The server's time up to which both streams are complete, or None before the first."""
    rows = unit.db.execute(
        "SELECT complete_at FROM cursor WHERE stream IN (?, ?) AND complete_at IS NOT NULL",
        (HOUSE, site_stream(site_id)),
    ).fetchall()
    if len(rows) < 2:
        return None
    return min(datetime.fromisoformat(text) for (text,) in rows)


def apply_page(unit: KioskUnit, page: Page) -> None:
    """Take over a page of states and move the cursor; settle events that are in them.

    With `more` to come, what stands before `to` may yet come with a later change of its subject.
    """
    for down in page.states:
        _put(unit, "state", page.stream, down)
        unit.touch(down.kind, down.subject)
        _forget_name(unit, down)
        outbox.settle_pulled(unit, down)
    _move_cursor(unit, page)
    if page.stream != HOUSE and not page.more:
        outbox.settle_up_to(unit, page.to)


def begin_snapshot(unit: KioskUnit, stream: str) -> None:
    """Start over with a stream: pages go to shadow tables until the last one is in."""
    unit.db.execute("DELETE FROM shadow WHERE stream = ?", (stream,))


def apply_snapshot_page(unit: KioskUnit, page: Page) -> None:
    """One page of a snapshot; the last one swaps the shadow in for what was there."""
    for down in page.states:
        _put(unit, "shadow", page.stream, down)
    if page.more:
        return
    before = unit.db.execute(
        "SELECT kind, subject FROM state WHERE stream = ?", (page.stream,)
    ).fetchall()
    unit.db.execute("DELETE FROM state WHERE stream = ?", (page.stream,))
    unit.db.execute(
        "INSERT OR REPLACE INTO state SELECT * FROM shadow WHERE stream = ?", (page.stream,)
    )
    unit.db.execute("DELETE FROM shadow WHERE stream = ?", (page.stream,))
    after = unit.db.execute("SELECT kind, subject FROM state WHERE stream = ?", (page.stream,))
    for kind, subject in {*before, *after}:
        unit.touch(kind, subject)
    _move_cursor(unit, page)
    if page.stream == HOUSE:
        _forget_names_of_nobody(unit)
    else:
        outbox.settle_up_to(unit, page.to)


def digest(unit: KioskUnit, stream: str) -> Digest:
    """Count and sum of the states of a stream as the server is asked for them."""
    rows = unit.db.execute(
        "SELECT kind, subject, body FROM state WHERE stream = ? AND body IS NOT NULL", (stream,)
    ).fetchall()
    total = sum(state_digest(kind, subject, body) for kind, subject, body in rows)
    return Digest(len(rows), total % 2**64)


def rebuild(unit: KioskUnit) -> None:
    """Fill every index and the overlay again from states and events."""
    index.rebuild_clear(unit.db)
    for kind, subject, body in unit.db.execute("SELECT kind, subject, body FROM shown").fetchall():
        index.put(unit.db, kind, subject, decode(body, SUBJECTS[kind].state))


def wipe(unit: KioskUnit) -> None:
    """Forget all that came down: a revoked kiosk keeps only what is not yet home."""
    for table in ("state", "shadow", "cursor", "overlay", "name"):
        unit.db.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the line above
    index.rebuild_clear(unit.db)


def _put(unit: KioskUnit, table: str, stream: str, down: StateDown) -> None:
    body = down.state if down.op is Op.PUT else None
    unit.db.execute(
        f"INSERT OR REPLACE INTO {table} VALUES (?,?,?,?,?,?)",  # noqa: S608 - two fixed names
        (down.kind, down.subject, stream, down.seq, down.op.value, body),
    )


def _move_cursor(unit: KioskUnit, page: Page) -> None:
    unit.db.execute(
        "INSERT INTO cursor VALUES (?,?,?,?) ON CONFLICT (stream) DO UPDATE SET"
        " seq = excluded.seq, hash = excluded.hash,"
        " complete_at = coalesce(excluded.complete_at, complete_at)",
        (page.stream, page.to, page.hash, None if page.more else page.server_time.isoformat()),
    )


def _forget_names_of_nobody(unit: KioskUnit) -> None:
    """In a snapshot the erased may be missing without a word."""
    unit.db.execute(
        "DELETE FROM name WHERE person NOT IN"
        " (SELECT subject FROM state WHERE kind = 'person' AND body IS NOT NULL)"
    )


def _forget_name(unit: KioskUnit, down: StateDown) -> None:
    if down.kind == "person" and down.op is not Op.PUT:
        unit.db.execute("DELETE FROM name WHERE person = ?", (down.subject,))
