"""The tables of the server's database, the same on SQLite and PostgreSQL.

`event` is the log and the only truth; `state`, `link`, `inside` and `slot` are folded from it
and can be rebuilt. `card` is personal data and erasable. Instants are microseconds since 1970
(`_us`), except in `event`, whose text is exactly what was hashed.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata: Final = MetaData()


def _text(name: str, *, key: bool = False, optional: bool = False) -> "Column[str]":
    return Column(name, Text, primary_key=key, nullable=optional)


def _number(name: str, *, key: bool = False, optional: bool = False) -> "Column[int]":
    return Column(name, BigInteger, primary_key=key, nullable=optional, autoincrement=False)


def _partial(name: str, only: str, *columns: str) -> Index:
    """An index of the few rows that are looked for by these columns."""
    where = text(only)
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


stream: Final = Table(
    "stream",
    metadata,
    _text("stream", key=True),
    _number("head"),
    _text("hash"),
    _number("floor"),  # cursors below it missed a tombstone that is gone
)

event: Final = Table(
    "event",
    metadata,
    _text("stream", key=True),
    _number("seq", key=True),
    _text("id"),
    _text("kind"),
    _text("subject"),
    _text("at"),
    _text("recorded_at"),
    _text("origin"),
    _text("actor"),
    _text("act"),
    _number("n", optional=True),
    _text("body"),
    _text("decision", optional=True),
    _text("hash"),
    UniqueConstraint("id", name="event_id"),
    _partial(
        "event_usage",
        "substr(kind, 1, 5) IN ('attem', 'booki', 'resou', 'site.')",
        "subject",
        "stream",
        "seq",
    ),
)

state: Final = Table(
    "state",
    metadata,
    _text("kind", key=True),
    _text("subject", key=True),
    _text("stream", key=True),
    _number("seq"),
    _text("op"),
    _text("body", optional=True),
    UniqueConstraint("stream", "seq", name="state_seq"),
    _partial("state_resources", "kind = 'resource'", "stream", "subject"),
)

link: Final = Table(  # whoever reads the first will want the second
    "link",
    metadata,
    _text("kind", key=True),
    _text("subject", key=True),
    _text("to_kind", key=True),
    _text("to_subject", key=True),
    _text("stream", key=True),
)

inside: Final = Table(
    "inside",
    metadata,
    _text("stream", key=True),
    _text("holder", key=True),
    _text("day"),
    Column("people", Integer, nullable=False),
    Index("inside_day", "stream", "day"),
)

holding: Final = Table(
    "holding",
    metadata,
    _text("ref", key=True),
    _text("unit", key=True),
    _number("from_us"),
    _number("until_us"),
    _text("kind"),
    _number("expires_us", optional=True),
    CheckConstraint("from_us < until_us", name="holding_forward"),
    CheckConstraint(
        "kind IN ('hold', 'booking', 'lease', 'loan', 'blackout')", name="holding_kind"
    ),
    Index("holding_unit", "unit", "from_us"),
    _partial("holding_expires", "expires_us IS NOT NULL", "unit", "expires_us"),
)

slot: Final = Table(  # bookings by person and by day, whatever became of them
    "slot",
    metadata,
    _text("stream", key=True),
    _text("booking_id", key=True),
    _text("resource_id"),
    _text("person_id", optional=True),
    _number("from_us"),
    _number("until_us"),
    _text("status"),
    _text("series_id", optional=True),
    Index("slot_day", "stream", "from_us"),
    _partial("slot_person", "person_id IS NOT NULL", "person_id", "from_us"),
    _partial("slot_series", "series_id IS NOT NULL", "series_id"),
)

timer: Final = Table(  # what is to be done at an instant; `next_us`: when somebody may take it
    "timer",
    metadata,
    _text("what", key=True),
    _text("subject", key=True),
    _text("kind"),
    _text("stream"),
    _number("at_us"),
    _number("next_us"),
    Index("timer_next", "next_us"),
)

hold: Final = Table(
    "hold",
    metadata,
    _text("id", key=True),
    _text("session_key"),
    _text("mail_key"),
    _text("ip_key"),
    _text("site_id"),
    _number("expires_us"),
    _text("body"),
    _partial("hold_session", "session_key <> ''", "session_key"),
    _partial("hold_mail", "mail_key <> ''", "mail_key"),
    _partial("hold_ip", "ip_key <> ''", "ip_key", "expires_us"),
)

answer: Final = Table(
    "answer",
    metadata,
    _text("scope", key=True),
    _text("id", key=True),
    _text("request_hash"),
    _text("answer"),
)

card: Final = Table(
    "card",
    metadata,
    _text("person_id", key=True),
    _text("name"),
    _text("mail"),
    _text("phone"),
    _text("company"),
    _text("language"),
    _text("salt"),
    _text("mail_key"),  # the address as two spellings of it are one
    _text("vat_id"),
    Index("card_mail_key", "mail_key"),
)

note: Final = Table(  # what a person typed about a subject
    "note",
    metadata,
    _text("id", key=True),
    _text("kind"),
    _text("subject"),
    _text("words"),
    _number("made_us"),
    Index("note_subject", "kind", "subject"),
)

mail_outbox: Final = Table(
    "mail_outbox",
    metadata,
    _text("id", key=True),
    _text("person_id", optional=True),
    _text("address", optional=True),
    _text("what"),
    _text("ref_kind"),
    _text("ref_id"),
    _text("state"),
    Column("tries", Integer, nullable=False),
    _number("next_try_us"),
    _number("sent_us", optional=True),
    Index("mail_outbox_due", "state", "next_try_us"),
)

quarantine: Final = Table(
    "quarantine",
    metadata,
    _text("event_id", key=True),
    _text("kiosk_id"),
    _number("incarnation"),
    _number("n"),
    _text("code"),
    Column("sealed", LargeBinary, nullable=False),
    _number("at_us"),
    _number("settled_us", optional=True),
)

kiosk_progress: Final = Table(
    "kiosk_progress", metadata, _text("kiosk_id", key=True), _number("incarnation"), _number("n")
)

kiosk_contact: Final = Table(
    "kiosk_contact", metadata, _text("kiosk_id", key=True), _number("heard_us")
)

meta: Final = Table("meta", metadata, _text("key", key=True), _text("value"))

web_session: Final = Table(  # a browser that signed in, or that at least sent a form
    "web_session",
    metadata,
    _text("id", key=True),
    _text("secret_hash"),
    _text("person_id", optional=True),
    _text("challenge"),  # what a passkey is to sign next; empty: nothing
    _number("made_us"),
    _number("seen_us"),
    _number("ends_us"),
    _number("revoked_us", optional=True),
    UniqueConstraint("secret_hash", name="web_session_secret"),
    Index("web_session_person", "person_id"),
    Index("web_session_ends", "ends_us"),
)

sign_in_link: Final = Table(
    "sign_in_link",
    metadata,
    _text("id", key=True),
    _text("token_hash"),
    _text("person_id"),
    _text("language"),
    _text("goes_to"),
    _number("ends_us"),
    _number("used_us", optional=True),
    UniqueConstraint("token_hash", name="sign_in_link_token"),
    Index("sign_in_link_person", "person_id"),
    Index("sign_in_link_ends", "ends_us"),
)

passkey: Final = Table(
    "passkey",
    metadata,
    _text("id", key=True),  # the credential's, base64url
    _text("person_id"),
    Column("public_key", LargeBinary, nullable=False),
    _number("sign_count"),
    _text("name"),
    _number("made_us"),
    _number("used_us", optional=True),
    Index("passkey_person", "person_id"),
)

rate: Final = Table(  # how often something was tried since `since_us`, by a hash of who tried what
    "rate",
    metadata,
    _text("key", key=True),
    _number("since_us"),
    _number("until_us"),
    Column("count", Integer, nullable=False),
    Index("rate_until", "until_us"),
)
