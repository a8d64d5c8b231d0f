"""A real PostgreSQL for one test session: its own cluster in a folder that goes with it."""

import asyncio
import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

_DEBIAN = Path("/usr/lib/postgresql")
_OWNER = "postgres"
_USER = _OWNER if os.geteuid() == 0 else None  # PostgreSQL does not run as root
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
    try:
        if _USER:
            shutil.chown(folder, _USER)
        data = folder / "data"
        command = [programs / "initdb", "-D", data, "-A", "trust", "-U", _OWNER, "--no-sync"]
        subprocess.run(command, check=True, capture_output=True, cwd="/", user=_USER, timeout=60)
        with _server(programs, folder):
            yield ThrowAwayPostgresql(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _server(programs: Path, folder: Path) -> Iterator[None]:
    settings = (*_SETTINGS, "listen_addresses=", f"unix_socket_directories={folder}")
    options = [part for setting in settings for part in ("-c", setting)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", *options],
            stdout=log,
            stderr=log,
            cwd="/",
            user=_USER,
            preexec_fn=_end_with_the_tests,  # noqa: PLW1509 - no thread runs yet
        )
        try:
            asyncio.run(_answers(ThrowAwayPostgresql(folder).url("postgres")))
            yield
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait(30)


def _end_with_the_tests() -> None:
    """Tests that are killed take their server along (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


async def _answers(url: str) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                await _execute(url, "SELECT 1")
            except (OSError, asyncpg.CannotConnectNowError):
                await asyncio.sleep(0.02)
            else:
                return


def _programs() -> Path:
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise RuntimeError(
            "These tests need a real PostgreSQL: apt-get install postgresql (Debian 12 has 15)."
        )
    return found[-1].parent
