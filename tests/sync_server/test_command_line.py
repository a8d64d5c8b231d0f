"""`foyer-server` as people call it: what it prints, how it ends, and beside a running server."""

import json
import os
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import httpx
import pytest
import zxingcpp
from PIL import Image

from sync_server.main import main
from tests.sync_server.conftest import Demo
from tests.sync_server.lobby import enrolled_lobby
from tests.sync_server.running import RunningServer

SERVER = Path(sys.executable).parent / "foyer-server"
COMMANDS = (
    "init", "serve", "verify-log", "apply", "house-file", "seed-demo", "add-kiosk",
    "revoke-kiosk", "token", "offboard", "erase-person", "issue-pass", "revoke-pass", "book",
    "move-booking",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    returncode: int
    stdout: str
    stderr: str


def foyer(*arguments: object, **environment: str) -> Result:
    """A command in this process, as the entry point calls it."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err), patch.dict(os.environ, environment):
        try:
            code = main([str(each) for each in arguments])
        except SystemExit as end:
            code = int(str(end.code))
    return Result(code, out.getvalue(), err.getvalue())


def done(*arguments: object) -> str:
    result = foyer(*arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_help_names_every_command() -> None:
    text = done("--help")
    for name in COMMANDS:
        assert name in text
    assert "FOYER_" in text
    for name in set(COMMANDS) - {"token"}:
        assert "--data" in done(name, "--help")
    assert "--scope" in done("token", "create", "--help")


def test_the_program_is_installed_under_its_name() -> None:
    shown = subprocess.run([SERVER, "--help"], capture_output=True, text=True, check=True)
    assert "foyer-server" in shown.stdout


def test_founding_twice_leaves_the_house_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    first = done("init", "--data", folder)
    key = (folder / "keys" / "house-0.seed").read_text()
    second = done("init", "--data", folder)
    assert first.split()[-1] == second.split()[-1]
    assert (folder / "keys" / "house-0.seed").read_text() == key


def test_keys_and_folders_are_their_owners_alone(demo: Demo) -> None:
    assert stat.S_IMODE(demo.folder.stat().st_mode) == 0o700
    for file in [*(demo.folder / "keys").iterdir(), demo.folder / "foyer.sqlite"]:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_the_same_seed_makes_the_same_ids(tmp_path: Path, founded: Demo) -> None:
    folder = tmp_path / "house"
    done("init", "--data", folder)
    arguments = ("--data", folder, "--seed", 1, "--members", 12, "--bookings", 10)
    again = json.loads(done("seed-demo", *arguments))
    names = ("site", "site2", "door", "door2", "member", "booking", "staff")
    assert [again[name] for name in names] == [founded.ids[name] for name in names]
    assert foyer("seed-demo", *arguments).returncode == 1


def test_lock_keys_may_be_given(tmp_path: Path) -> None:
    keys = {"front": "aa" * 32, "courtyard": "bb" * 32}
    file = tmp_path / "locks.json"
    file.write_text(json.dumps(keys))
    done("init", "--data", tmp_path / "house")
    found = json.loads(done("seed-demo", "--data", tmp_path / "house", "--lock-keys", file))
    assert found["locks"] == keys
    file.write_text("{}")
    assert foyer("seed-demo", "--data", tmp_path / "h", "--lock-keys", file).returncode == 2


def test_a_token_is_printed_alone_and_kept_as_a_hash(demo: Demo) -> None:
    token = done("token", "create", "--data", demo.folder, "--scope", "check-in")
    assert token.startswith("foyer_")
    assert " " not in token
    secret = token.split("_", 2)[2].encode()
    for file in demo.folder.glob("foyer.sqlite*"):
        assert secret not in file.read_bytes()


def test_an_issued_pass_comes_as_text_and_as_a_picture(demo: Demo) -> None:
    printed = done("issue-pass", "--data", demo.folder, "--person", demo.ids["member"], "--json")
    issued = json.loads(printed)
    assert set(issued) == {"id", "code", "short_code", "path"}
    picture = Image.open(issued["path"]).convert("L")
    assert [each.text for each in zxingcpp.read_barcodes(picture)] == [issued["code"]]
    assert stat.S_IMODE(Path(issued["path"]).stat().st_mode) == 0o600


def test_a_booking_is_made_once_for_a_time(demo: Demo) -> None:
    starts = datetime.now(UTC) + timedelta(days=2)
    times = ("--from", starts.isoformat(), "--to", (starts + timedelta(hours=1)).isoformat())
    who = ("--resource", demo.ids["resource"], "--person", demo.ids["member"])
    booked = json.loads(done("book", "--data", demo.folder, *who, *times))
    assert set(booked) == {"booking", "mail", "pass"}
    refused = foyer("book", "--data", demo.folder, *who, *times)
    assert refused.returncode == 1
    assert "taken" in refused.stderr
    later = (starts + timedelta(days=1)).isoformat()
    end = (starts + timedelta(days=1, hours=1)).isoformat()
    move = ("--booking", booked["booking"], "--from", later, "--to", end)
    assert json.loads(done("move-booking", "--data", demo.folder, *move))["mail"]
    done("book", "--data", demo.folder, *who, *times)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 2),
        (("dance",), 2),
        (("serve", "--port", "x"), 2),
        (("init",), 2),
        (("serve", "--data", "DATA", "--port", "70000"), 2),
        (("serve", "--data", "DATA", "--workers", "2"), 2),
        (("serve", "--data", "DATA", "--smtp", "nohost"), 2),
        (("verify-log", "--data", "DATA", "--database-url", "mysql://x"), 2),
        (("verify-log", "--data", "DATA", "--config", "/nowhere.toml"), 2),
        (("token", "create", "--data", "DATA", "--scope", "everything"), 2),
        (("token", "create", "--data", "DATA", "--scope", "check-in", "--site", "x"), 1),
        (("token", "create", "--data", "DATA", "--scope", "book"), 1),
        (("token", "create", "--data", "DATA", "--scope", "book", "--person", "nobody"), 1),
        (("token", "create", "--data", "DATA", "--scope", "read", "--person", "nobody"), 1),
        (("issue-pass", "--data", "DATA", "--person", "nobody"), 1),
        (("revoke-pass", "--data", "DATA", "--pass", "none"), 1),
        (("offboard", "--data", "DATA", "--person", "nobody"), 1),
        (("add-kiosk", "--data", "DATA", "--site", "x"), 1),
        (("serve", "--data", "EMPTY"), 1),
        (("verify-log", "--data", "EMPTY"), 1),
        (("init", "--data", "/proc/nowhere"), 1),
    ],
)
def test_wrong_use_is_2_and_no_is_1_with_a_sentence(
    demo: Demo, tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    places = {"DATA": str(demo.folder), "EMPTY": str(tmp_path / "empty")}
    result = foyer(*(places.get(word, word) for word in arguments))
    assert result.returncode == code
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_flags_go_before_variables_before_the_file(demo: Demo, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere")
    file = tmp_path / "foyer.toml"
    file.write_text(f'data = "{nowhere}"\n')
    verify = ("verify-log",)
    assert foyer(*verify, FOYER_CONFIG=str(file)).returncode == 1
    both = {"FOYER_CONFIG": str(file), "FOYER_DATA": str(demo.folder)}
    assert foyer(*verify, **both).returncode == 0
    assert foyer(*verify, "--data", nowhere, **both).returncode == 1
    file.write_text("color = 1\n")
    assert foyer(*verify, **both).returncode == 2


def test_verify_log_names_the_first_bad_row(demo: Demo) -> None:
    assert done("verify-log", "--data", demo.folder)
    with closing(sqlite3.connect(demo.folder / "foyer.sqlite")) as db, db:
        db.execute("UPDATE event SET actor = 'x' WHERE stream = 'house' AND seq = 5")
    result = foyer("verify-log", "--data", demo.folder)
    assert result.returncode == 1
    assert "Row 5 of house" in result.stderr


def test_commands_beside_a_running_server_go_through_it(server: RunningServer, demo: Demo) -> None:
    """The socket is its owner's alone, and a data directory with a long path is no trouble."""
    with_lock = server.settings.data
    assert stat.S_IMODE((with_lock / "admin.sock").stat().st_mode) == 0o600
    done("token", "create", "--data", with_lock, "--scope", "check-in")
    assert done("verify-log", "--data", with_lock)


def listening(folder: Path) -> None:
    """Returns when a server of its own process has its admin socket."""
    until = time.monotonic() + 30
    while not (folder / "admin.sock").exists():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_real_server_owns_its_data_and_serves_commands(demo: Demo, tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.parent.mkdir()
    demo.folder.rename(deep)
    log = tmp_path / "log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [str(SERVER), "serve", "--data", str(deep), "--port", "0"], stderr=errors
        )
    try:
        listening(deep)
        code = done("add-kiosk", "--data", deep, "--site", demo.ids["site"])
        assert len(code) == 10
        second = foyer("serve", "--data", deep, "--port", "0")
        assert second.returncode == 1
        assert "in use" in second.stderr
        done("offboard", "--data", deep, "--person", demo.ids["member"])
    finally:
        process.terminate()
        assert process.wait(timeout=20) == 0
    assert not (deep / "admin.sock").exists()
    done("revoke-pass", "--data", deep, "--pass", demo.pass_id("member"))


def test_a_server_told_to_end_lets_go_of_those_who_wait(demo: Demo, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    log = tmp_path / "log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [str(SERVER), "serve", "--data", str(demo.folder), "--port", str(port)], stderr=errors
        )
    listening(demo.folder)
    code = done("add-kiosk", "--data", demo.folder, "--site", demo.ids["site"])
    answers: list[int] = []
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
        answering(http)
        lobby = enrolled_lobby(http, code)
        here = lobby.everything("house")
        waiting = threading.Thread(
            target=lambda: answers.append(
                lobby.get_page("house", here.to, here.hash, wait=25).status_code
            )
        )
        waiting.start()
        time.sleep(0.5)
        process.terminate()
        waiting.join(timeout=20)
    assert process.wait(timeout=20) == 0
    assert answers == [200]
    assert "error" not in log.read_text()


def answering(http: httpx.Client) -> None:
    """Returns when the server answers."""
    until = time.monotonic() + 30
    while True:
        try:
            http.get("/healthz")
        except httpx.TransportError:
            assert time.monotonic() < until
            time.sleep(0.05)
        else:
            return


def test_a_killed_server_leaves_a_directory_that_works(demo: Demo, tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as errors:
        process = subprocess.Popen(
            [str(SERVER), "serve", "--data", str(demo.folder), "--port", "0"], stderr=errors
        )
    listening(demo.folder)
    done("token", "create", "--data", demo.folder, "--scope", "check-in")
    process.kill()
    process.wait()
    assert (demo.folder / "admin.sock").exists()
    done("token", "create", "--data", demo.folder, "--scope", "check-in")
