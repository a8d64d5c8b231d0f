"""Who is asking: sessions of browsers, sign-in links, passkeys, rates, cards found by mail.

Revision ID: asking
Revises: 0001
"""

from alembic import op
from sqlalchemy import text

from domain.mail_address import mail_key

revision = "asking"
down_revision = "0001"

TABLES = """
CREATE TABLE web_session (
    id TEXT PRIMARY KEY NOT NULL,
    secret_hash TEXT NOT NULL,
    person_id TEXT,
    challenge TEXT NOT NULL,
    made_us BIGINT NOT NULL,
    seen_us BIGINT NOT NULL,
    ends_us BIGINT NOT NULL,
    revoked_us BIGINT,
    CONSTRAINT web_session_secret UNIQUE (secret_hash)
);
CREATE INDEX web_session_person ON web_session (person_id);
CREATE INDEX web_session_ends ON web_session (ends_us);
CREATE TABLE sign_in_link (
    id TEXT PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL,
    person_id TEXT NOT NULL,
    language TEXT NOT NULL,
    goes_to TEXT NOT NULL,
    ends_us BIGINT NOT NULL,
    used_us BIGINT,
    CONSTRAINT sign_in_link_token UNIQUE (token_hash)
);
CREATE INDEX sign_in_link_person ON sign_in_link (person_id);
CREATE INDEX sign_in_link_ends ON sign_in_link (ends_us);
CREATE TABLE passkey (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL,
    public_key {bytes} NOT NULL,
    sign_count BIGINT NOT NULL,
    name TEXT NOT NULL,
    made_us BIGINT NOT NULL,
    used_us BIGINT
);
CREATE INDEX passkey_person ON passkey (person_id);
CREATE TABLE rate (
    key TEXT PRIMARY KEY NOT NULL,
    since_us BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    count INTEGER NOT NULL
);
CREATE INDEX rate_until ON rate (until_us);
ALTER TABLE card ADD COLUMN mail_key TEXT NOT NULL DEFAULT '';
CREATE INDEX card_mail_key ON card (mail_key);
"""


def upgrade() -> None:
    connection = op.get_bind()
    postgresql = connection.dialect.name == "postgresql"
    for each in TABLES.format(bytes="BYTEA" if postgresql else "BLOB").split(";"):
        if each.strip():
            op.execute(each)
    rows = connection.execute(text("SELECT person_id, mail FROM card")).all()
    for person_id, mail in rows:
        connection.execute(
            text("UPDATE card SET mail_key = :key WHERE person_id = :id"),
            {"key": mail_key(mail), "id": person_id},
        )


def downgrade() -> None:
    raise NotImplementedError("a log is not taken back")
