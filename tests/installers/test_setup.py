"""The scripts refuse, in one sentence, what they do not support; the locks pin everything."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETUP = ROOT / "installers/setup.sh"
LOCKS = ("all.txt", "demo.txt", "tools.txt")


def run_setup(folder: Path, *programs: str, purpose: str = "demo") -> tuple[int, str, str]:
    """Run setup.sh where only these programs exist; a program may be given as name=script."""
    folder.mkdir()
    for program in programs:
        name, _, script = program.partition("=")
        (folder / name).write_text(f"#!/bin/sh\n{script or 'exit 0'}\n")
        (folder / name).chmod(0o755)
    bash = shutil.which("bash")
    assert bash
    done = subprocess.run(
        [bash, str(SETUP), purpose],
        check=False,
        env={"PATH": str(folder), "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=20,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_system_without_apt_is_refused_in_one_sentence(tmp_path: Path) -> None:
    status, said, complaint = run_setup(tmp_path / "bin", "python3")
    assert (status, said) == (2, "")
    assert complaint.count("\n") == 1
    assert "Debian 12" in complaint


def test_a_python_that_is_too_old_is_refused_in_one_sentence(tmp_path: Path) -> None:
    old = 'python3=[ "$1" = --version ] && echo "Python 3.9.2" && exit 0; exit 1'
    status, said, complaint = run_setup(tmp_path / "bin", "apt-get", "dpkg-query", old)
    assert (status, said) == (2, "")
    assert complaint == "Foyer needs Python 3.11 or newer; this system has Python 3.9.2.\n"


def test_wrong_use_is_told_apart(tmp_path: Path) -> None:
    status, _, complaint = run_setup(tmp_path / "bin", purpose="lunch")
    assert status == 2
    assert complaint.startswith("usage: ")


@pytest.mark.parametrize("script", sorted((ROOT / "installers").glob("*.sh")), ids=lambda p: p.name)
def test_every_script_can_be_run_and_has_no_slip(script: Path) -> None:
    assert os.access(script, os.X_OK)
    checked = subprocess.run(
        ["bash", "-n", str(script)], check=False, capture_output=True, text=True
    )
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text()
    assert "://" not in text
    pins = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert pins
    for pin in pins:
        assert re.match(r"[a-z0-9-]+==\S+", pin), pin
        assert "--hash=sha256:" in pin, pin


def test_the_demo_runs_on_the_versions_that_the_tests_run_on() -> None:
    versions = [
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "requirements" / lock).read_text(), re.M))
        for lock in ("all.txt", "demo.txt", "tools.txt")
    ]
    everything, demo, tools = versions
    assert demo.items() <= everything.items()
    assert tools["setuptools"] == everything["setuptools"]
