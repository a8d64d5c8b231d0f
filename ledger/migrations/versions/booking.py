"""Booking: claims that are found by range, timers, holds of guests, bookings by person and day.

Revision ID: booking
Revises: asking
"""

import json
from datetime import datetime, timezone
from typing import Any

from alembic import op
from sqlalchemy import text

revision = "booking"
down_revision = "asking"

TABLES = """
CREATE INDEX holding_expires ON holding (unit, expires_us) WHERE expires_us IS NOT NULL;
CREATE TABLE slot (
    stream TEXT NOT NULL,
    booking_id TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    person_id TEXT,
    from_us BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    status TEXT NOT NULL,
    series_id TEXT,
    PRIMARY KEY (stream, booking_id)
);
CREATE INDEX slot_day ON slot (stream, from_us);
CREATE INDEX slot_person ON slot (person_id, from_us) WHERE person_id IS NOT NULL;
CREATE INDEX slot_series ON slot (series_id) WHERE series_id IS NOT NULL;
CREATE INDEX state_resources ON state (stream, subject) WHERE kind = 'resource';
CREATE TABLE timer (
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    stream TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    next_us BIGINT NOT NULL,
    PRIMARY KEY (what, subject)
);
CREATE INDEX timer_next ON timer (next_us);
CREATE TABLE hold (
    id TEXT PRIMARY KEY NOT NULL,
    session_key TEXT NOT NULL,
    mail_key TEXT NOT NULL,
    ip_key TEXT NOT NULL,
    site_id TEXT NOT NULL,
    expires_us BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX hold_session ON hold (session_key) WHERE session_key <> '';
CREATE INDEX hold_mail ON hold (mail_key) WHERE mail_key <> '';
CREATE INDEX hold_ip ON hold (ip_key, expires_us) WHERE ip_key <> '';
CREATE TABLE kiosk_contact (
    kiosk_id TEXT PRIMARY KEY NOT NULL,
    heard_us BIGINT NOT NULL
);
ALTER TABLE card ADD COLUMN vat_id TEXT NOT NULL DEFAULT ''
"""

# Claims of one unit never overlap: only the last one that begins before a range can reach into it.
SQLITE = (
    "DROP TRIGGER holding_apart_insert",
    "DROP TRIGGER holding_apart_update",
    """
    CREATE TRIGGER holding_apart_insert BEFORE INSERT ON holding
    WHEN EXISTS (SELECT 1 FROM holding WHERE unit = NEW.unit
                 AND from_us >= NEW.from_us AND from_us < NEW.until_us)
      OR (SELECT until_us FROM holding WHERE unit = NEW.unit AND from_us < NEW.from_us
          ORDER BY from_us DESC LIMIT 1) > NEW.from_us
    BEGIN SELECT RAISE(ABORT, 'holding_apart'); END
    """,
    """
    CREATE TRIGGER holding_apart_update BEFORE UPDATE OF unit, from_us, until_us ON holding
    WHEN EXISTS (SELECT 1 FROM holding WHERE unit = NEW.unit AND rowid <> OLD.rowid
                 AND from_us >= NEW.from_us AND from_us < NEW.until_us)
      OR (SELECT until_us FROM holding WHERE unit = NEW.unit AND rowid <> OLD.rowid
          AND from_us < NEW.from_us ORDER BY from_us DESC LIMIT 1) > NEW.from_us
    BEGIN SELECT RAISE(ABORT, 'holding_apart'); END
    """,
)

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def upgrade() -> None:
    for each in TABLES.split(";"):
        op.execute(each)
    if op.get_bind().dialect.name == "sqlite":
        for each in SQLITE:
            op.execute(each)
    _fill()


def _fill() -> None:
    """The new index rows of what is there already; `ledger.rebuild` would write the same."""
    rows = op.get_bind().execute(
        text(
            "SELECT kind, subject, stream, body FROM state"
            " WHERE kind IN ('booking', 'pass', 'invitation') AND op = 'put'"
        )
    )
    for kind, subject, stream, body in rows.all():
        state = json.loads(body)
        if kind == "booking":
            _slot(subject, stream, state)
        elif kind == "pass":
            _link(f"passes:{state['grant_kind']}", state["grant_id"], kind, subject, stream)
        else:
            _link("guests", state["booking_id"], kind, subject, stream)


def _slot(subject: str, stream: str, state: dict[str, Any]) -> None:
    op.get_bind().execute(
        text(
            "INSERT INTO slot VALUES (:stream, :id, :resource, :person, :from, :until, :status,"
            " :series)"
        ),
        {
            "stream": stream,
            "id": subject,
            "resource": state["resource_id"],
            "person": state.get("person_id"),
            "from": _us(state["starts"]),
            "until": _us(state["ends"]),
            "status": state.get("status", "confirmed"),
            "series": state.get("series_id"),
        },
    )


def _link(*row: str) -> None:
    names = ("kind", "subject", "to_kind", "to_subject", "stream")
    op.get_bind().execute(
        text(
            "INSERT INTO link (kind, subject, to_kind, to_subject, stream)"
            " VALUES (:kind, :subject, :to_kind, :to_subject, :stream)"
        ),
        dict(zip(names, row)),
    )


def _us(text_: str) -> int:
    since = datetime.fromisoformat(text_.replace("Z", "+00:00")) - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def downgrade() -> None:
    raise NotImplementedError("a log is not taken back")
