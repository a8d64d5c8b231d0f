"""The key of the directory: in memory and on tmpfs, so it ends with the power."""

from pathlib import Path
from typing import Final

from ledger.kiosk.names import NameSeal

_TMPFS: Final = Path("/dev/shm")  # noqa: S108 - memory, by purpose: gone after a power cut


class DirectoryKey:
    """Learned in hello; survives a crash of the program, not a power cut."""

    def __init__(self, kiosk_id: str, folder: Path = _TMPFS) -> None:
        self._file = folder / f"foyer-{kiosk_id}.key"
        self.seal = self._kept()

    def learn(self, key_hex: str) -> None:
        """Keep the key the server gave; nothing if it gave none."""
        if not key_hex:
            return
        self.seal = NameSeal(key_hex)
        if self._file.parent.is_dir():
            fresh = self._file.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            fresh.touch(mode=0o600, exist_ok=False)
            fresh.write_text(key_hex)
            fresh.replace(self._file)

    def forget(self) -> None:
        """From now on no name can be read here."""
        self.seal = None
        self._file.unlink(missing_ok=True)

    def _kept(self) -> NameSeal | None:
        """The key of an earlier run; a file that holds none is as good as no file."""
        try:
            return NameSeal(self._file.read_text())
        except (OSError, ValueError):
            return None
