"""The guard leaves nothing behind, however the demo ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from installers.demo.guard import MARK, marked
from tests.installers.marks import children_of, mark_of_children

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
DEMO = f"""
import subprocess, sys, time
from installers.demo import guard
guard.start_guard(patience_s=0.3)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
subprocess.Popen([sys.executable, "-c", {STUBBORN!r}], start_new_session=True)
print("started", flush=True)
time.sleep(60)
"""


@pytest.fixture
def demo() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", DEMO],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name != MARK},
    )


def test_a_killed_demo_leaves_no_process_behind(demo: subprocess.Popen[str]) -> None:
    assert demo.stdout is not None
    assert demo.stdout.readline() == "started\n"
    assert len(children_of(demo.pid)) == 3
    mark = mark_of_children(demo.pid)
    demo.send_signal(signal.SIGKILL)
    demo.wait()
    demo.stdout.close()
    deadline_s = time.monotonic() + 15
    while time.monotonic() < deadline_s and marked(mark):
        time.sleep(0.02)  # processes of others: nothing tells when they are gone
    assert marked(mark) == []
