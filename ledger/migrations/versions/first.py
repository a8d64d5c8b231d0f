"""The first schema.

Revision ID: 0001
Revises:
"""

from alembic import op

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE stream (
    stream TEXT PRIMARY KEY NOT NULL,
    head BIGINT NOT NULL,
    hash TEXT NOT NULL,
    floor BIGINT NOT NULL
);
CREATE TABLE event (
    stream TEXT NOT NULL,
    seq BIGINT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    origin TEXT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    n BIGINT,
    body TEXT NOT NULL,
    decision TEXT,
    hash TEXT NOT NULL,
    PRIMARY KEY (stream, seq),
    CONSTRAINT event_id UNIQUE (id)
);
CREATE TABLE state (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    stream TEXT NOT NULL,
    seq BIGINT NOT NULL,
    op TEXT NOT NULL,
    body TEXT,
    PRIMARY KEY (kind, subject, stream),
    CONSTRAINT state_seq UNIQUE (stream, seq)
);
CREATE TABLE link (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    to_kind TEXT NOT NULL,
    to_subject TEXT NOT NULL,
    stream TEXT NOT NULL,
    PRIMARY KEY (kind, subject, to_kind, to_subject, stream)
);
CREATE TABLE inside (
    stream TEXT NOT NULL,
    holder TEXT NOT NULL,
    day TEXT NOT NULL,
    people INTEGER NOT NULL,
    PRIMARY KEY (stream, holder)
);
CREATE INDEX inside_day ON inside (stream, day);
CREATE TABLE holding (
    ref TEXT NOT NULL,
    unit TEXT NOT NULL,
    from_us BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    kind TEXT NOT NULL,
    expires_us BIGINT,
    PRIMARY KEY (ref, unit),
    CONSTRAINT holding_forward CHECK (from_us < until_us),
    CONSTRAINT holding_kind CHECK (kind IN ('hold', 'booking', 'lease', 'loan', 'blackout'))
);
CREATE INDEX holding_unit ON holding (unit, from_us);
CREATE TABLE answer (
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (scope, id)
);
CREATE TABLE card (
    person_id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    mail TEXT NOT NULL,
    phone TEXT NOT NULL,
    company TEXT NOT NULL,
    language TEXT NOT NULL,
    salt TEXT NOT NULL
);
CREATE TABLE mail_outbox (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT,
    address TEXT,
    what TEXT NOT NULL,
    ref_kind TEXT NOT NULL,
    ref_id TEXT NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    next_try_us BIGINT NOT NULL,
    sent_us BIGINT
);
CREATE INDEX mail_outbox_due ON mail_outbox (state, next_try_us);
CREATE TABLE quarantine (
    event_id TEXT PRIMARY KEY NOT NULL,
    kiosk_id TEXT NOT NULL,
    incarnation BIGINT NOT NULL,
    n BIGINT NOT NULL,
    code TEXT NOT NULL,
    sealed {bytes} NOT NULL,
    at_us BIGINT NOT NULL,
    settled_us BIGINT
);
CREATE TABLE kiosk_progress (
    kiosk_id TEXT PRIMARY KEY NOT NULL,
    incarnation BIGINT NOT NULL,
    n BIGINT NOT NULL
);
CREATE TABLE meta (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
);
"""

POSTGRESQL = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE holding ADD CONSTRAINT holding_apart
    EXCLUDE USING gist (unit WITH =, int8range(from_us, until_us) WITH &&)
"""

# Half-open ranges touch without overlapping. A row being updated does not overlap itself.
SQLITE = (
    """
    CREATE TRIGGER holding_apart_insert BEFORE INSERT ON holding
    WHEN EXISTS (SELECT 1 FROM holding WHERE unit = NEW.unit
                 AND from_us < NEW.until_us AND until_us > NEW.from_us)
    BEGIN SELECT RAISE(ABORT, 'holding_apart'); END
    """,
    """
    CREATE TRIGGER holding_apart_update BEFORE UPDATE OF unit, from_us, until_us ON holding
    WHEN EXISTS (SELECT 1 FROM holding WHERE unit = NEW.unit AND rowid <> OLD.rowid
                 AND from_us < NEW.until_us AND until_us > NEW.from_us)
    BEGIN SELECT RAISE(ABORT, 'holding_apart'); END
    """,
)


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for each in TABLES.format(bytes="BYTEA" if postgresql else "BLOB").split(";"):
        if each.strip():
            op.execute(each)
    for each in POSTGRESQL.split(";") if postgresql else SQLITE:
        op.execute(each)


def downgrade() -> None:
    raise NotImplementedError("a log is not taken back")
