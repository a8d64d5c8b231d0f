"""The demo as its user starts it: the scripted visit holds, and Ctrl-C ends all of it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from installers.demo.guard import MARK, marked
from tests.installers.marks import mark_of_children

ROOT = Path(__file__).resolve().parents[2]
TOLD = (
    "Mail read",
    "Code found in the camera picture",
    "Admitted: booking",
    "Door reported open",
    "On the server, once",
    "Server stopped",
    "Admitted: booking",
    "Kept on the kiosk",
    "Kiosk sent what it kept",
    "The other house, without door, camera and broker",
    "Admitted: booking",
    "Log verified",
    "Every step held.",
)


def start_demo(*flags: str) -> subprocess.Popen[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in (MARK, "DISPLAY", "WAYLAND_DISPLAY")
    }
    return subprocess.Popen(
        [sys.executable, "-m", "installers.demo", *flags],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(name="demo")
def running_demo() -> Iterator[subprocess.Popen[str]]:
    demo = start_demo("--port", "0")
    yield demo
    demo.kill()
    demo.communicate()


def test_the_scripted_visit_holds_step_by_step() -> None:
    demo = start_demo("--check")
    said, complaint = demo.communicate(timeout=100)
    assert (demo.returncode, complaint) == (0, ""), said
    place = 0
    for step in TOLD:
        place = said.find(step, place)
        assert place >= 0, f"{step!r} was not told in its turn:\n{said}"


def test_the_page_stands_and_ctrl_c_ends_everything(demo: subprocess.Popen[str]) -> None:
    assert demo.stdout is not None
    said = ""
    while "Control page: " not in said:
        line = demo.stdout.readline()
        assert line, said
        said += line
    page = said.split("Control page: ")[1].split()[0]
    mark = mark_of_children(demo.pid)
    assert len(marked(mark)) >= 6
    assert "Ziegelhof" in httpx.get(page, trust_env=False).text
    with httpx.stream("GET", f"{page}/changes", trust_env=False) as changes:
        seen = changes.iter_lines()
        assert next(seen).startswith("data: ")
        demo.send_signal(signal.SIGINT)
        for _ in seen:  # as an open browser does, until it ends
            pass
    rest, complaint = demo.communicate(timeout=40)
    assert (demo.returncode, complaint) == (0, ""), rest
    assert "Everything has ended." in rest
    assert marked(mark) == []


@pytest.mark.parametrize("port", ["99999", "-1", "lunch", "9" * 5000])
def test_a_port_that_is_none_is_wrong_use(port: str) -> None:
    demo = start_demo(f"--port={port}")
    said, complaint = demo.communicate(timeout=40)
    assert (demo.returncode, said) == (2, "")
    assert "a port is a number from 0 to 65535" in complaint
    assert "Traceback" not in complaint


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_is_printed_before_anything_is_installed(flag: str) -> None:
    helped = subprocess.run(
        [ROOT / "installers/demo.sh", flag], capture_output=True, text=True, timeout=20, check=False
    )
    assert (helped.returncode, helped.stderr) == (0, "")
    assert helped.stdout.startswith("Shows Foyer on this machine")
    assert "--port" in helped.stdout
    assert "set -" not in helped.stdout
