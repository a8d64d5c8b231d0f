"""Processes of a running house, and waiting for what they say."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

BIN = Path(sys.executable).parent
ROOT = Path(__file__).parents[2]
PATIENCE_S = 20.0
OVER = "over"

Line = dict[str, Any]


class Process:
    """A process of ours whose output is kept in order: JSON lines, or {"text": ...}.

    `at_s` of a line is when it was read, by the monotonic clock.
    """

    def __init__(self, command: Sequence[object], log: Path) -> None:
        self.lines: list[Line] = []
        self._more = threading.Condition()
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [str(part) for part in command],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def wait_for(
        self, fits: Callable[[Line], bool], after: int = 0, patience_s: float = PATIENCE_S
    ) -> Line:
        """The first line from index `after` that fits. Fails with what was said instead."""
        deadline = time.monotonic() + patience_s
        with self._more:
            while True:
                for line in self.lines[after:]:
                    if fits(line):
                        return line
                left = deadline - time.monotonic()
                if left <= 0 or not self._more.wait(left):
                    raise AssertionError(f"not said in {patience_s} s; last: {self.lines[-5:]}")

    def wait_for_or_end(
        self, fits: Callable[[Line], bool], after: int = 0, patience_s: float = PATIENCE_S
    ) -> Line | None:
        """The first line that fits, or None if the process ended without saying it."""

        def fits_or_over(line: Line) -> bool:
            return line["what"] == OVER or fits(line)

        found = self.wait_for(fits_or_over, after, patience_s)
        return None if found["what"] == OVER else found

    def tell(self, **line: object) -> None:
        """One JSON line on its input; nothing if it has ended."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(line).encode() + b"\n")
            self._process.stdin.flush()

    def kill(self) -> None:
        """As a power cut would: no signal handler runs."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end; its exit status."""
        return self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> int:
        if self._process.poll() is None:
            os.kill(self._process.pid, number)
        status = self._process.wait(timeout=PATIENCE_S)
        self._reader.join(timeout=PATIENCE_S)
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        return status

    def _read(self) -> None:
        assert self._process.stdout is not None
        for text in self._process.stdout:
            try:
                line = json.loads(text)
            except ValueError:
                line = {"what": "text", "text": text.decode().strip()}
            self._add(line)
        self._add({"what": OVER})

    def _add(self, line: Line) -> None:
        with self._more:
            self.lines.append({**line, "at_s": time.monotonic()})
            self._more.notify_all()


def run(*command: object) -> str:
    """Run a command to its end; what it printed. Fails with its complaint."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Look again every 20 ms until it is so; fails with `what` if it never is."""
    deadline = time.monotonic() + patience_s
    pause = threading.Event()
    while not true():
        assert time.monotonic() < deadline, what
        pause.wait(0.02)
