"""The narrow index tables of a kiosk, kept with each state that is shown."""

import sqlite3
from datetime import UTC, datetime
from typing import Any, Final

from domain.booking import Booking, BookingStatus
from domain.codes import grant_ref
from domain.day_pass import DayPass
from domain.membership import Membership
from domain.passes import GrantKind, Pass

_REF_KINDS: Final = {
    "person": GrantKind.MEMBERSHIP,
    "booking": GrantKind.BOOKING,
    "day_pass": GrantKind.DAY_PASS,
    "invitation": GrantKind.INVITATION,
}


def put(db: sqlite3.Connection, kind: str, subject: str, state: Any) -> None:
    """Index `state` of a subject anew; None takes it out."""
    if kind in _REF_KINDS:
        _put_ref(db, kind, subject, present=state is not None)
    if kind in ("membership", "booking", "day_pass"):
        _put_person(db, kind, subject, state)
    if kind == "booking":
        _put_slot(db, subject, state)
    if kind == "pass":
        _put_short_codes(db, subject, state)


def slots(
    db: sqlite3.Connection, start: datetime, end: datetime
) -> list[tuple[str, datetime, datetime]]:
    """(resource, starts, ends) of confirmed bookings touching [start, end)."""
    rows = db.execute(
        "SELECT resource, starts, ends FROM slot WHERE ends > ? AND starts < ?"
        " ORDER BY resource, starts",
        (int(start.timestamp()), int(end.timestamp())),
    )
    return [
        (res, datetime.fromtimestamp(a, UTC), datetime.fromtimestamp(b, UTC)) for res, a, b in rows
    ]


def rebuild_clear(db: sqlite3.Connection) -> None:
    """Empty every index, to be filled again from what is shown."""
    for table in ("of_person", "grant_ref", "short_code", "slot"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the line above


def _put_ref(db: sqlite3.Connection, kind: str, subject: str, *, present: bool) -> None:
    grant = _REF_KINDS[kind].value
    db.execute("DELETE FROM grant_ref WHERE kind = ? AND subject = ?", (grant, subject))
    if present:
        db.execute("INSERT INTO grant_ref VALUES (?, ?, ?)", (grant, grant_ref(subject), subject))


def _put_person(
    db: sqlite3.Connection, kind: str, subject: str, state: Membership | Booking | DayPass | None
) -> None:
    db.execute("DELETE FROM of_person WHERE kind = ? AND subject = ?", (kind, subject))
    if state is not None and state.person_id is not None:
        db.execute("INSERT INTO of_person VALUES (?, ?, ?)", (state.person_id, kind, subject))


def _put_slot(db: sqlite3.Connection, subject: str, booking: Booking | None) -> None:
    db.execute("DELETE FROM slot WHERE subject = ?", (subject,))
    if booking is not None and booking.status is BookingStatus.CONFIRMED:
        starts, ends = int(booking.starts.timestamp()), int(booking.ends.timestamp())
        db.execute(
            "INSERT INTO slot VALUES (?,?,?,?)", (subject, booking.resource_id, starts, ends)
        )


def _put_short_codes(db: sqlite3.Connection, subject: str, issued: Pass | None) -> None:
    db.execute("DELETE FROM short_code WHERE subject = ?", (subject,))
    for hash_hex in issued.short_codes if issued else ():
        db.execute("INSERT OR IGNORE INTO short_code VALUES (?, ?)", (hash_hex, subject))
