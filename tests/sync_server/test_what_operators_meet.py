"""What an operator can meet ends in a sentence and an exit code, and never in a traceback."""

import json
import os
import socket
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.sync_server.conftest import Demo
from tests.sync_server.test_command_line import SERVER, Result, foyer, listening

OPENING = (
    ("verify-log",),
    ("token", "create", "--scope", "check-in"),
    ("seed-demo",),
    ("serve", "--port", "0"),
)
"""Commands that need the house there."""


def started(*arguments: object) -> Result:
    """A command as a process of its own, that is to end by itself."""
    command = [str(each) for each in (SERVER, *arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return Result(ended.returncode, ended.stdout, ended.stderr)


def assert_told(result: Result, code: int, *words: str) -> None:
    assert result.returncode == code, result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    last = result.stderr.splitlines()[-1]
    assert last.startswith("foyer-server: ")
    for word in words:
        assert word in last


def make_newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '0099'")


def make_noise(file: Path) -> None:
    file.write_bytes(b"this was a database until the disk went bad" * 500)


def make_empty(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("command", OPENING, ids=lambda words: words[0])
@pytest.mark.parametrize(
    ("spoil", "word"),
    [(make_newer, "newer Foyer"), (make_noise, "damaged"), (make_empty, "backup")],
)
def test_a_database_that_is_not_ours_is_neither_served_nor_written(
    demo: Demo, command: tuple[str, ...], spoil: Callable[[Path], None], word: str
) -> None:
    file = demo.folder / "foyer.sqlite"
    spoil(file)
    before = file.read_bytes()
    assert_told(started(*command, "--data", demo.folder), 1, word)
    assert file.read_bytes() == before


def test_init_leaves_a_newer_or_damaged_database_as_it_is(demo: Demo) -> None:
    file = demo.folder / "foyer.sqlite"
    for spoil, word in ((make_newer, "newer Foyer"), (make_noise, "damaged")):
        spoil(file)
        before = file.read_bytes()
        assert_told(foyer("init", "--data", demo.folder), 1, word)
        assert file.read_bytes() == before


def test_a_taken_port_is_said_in_a_sentence(demo: Demo) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        serve = ("serve", "--data", demo.folder, "--port", port)
        assert_told(started(*serve), 1, f"Port {port}", "taken", "--port")


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_that_is_not_ours_is_said_in_a_sentence(demo: Demo, host: str) -> None:
    serve = ("serve", "--data", demo.folder, "--port", 0, "--host", host)
    assert_told(started(*serve), 1, host, "--host")


@pytest.mark.parametrize("name", ["house-0.seed", "sealing.seed", "tokens.secret"])
def test_a_key_that_is_broken_or_gone_is_named_and_never_made_anew(demo: Demo, name: str) -> None:
    file = demo.folder / "keys" / name
    for content in ("", "abc", "aabb", "zz" * 32):
        file.write_text(content)
        for command in ("verify-log", "init"):
            assert_told(foyer(command, "--data", demo.folder), 1, name, "backup")
    file.unlink()
    assert_told(foyer("verify-log", "--data", demo.folder), 1)
    if name != "tokens.secret":
        assert_told(foyer("init", "--data", demo.folder), 1, name, "backup")
        assert not file.exists()


def test_locks_keys_that_are_broken_are_named(demo: Demo) -> None:
    (demo.folder / "keys" / "locks.json").write_text("{")
    assert_told(foyer("seed-demo", "--data", demo.folder), 1, "locks.json")


@pytest.mark.parametrize("command", [*OPENING, ("init",)], ids=lambda words: words[0])
def test_a_key_that_others_can_read_is_not_used(demo: Demo, command: tuple[str, ...]) -> None:
    file = demo.folder / "keys" / "house-0.seed"
    file.chmod(0o644)
    assert_told(foyer(*command, "--data", demo.folder), 1, f"chmod 600 {file}")


def test_a_folder_that_others_can_look_into_is_told_when_serving(
    demo: Demo, tmp_path: Path
) -> None:
    demo.folder.chmod(0o755)
    log = tmp_path / "log"
    with log.open("wb") as errors:
        command = [str(SERVER), "serve", "--data", str(demo.folder), "--port", "0"]
        process = subprocess.Popen(command, stderr=errors)
    try:
        listening(demo.folder)
    finally:
        process.terminate()
        assert process.wait(timeout=20) == 0
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    told = [line["sentence"] for line in lines if line["event"] == "open_to_others"]
    assert len(told) == 1
    assert f"chmod 700 {demo.folder}" in told[0]


def test_a_file_where_the_data_should_be_is_said_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert_told(foyer("init", "--data", file), 1, str(file), "folder")
    assert_told(foyer("serve", "--data", file), 1, str(file))
    assert_told(foyer("init", "--data", file / "below"), 1, "folder")


def test_a_disk_that_may_not_be_written_is_said_in_a_sentence(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object, *_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", refuse)
    assert_told(foyer("init", "--data", demo.folder), 1, "Permission denied", "owner")


@pytest.mark.parametrize(
    "content",
    [
        b"port = ",
        b"\xff\xfe\x00",
        b"port = 80.5",
        b"port = true",
        b"port = 'many'",
        b"data = 5",
        b"host = ['a']",
        b"smtp_starttls = 1",
        b"log_level = 'loud'",
        b"database_url = 'postgresql://host:port/x'",
        b"database_url = 'nothing'",
        b"database_url = 'sqlite://'",
    ],
)
def test_a_settings_file_that_cannot_be_meant_is_wrong_use(
    demo: Demo, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "foyer.toml"
    file.write_bytes(content)
    where = {} if content.startswith(b"data") else {"FOYER_DATA": str(demo.folder)}
    assert_told(foyer("verify-log", "--config", file, **where), 2)


def test_a_settings_file_with_the_right_types_is_taken(demo: Demo, tmp_path: Path) -> None:
    file = tmp_path / "foyer.toml"
    file.write_text(f"data = '{demo.folder}'\nport = 8081\nsmtp_starttls = true\n")
    assert foyer("verify-log", "--config", file).returncode == 0


def test_a_password_file_that_is_no_text_is_wrong_use(demo: Demo, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_bytes(b"\xff\xfe")
    smtp = ("--smtp", "localhost:25", "--smtp-password-file", file)
    assert_told(foyer("serve", "--data", demo.folder, *smtp), 2, "password file")


@pytest.mark.parametrize("command", [*OPENING, ("init",)], ids=lambda words: words[0])
def test_a_postgresql_that_is_not_there_is_said_in_a_sentence(
    demo: Demo, command: tuple[str, ...]
) -> None:
    away = ("--data", demo.folder, "--database-url", "postgresql://foyer:pw@127.0.0.1:1/foyer")
    result = started(*command, *away)
    assert_told(result, 1, "not available")
    assert "pw" not in result.stderr
