"""Usage: the events of bookings, attempts and settings are found by what they are about.

Revision ID: usage
Revises: booking
"""

from alembic import op

revision = "usage"
down_revision = "booking"

INDEX = """
CREATE INDEX event_usage ON event (subject, stream, seq)
WHERE substr(kind, 1, 5) IN ('attem', 'booki', 'resou', 'site.')
"""


def upgrade() -> None:
    op.execute(INDEX)
