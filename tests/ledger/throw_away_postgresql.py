"""A real PostgreSQL for one test session: its own cluster in a folder that goes with it."""

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

_DEBIAN = Path("/usr/lib/postgresql")
_OWNER = "postgres"
# Fast, not durable: nothing here is meant to outlive the session.
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=80")


class ThrowAwayPostgresql:
    """A running cluster, reached by a socket in its own folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0

    def url(self, database: str) -> str:
        return f"postgresql:///{database}?host={self._folder}&user={_OWNER}"

    def create(self) -> str:
        """A fresh database with nothing in it; its URL."""
        self._made += 1
        url = self.url(f"foyer_{self._made}")
        asyncio.run(_execute(self.url("postgres"), f"CREATE DATABASE foyer_{self._made}"))
        return url

    def emptied(self, url: str, tables: Iterable[str]) -> str:
        """The same database without a row in these tables: faster than a new one."""
        asyncio.run(_execute(url, "".join(f"DELETE FROM {table};" for table in tables)))
        return url


async def _execute(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(sql)
    await connection.close()


@contextmanager
def throw_away_postgresql() -> Iterator[ThrowAwayPostgresql]:
    """Starts the newest PostgreSQL of this machine and ends it again, files and all."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="foyer-pg-"))
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _OWNER)
        _run(programs / "initdb", "-D", data, "-A", "trust", "-U", _OWNER, "--no-sync")
        options = [f"-c {setting}" for setting in _SETTINGS]
        options += ["-c listen_addresses=''", f"-c unix_socket_directories={folder}"]
        _run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log",
             "-o", " ".join(options), "start")  # fmt: skip
        try:
            yield ThrowAwayPostgresql(folder)
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise RuntimeError(
            "These tests need a real PostgreSQL: apt-get install postgresql (Debian 12 has 15)."
        )
    return found[-1].parent


def _run(*command: str | Path) -> None:
    as_owner = ["runuser", "-u", _OWNER, "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*as_owner, *map(str, command)],
        capture_output=True,
        text=True,
        cwd="/",
        timeout=60,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}{done.stderr}")
