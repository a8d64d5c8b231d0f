"""A data directory has one owner, and its death frees it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.data_dir import DataDir
from ledger.errors import DataDirInUse

_OWN = """
import sys, time
from pathlib import Path
from ledger.data_dir import DataDir
with DataDir(Path(sys.argv[1])).owned():
    print("owned", flush=True)
    time.sleep(60)
"""


def test_everything_in_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)
    data = DataDir(tmp_path / "data")
    data.make()
    data.make()
    for folder in (data.root, data.keys, data.mails):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert data.sqlite_url == f"sqlite:///{tmp_path}/data/foyer.sqlite"


def test_a_second_owner_is_told_who_the_first_is(tmp_path: Path) -> None:
    data = DataDir(tmp_path)
    second = DataDir(tmp_path).owned()
    with data.owned(), pytest.raises(DataDirInUse, match=f"process {os.getpid()}"), second:
        pass
    with data.owned():
        pass


def test_kill_9_frees_it(tmp_path: Path) -> None:
    data = DataDir(tmp_path)
    command = [sys.executable, "-c", _OWN, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "owned\n"
        with pytest.raises(DataDirInUse, match=str(owner.pid)), data.owned():
            pass
        owner.send_signal(signal.SIGKILL)
        owner.wait(10)
    with data.owned():
        pass
