"""The data directory: keys, mails and the database, owned by one process at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.errors import DataDirInUse
from ledger.secret_file import open_to_others


class DataDir:
    """Paths under `--data DIR`. Everything in it is for its owner's eyes only (mode 0700)."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.keys = self.root / "keys"
        self.mails = self.root / "mails"
        self.sqlite = self.root / "foyer.sqlite"
        self.admin_socket = self.root / "admin.sock"
        self._lock = self.root / "lock"

    @property
    def sqlite_url(self) -> str:
        return f"sqlite:///{self.sqlite}"

    def make(self) -> None:
        """Make what is missing and close it to everybody else."""
        for folder in (self.root, self.keys, self.mails):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)

    def open_to_others(self) -> list[str]:
        """A sentence, with the command that mends it, for each place that others get at."""
        places = (self.root, self.keys, self.mails, self.sqlite)
        return [found for each in places if each.exists() and (found := open_to_others(each))]

    @contextmanager
    def owned(self) -> Iterator[None]:
        """Be the one process that writes here. Raises DataDirInUse if there is another.

        The kernel frees the lock when the process ends, however it ends.
        """
        handle = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _take(handle, self.root)
            yield
        finally:
            os.close(handle)


def _take(handle: int, root: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        owner = os.pread(handle, 20, 0).decode(errors="replace").strip() or "unknown"
        raise DataDirInUse(f"{root} is in use by process {owner}") from error
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
