"""Where the demo keeps what it makes, all of it below one folder that Git ignores."""

import fcntl
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from installers.demo.trouble import DemoTrouble

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Places:
    """Paths of one kind of run; each run begins with an empty folder."""

    folder: Path

    @classmethod
    def fresh(cls, kind: str) -> Self:
        """An empty folder for this kind of run. Raises DemoTrouble if one is still running."""
        parent = ROOT / ".demo"
        parent.mkdir(mode=0o700, exist_ok=True)
        _only_one(parent / f"{kind}.lock")
        shutil.rmtree(parent / kind, ignore_errors=True)
        made = cls(parent / kind)
        for each in (made.folder, made.logs, made.pictures):
            each.mkdir(mode=0o700)
        return made

    @property
    def server(self) -> Path:
        return self.folder / "server"

    @property
    def mails(self) -> Path:
        return self.server / "mails"

    @property
    def broker(self) -> Path:
        return self.folder / "broker"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def pictures(self) -> Path:
        return self.folder / "pictures"

    def kiosk(self, name: str) -> Path:
        return self.folder / name

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def secret(self, name: str, text: str) -> Path:
        """A file that only its owner can read."""
        path = self.folder / name
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        return path


def _only_one(lock: Path) -> None:
    """Hold this lock as long as the process lives; the kernel frees it however that ends."""
    fd = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fd)
        raise DemoTrouble("The demo is running already in this checkout.") from None
