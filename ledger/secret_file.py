"""Files of secrets: whole or not there, for their owner alone, unused once others can read them."""

import os
import secrets
import shlex
from pathlib import Path
from typing import Final

from ledger.errors import BrokenKeyFile, OpenToOthers

KEY_BYTES: Final = 32
_OTHERS: Final = 0o077


def open_to_others(path: Path) -> str:
    """A sentence with the command that closes `path`; empty if only its owner gets at it."""
    mode = path.stat().st_mode & 0o7777
    if not mode & _OTHERS:
        return ""
    closed = 700 if path.is_dir() else 600
    return f"{path} is open to others (mode {mode:o}): chmod {closed} {shlex.quote(str(path))}"


def read_secret(path: Path) -> str:
    """The text in `path`. Raises OpenToOthers, BrokenKeyFile and OSError."""
    if found := open_to_others(path):
        raise OpenToOthers(f"A secret that others can read is not used. {found}")
    try:
        return path.read_text(encoding="ascii")
    except UnicodeDecodeError as error:
        raise _broken(path) from error


def read_key(path: Path) -> bytes:
    """The 32 secret bytes in `path`, kept as hex. Raises like `read_secret`."""
    try:
        key = bytes.fromhex(read_secret(path).strip())
    except ValueError as error:
        raise _broken(path) from error
    if len(key) != KEY_BYTES:
        raise _broken(path)
    return key


def make_key(path: Path) -> None:
    """Put 32 random bytes into `path`; a key that is there already stays."""
    if not path.exists():
        write_secret(path, secrets.token_bytes(KEY_BYTES).hex())


def write_secret(path: Path, text: str) -> None:
    """Write `text` to a file that only its owner can read, and have it on the disk.

    In one step: after a crash there is the whole file or none.
    """
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(fd, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _broken(path: Path) -> BrokenKeyFile:
    return BrokenKeyFile(f"{path} does not hold a key any more. Bring it back from the backup.")
