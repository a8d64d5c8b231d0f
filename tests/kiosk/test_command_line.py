"""`foyer-kiosk` as an operator meets it: a sentence and an exit code, never a traceback."""

import errno
import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.main import main
from kiosk.services.data_folder import DATABASE, IDENTITY, KEY
from kiosk.services.identity import Identity, make_key, save
from ledger.errors import DataDirInUse
from ledger.kiosk import KioskLedger
from ledger.ownership import owned

KIOSK = Path(sys.executable).parent / "foyer-kiosk"
HEADLESS = ("run", "--headless", "--data")


@dataclass(frozen=True, slots=True)
class Ended:
    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder of a kiosk that has run before."""
    data = tmp_path / "kiosk"
    data.mkdir(mode=0o700)
    make_key(data)
    save(data, Identity("kiosk", "site", 1, "aa" * 32, 0, "http://127.0.0.1:1"))
    KioskLedger(data / DATABASE).close()
    return data


@pytest.fixture
def kiosk(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def run(*arguments: object) -> Ended:
        try:
            code = main([str(each) for each in arguments])
        except SystemExit as end:
            code = int(str(end.code))
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return run


def assert_told(ended: Ended, code: int, *words: str) -> None:
    assert ended.code == code, ended.err
    assert ended.out == ""
    assert "Traceback" not in ended.err
    last = ended.err.splitlines()[-1]
    assert last.startswith("foyer-kiosk: ")
    for word in words:
        assert word in last


def test_a_database_of_a_newer_foyer_is_left_alone(kiosk, folder: Path) -> None:  # type: ignore[no-untyped-def]
    file = folder / DATABASE
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA user_version = 99")
    before = file.read_bytes()
    assert_told(kiosk(*HEADLESS, folder), 1, "newer Foyer", "99")
    assert file.read_bytes() == before


def test_a_damaged_database_is_said_to_be_one(kiosk, folder: Path) -> None:  # type: ignore[no-untyped-def]
    file = folder / DATABASE
    whole = file.read_bytes()
    file.write_bytes(b"this was a database until the disk went bad" * 500)
    assert_told(kiosk(*HEADLESS, folder), 1, "damaged", "Move it away")
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert_told(kiosk(*HEADLESS, folder), 1, "damaged", "Move it away")


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[1]"])
def test_an_identity_that_says_nothing_asks_to_enrol(kiosk, folder: Path, content: bytes) -> None:  # type: ignore[no-untyped-def]
    (folder / IDENTITY).write_bytes(content)
    assert_told(kiosk(*HEADLESS, folder), 1, "foyer-kiosk enroll")
    assert kiosk("doctor", "--data", folder).code == 1
    (folder / IDENTITY).unlink()
    assert_told(kiosk(*HEADLESS, folder), 1, "foyer-kiosk enroll")


@pytest.mark.parametrize("content", [b"", b"abc", b"aabb", b"\xff" * 32])
def test_a_key_that_is_broken_or_gone_asks_to_enrol(kiosk, folder: Path, content: bytes) -> None:  # type: ignore[no-untyped-def]
    (folder / KEY).write_bytes(content)
    assert_told(kiosk(*HEADLESS, folder), 1, KEY, "foyer-kiosk enroll")
    enroll = ("enroll", "--code", "x", "--server", "http://127.0.0.1:1", "--data", folder)
    assert_told(kiosk(*enroll), 1, KEY, "Move it away")
    (folder / KEY).unlink()
    assert_told(kiosk(*HEADLESS, folder), 1, KEY, "foyer-kiosk enroll")
    assert not (folder / KEY).exists()


def test_a_key_that_others_can_read_is_not_used(kiosk, folder: Path) -> None:  # type: ignore[no-untyped-def]
    (folder / KEY).chmod(0o644)
    assert_told(kiosk(*HEADLESS, folder), 1, f"chmod 600 {folder / KEY}")
    found = kiosk("doctor", "--data", folder)
    assert found.code == 1
    assert f"chmod 600 {folder / KEY}" in found.out


def test_a_folder_that_others_can_look_into_is_told(kiosk, folder: Path) -> None:  # type: ignore[no-untyped-def]
    folder.chmod(0o755)
    (folder / KEY).unlink()  # so that it ends by itself
    ended = kiosk(*HEADLESS, folder)
    assert f"chmod 700 {folder}" in ended.err.splitlines()[0]
    assert f"chmod 700 {folder}" in kiosk("doctor", "--data", folder).out


def test_a_file_where_the_data_should_be_is_said_in_a_sentence(kiosk, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "file"
    file.touch()
    enroll = ("enroll", "--code", "x", "--server", "http://127.0.0.1:1", "--data")
    assert_told(kiosk(*enroll, file), 1, str(file), "folder")
    assert_told(kiosk(*enroll, file / "below"), 1, "folder")
    assert_told(kiosk(*HEADLESS, file), 1, "foyer-kiosk enroll")
    assert_told(kiosk(*enroll, "/proc/nowhere"), 1, "/proc/nowhere")


def test_a_report_that_cannot_be_written_is_said_in_a_sentence(kiosk, folder: Path) -> None:  # type: ignore[no-untyped-def]
    report = folder / "no" / "report.jsonl"
    assert_told(kiosk(*HEADLESS, folder, "--report", report), 1, str(report))


@pytest.mark.parametrize(
    "content",
    [
        b"camera = ",
        b"\xff\xfe\x00",
        b"languages = ['en', 'de']",
        b"camera = true",
        b"data = 1.5",
        b"mute = 'perhaps'",
        b"mute = 2",
        b"theme = 'pink'",
        b"server = 'foyer.example.org'",
        b"server = 'http://['",
        b"ca_file = '/nowhere.pem'",
        b"broker = 'localhost'",
        b"broker = 'localhost:0'",
        b"broker = 'localhost:99999'",
        b"broker = 'localhost:\xc2\xb2'",
        b"languages = 'fr'",
        b"languages = ''",
        b"languages = 'en,en'",
        b"languages = 'en,de,xx'",
        b"broker = 'localhost:1883'\nbroker_password_file = '/nowhere'",
        b"colour = 'red'",
    ],
)
def test_a_settings_file_that_cannot_be_meant_is_wrong_use(  # type: ignore[no-untyped-def]
    kiosk, folder: Path, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_bytes(content)
    where = () if content.startswith(b"data") else ("--data", folder)
    assert_told(kiosk("run", "--headless", "--config", file, *where), 2)


def test_what_cannot_be_meant_is_wrong_use_as_flag_and_variable_too(  # type: ignore[no-untyped-def]
    kiosk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert_told(kiosk(*HEADLESS, folder, "--broker", "h:99999"), 2, "HOST:PORT", "h:99999")
    assert_told(kiosk("doctor", "--data", folder, "--languages", "fr"), 2, "en, de", "fr")
    monkeypatch.setenv("FOYER_KIOSK_LANGUAGES", "")
    assert_told(kiosk("run", "--windowed", "--mute", "--data", folder), 2, "--languages")


def test_a_camera_may_be_a_number_in_the_file(kiosk, folder: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "kiosk.toml"
    file.write_text("camera = 99\nmute = true\n")
    assert "99" in kiosk("doctor", "--data", folder, "--config", file).out


def test_the_window_ends_with_the_sentence_too(folder: Path) -> None:
    (folder / DATABASE).write_bytes(b"this was a database until the disk went bad" * 500)
    command = [str(KIOSK), "run", "--windowed", "--mute", "--data", str(folder)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert_told(Ended(ended.returncode, ended.stdout, ended.stderr), 1, "damaged")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_window_in_order(folder: Path, ending: signal.Signals) -> None:
    command = [str(KIOSK), "run", "--windowed", "--mute", "--report", "-", "--data", str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as kiosk:
        assert kiosk.stdout is not None
        for line in kiosk.stdout:
            if json.loads(line)["what"] == "status":
                break
        kiosk.send_signal(ending)
        _, err = kiosk.communicate(timeout=3)
    assert (kiosk.returncode, err) == (0, "")
    assert not (folder / f"{DATABASE}-wal").exists()


def test_a_second_kiosk_on_the_same_folder_is_refused(kiosk, folder: Path) -> None:  # type: ignore[no-untyped-def]
    with owned(folder):
        assert_told(kiosk(*HEADLESS, folder), 1, "in use by process", str(os.getpid()))
        enroll = ("enroll", "--code", "x", "--server", "http://127.0.0.1:1", "--data", folder)
        assert_told(kiosk(*enroll), 1, "in use by process")


def test_a_folder_on_a_full_disk_is_owned_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with owned(folder), pytest.raises(DataDirInUse), owned(folder):
        pass


def test_what_is_kept_is_named_in_one_place(folder: Path) -> None:
    assert {each.name for each in folder.iterdir()} == {IDENTITY, KEY, DATABASE}
    assert json.loads((folder / IDENTITY).read_text())["kiosk_id"] == "kiosk"
