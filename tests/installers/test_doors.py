"""What the demo's locks are given stands in files of their owner, not in the list of processes."""

from pathlib import Path

import pytest

from doors.simulator import __main__ as simulator
from installers.demo.doors import Doors, LockSecrets
from installers.demo.places import Places


def test_no_secret_of_a_lock_stands_among_the_arguments(tmp_path: Path) -> None:
    locks = [
        LockSecrets("front", "aa" * 32, "word-1"),
        LockSecrets("courtyard", "bb" * 32, "word-2"),
    ]
    (tmp_path / "logs").mkdir()
    command = " ".join(Doors(Places(tmp_path), locks, "cc" * 32)._command)
    for lock in locks:
        assert lock.lock in command
        assert lock.seed_hex not in command
        assert lock.broker_password not in command
    keys = tmp_path / "lock-keys"
    assert keys.read_text().split() == [lock.seed_hex for lock in locks]
    assert keys.stat().st_mode & 0o777 == 0o600


def test_the_simulator_takes_no_key_among_its_arguments(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lines").write_text("aa\n")
    given = ["--lock", "front", "--user", "front", "--house-key", "cc", "--broker", "h:1"]
    files = ["--key-file", str(tmp_path / "lines"), "--password-file", str(tmp_path / "lines")]
    with pytest.raises(SystemExit, match="2"):
        simulator.main([*given, *files, "--key", "aa" * 32])
    with pytest.raises(SystemExit, match="2"):
        simulator.main([*given, *given, *files])
    assert "as many --lock" in capsys.readouterr().err
