"""Every act on bookings is tried on SQLite and on a real PostgreSQL."""

from pathlib import Path

import pytest

from ledger.ledger import Ledger
from tests.ledger.acts import Clock
from tests.ledger.conftest import (
    clock,
    database_url,
    ledgers,
    migrated_file,
    migrated_postgresql,
    postgresql,
    postgresql_url,
    sqlite_url,
)
from tests.sync_server.booking.town import Town, found_town

__all__ = [
    "clock",
    "database_url",
    "ledgers",
    "migrated_file",
    "migrated_postgresql",
    "postgresql",
    "postgresql_url",
    "sqlite_url",
]


@pytest.fixture
async def town(ledgers: list[Ledger], clock: Clock, tmp_path: Path) -> Town:
    return await found_town(ledgers, clock, tmp_path)
