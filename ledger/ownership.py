"""One owner of a data folder at a time."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from ledger.errors import DataDirInUse


@contextlib.contextmanager
def owned(root: Path) -> Iterator[None]:
    """Be the one process that writes in `root`. Raises DataDirInUse if there is another.

    The kernel frees the lock when the process ends, however it ends.
    """
    handle = os.open(root / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(handle, root)
        yield
    finally:
        os.close(handle)


def _take(handle: int, root: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        owner = os.pread(handle, 20, 0).decode(errors="replace").strip() or "unknown"
        raise DataDirInUse(f"{root} is in use by process {owner}") from error
    with contextlib.suppress(OSError):  # a full disk: the number is only for the sentence
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
