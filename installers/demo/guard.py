"""Ends everything the demo started, should the demo itself be killed.

The demo gives all its processes one mark in their environment and holds a pipe to the guard.
When the pipe ends, however it ends, the guard ends whoever carries the mark.
"""

import os
import secrets
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

MARK = "FOYER_DEMO_RUN"
PATIENCE_S = 8.0
_LOOK_AGAIN_S = 0.1


def start_guard(patience_s: float = PATIENCE_S) -> subprocess.Popen[bytes]:
    """Mark this process and its children to come; closing the guard's stdin ends them.

    Who does not end within `patience_s` is killed.
    """
    os.environ[MARK] = secrets.token_hex(16)
    return subprocess.Popen(  # noqa: S603 - this very module
        [sys.executable, "-m", "installers.demo.guard", str(patience_s)],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


def marked(mark: str) -> list[int]:
    """Ids of the living processes with this mark, without the caller."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            with suppress(OSError):
                if wanted in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
    return found


def end_all(mark: str, patience_s: float) -> None:
    """Ask them to end, and kill who has not after a while."""
    deadline_s = time.monotonic() + patience_s
    _signal_all(marked(mark), signal.SIGTERM)
    while time.monotonic() < deadline_s and marked(mark):
        time.sleep(_LOOK_AGAIN_S)
    while remaining := marked(mark):
        _signal_all(remaining, signal.SIGKILL)
        time.sleep(_LOOK_AGAIN_S)


def _signal_all(processes: list[int], number: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, number)


def main() -> int:
    """Wait for the end of the pipe, then clear up."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.stdin.buffer.read()
    end_all(os.environ[MARK], float(sys.argv[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
