"""One SQLite file, one connection, one thread: every unit of work of the kiosk in its turn.

Durable: WAL with synchronous=FULL, so an acknowledged commit outlives a power cut. The plain
driver is used here (docs/decisions/0003): the scan path and the cold start count.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, TypeVar

from ledger.errors import DamagedDatabase, LedgerUnavailable, NewerDatabase
from ledger.kiosk.schema import STEPS
from ledger.kiosk.unit import KioskUnit
from ledger.sqlite_codes import is_damage, passes

T = TypeVar("T")

_BUSY_MS: Final = 5000


class KioskLedger:
    """The kiosk's database. All work happens in its own thread, one unit after the other."""

    def __init__(self, path: Path) -> None:
        """Raises NewerDatabase, DamagedDatabase and LedgerUnavailable."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")
        self._path = path
        try:
            self._db = self._thread.submit(_open, path).result()
        except BaseException:
            self._thread.shutdown()
            raise

    def work_now(self, fn: Callable[[KioskUnit], T]) -> T:
        """`work` for callers without a loop; waits for the commit. Raises as `work` does."""
        return self._thread.submit(self._in_transaction, fn).result()

    async def work(self, fn: Callable[[KioskUnit], T]) -> T:
        """Run `fn` in one transaction; when this returns the commit is on the disk.

        Whatever `fn` raises rolls all of it back and is raised here. Raises LedgerUnavailable
        while the disk is full, failing or held by another. A caller that is cancelled does
        not cancel the unit of work.
        """
        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._thread, self._in_transaction, fn))

    def close(self) -> None:
        """Finish what is queued, fold the WAL into the file and close it."""
        self._thread.submit(self._db.close).result()
        self._thread.shutdown()

    def _in_transaction(self, fn: Callable[[KioskUnit], T]) -> T:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            unit = KioskUnit(self._db)
            result = fn(unit)
            unit.finish()
            self._db.execute("COMMIT")
        except BaseException as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            if is_damage(error):
                raise _damaged(self._path) from error
            if passes(error):
                raise LedgerUnavailable(f"{self._path} cannot be written: {error}") from error
            raise
        return result


def inspect(path: Path, fn: Callable[[KioskUnit], T]) -> T | None:
    """Read a database through and ask `fn` of it, without a write, also beside a running kiosk.

    None for one of an older Foyer, which is brought up when it is opened. Raises as `KioskLedger`.
    """
    with _in_our_words(path), closing(_read_only(path)) as db:
        _refuse_newer(db, path)
        if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise _damaged(path)
        return fn(KioskUnit(db)) if _version(db) == len(STEPS) else None


def _read_only(path: Path) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(address, uri=True, isolation_level=None)


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with _in_our_words(path):
        db = sqlite3.connect(path, isolation_level=None)
        try:
            return _prepared(db, path)
        except BaseException:
            db.close()
            raise


@contextmanager
def _in_our_words(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        if is_damage(error):
            raise _damaged(path) from error
        if isinstance(error, sqlite3.OperationalError):
            raise LedgerUnavailable(f"{path} cannot be opened: {error}. Try again.") from error
        raise


def _prepared(db: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    _refuse_newer(db, path)
    db.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA secure_delete = ON")
    db.execute("PRAGMA cache_size = -16000")
    _migrate(db)
    return db


def _refuse_newer(db: sqlite3.Connection, path: Path) -> None:
    version = _version(db)
    if version > len(STEPS):
        raise NewerDatabase(
            f"{path} was written by a newer Foyer (schema {version}, this program knows"
            f" {len(STEPS)}). Nothing was touched: run the newer program on it."
        )


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _damaged(path: Path) -> DamagedDatabase:
    return DamagedDatabase(
        f"{path} is damaged. Move it away, keep it, and start again: the server fills a new one;"
        " only what was not sent yet is in the old one."
    )


def _migrate(db: sqlite3.Connection) -> None:
    version = _version(db)
    for number, step in enumerate(STEPS[version:], start=version + 1):
        db.executescript(f"BEGIN IMMEDIATE; {step} PRAGMA user_version = {number}; COMMIT;")
