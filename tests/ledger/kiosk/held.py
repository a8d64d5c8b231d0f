"""A kiosk's database that another program holds: nothing can be written until it lets go."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ledger.kiosk import KioskLedger


@contextmanager
def held(ledger: KioskLedger, path: Path) -> Iterator[None]:
    """Inside, every unit of work fails at once, as on a full disk."""
    ledger.work_now(lambda unit: unit.db.execute("PRAGMA busy_timeout = 0").fetchall())
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
