"""A PostgreSQL to measure on: a cluster of its own, as durable as the real one."""

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import asyncpg

_DEBIAN: Final = Path("/usr/lib/postgresql")
_OWNER: Final = "postgres"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running PostgreSQL with its usual settings, reached by a socket in its own folder."""

    folder: Path

    def create(self, name: str, template: str = "template1") -> str:
        """A new database, copied from a template that nobody is connected to; its URL."""
        asyncio.run(self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        return self._url(name)

    def drop(self, name: str) -> None:
        asyncio.run(self._execute(f'DROP DATABASE "{name}" WITH (FORCE)'))

    async def _execute(self, sql: str) -> None:
        connection = await asyncpg.connect(self._url("postgres"))
        await connection.execute(sql)
        await connection.close()

    def _url(self, name: str) -> str:
        return f"postgresql:///{name}?host={self.folder}&user={_OWNER}"


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Started in a new folder, and gone with it. Raises RuntimeError without PostgreSQL."""
    programs = sorted(_DEBIAN.glob("*/bin"), key=lambda path: int(path.parts[-2]))
    if not programs:
        raise RuntimeError("This needs PostgreSQL: apt-get install postgresql")
    initdb, pg_ctl = programs[-1] / "initdb", programs[-1] / "pg_ctl"
    folder = Path(tempfile.mkdtemp(prefix="foyer-benchmark-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, _OWNER)
    data, log = folder / "data", folder / "log"
    options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    try:
        _run(initdb, "-D", data, "-A", "trust", "-U", _OWNER)
        _run(pg_ctl, "-D", data, "-w", "-l", log, "-o", options, "start")
        try:
            yield Cluster(folder)
        finally:
            _run(pg_ctl, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command: str | Path) -> None:
    """As the user PostgreSQL wants to run as, which is never root."""
    owner = ["runuser", "-u", _OWNER, "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*owner, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=60
    )
