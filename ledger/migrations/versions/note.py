"""Notes: what people typed, apart from the log so that it can be erased.

Revision ID: note
Revises: usage
"""

from alembic import op

revision = "note"
down_revision = "usage"

TABLE = """
CREATE TABLE note (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    words TEXT NOT NULL,
    made_us BIGINT NOT NULL
)
"""


def upgrade() -> None:
    op.execute(TABLE)
    op.execute("CREATE INDEX note_subject ON note (kind, subject)")


def downgrade() -> None:
    raise NotImplementedError("a log is not taken back")
