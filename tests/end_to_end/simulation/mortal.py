"""Dying at a chosen instant: every change that lasts is one, counted from the start."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ledger.kiosk import KioskLedger, KioskUnit, store
from tests.end_to_end.simulation.jumping_loop import AtOnce

T = TypeVar("T")


class Died(BaseException):
    """The process has ended here; nothing of it runs any more."""


class Mortal:
    """Counts instants; at number `at` (from 1) the process dies. None: it lives.

    With `only`, nothing but instants of that name is counted.
    """

    def __init__(self, at: int | None = None, only: str = "") -> None:
        self.instants: list[str] = []
        self.dead = False
        self.on_instant: Callable[[], None] = lambda: None
        self.on_death: Callable[[], None] = lambda: None
        self._at = at
        self._only = only

    def instant(self, what: str) -> None:
        """Something that lasts was just done. Raises Died at the chosen one and ever after."""
        if self.dead:
            raise Died
        self.on_instant()
        if self._only not in ("", what):
            return
        self.instants.append(what)
        if len(self.instants) == self._at:
            self.dead = True
            self.on_death()
            raise Died(what)


class MortalLedger(KioskLedger):
    """The kiosk's real ledger, in the caller's thread; each commit that wrote is an instant."""

    def __init__(self, path: Path, mortal: Mortal) -> None:
        self._mortal = mortal
        self._thread = AtOnce()
        self._db = store._open(path)

    def peek(self, fn: Callable[[KioskUnit], T]) -> T:
        """Look without being counted, also after death."""
        return super()._in_transaction(fn)

    def _in_transaction(self, fn: Callable[[KioskUnit], T]) -> T:
        if self._mortal.dead:
            raise Died
        before = self._db.total_changes
        result = super()._in_transaction(fn)
        if self._db.total_changes != before:
            self._mortal.instant("commit")
        return result

    def left_behind(self, folder: Path) -> None:
        """Copy the files as they lie there to `folder`, then let go of them."""
        (path,) = {row[2] for row in self._db.execute("PRAGMA database_list") if row[2]}
        folder.mkdir()
        for file in Path(path).parent.glob("kiosk.sqlite*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, folder / file.name)
        self._db.close()
