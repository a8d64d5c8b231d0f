"""A database of another age is left alone: one of a newer Foyer, an older one, or of nobody."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from ledger import migrate as migrating
from ledger.age import REVISIONS
from ledger.engine import sqlite_path
from ledger.errors import (
    DamagedDatabase,
    DatabaseRefused,
    LedgerError,
    LedgerUnavailable,
    NewerDatabase,
    NotMigrated,
)
from ledger.ledger import open_ledger
from ledger.migrate import migrate
from tests.ledger.acts import STREAM, arrive
from tests.ledger.throw_away_postgresql import ThrowAwayPostgresql


def read_and_write(url: str) -> None:
    """What a process does that serves a ledger."""

    async def work() -> None:
        ledger = await open_ledger(url)
        try:
            await ledger.verify()
            await ledger.work([STREAM], arrive("a"))
        finally:
            await ledger.close()

    asyncio.run(work())


def run_sql(url: str, *lines: str) -> None:
    async def on_postgresql() -> None:
        connection = await asyncpg.connect(url)
        for line in lines:
            await connection.execute(line)
        await connection.close()

    if path := sqlite_path(url):
        with closing(sqlite3.connect(path)) as db, db:
            for line in lines:
                db.execute(line)
    else:
        asyncio.run(on_postgresql())


@pytest.fixture(params=["sqlite", "postgresql"])
def own_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database of this test's own."""
    url = f"sqlite:///{tmp_path / 'own.sqlite'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql").create()
    migrate(url)
    return url


def test_the_program_knows_every_step_by_name() -> None:
    config = Config()
    steps = Path(migrating.__file__).parent / "migrations"
    config.set_main_option("script_location", str(steps))
    found = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(step.revision for step in found)[::-1] == REVISIONS


@pytest.mark.parametrize("act", [read_and_write, migrate])
def test_a_newer_database_is_neither_served_nor_migrated(
    own_url: str, act: Callable[[str], None]
) -> None:
    run_sql(own_url, "UPDATE alembic_version SET version_num = '0099'")
    path = sqlite_path(own_url)
    before = path.read_bytes() if path else None
    with pytest.raises(NewerDatabase, match=r"newer Foyer.*0099.*Nothing was touched"):
        act(own_url)
    assert before == (path.read_bytes() if path else None)


def test_a_schema_that_is_not_there_asks_for_init(own_url: str) -> None:
    run_sql(own_url, "DELETE FROM alembic_version")
    with pytest.raises(NotMigrated, match="foyer-server init"):
        read_and_write(own_url)
    run_sql(own_url, "DROP TABLE alembic_version")
    with pytest.raises(NotMigrated, match="backup"):
        read_and_write(own_url)


def test_an_older_schema_asks_for_init(own_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.age.REVISIONS", (*REVISIONS, "newer"))
    with pytest.raises(NotMigrated, match=r"older Foyer.*foyer-server init"):
        read_and_write(own_url)


def test_a_missing_or_emptied_file_is_not_taken_for_a_house(tmp_path: Path) -> None:
    file = tmp_path / "foyer.sqlite"
    with pytest.raises(NotMigrated, match="no house"):
        read_and_write(f"sqlite:///{file}")
    assert not file.exists()
    file.touch()
    with pytest.raises(NotMigrated, match="backup"):
        read_and_write(f"sqlite:///{file}")
    assert file.stat().st_size == 0


@pytest.mark.parametrize("act", [read_and_write, migrate])
def test_a_file_that_is_no_database_is_said_to_be_damaged(
    tmp_path: Path, act: Callable[[str], None]
) -> None:
    file = tmp_path / "foyer.sqlite"
    file.write_bytes(b"this was a database until the disk went bad" * 500)
    with pytest.raises(DamagedDatabase, match="damaged"):
        act(f"sqlite:///{file}")


def test_a_file_that_is_damaged_inside_is_said_to_be_so(
    migrated_file: Path, tmp_path: Path
) -> None:
    file = shutil.copy(migrated_file, tmp_path / "foyer.sqlite")
    with file.open("r+b") as database:
        database.seek(4096)
        database.write(b"\xff" * (file.stat().st_size - 4096))
    with pytest.raises(DamagedDatabase):
        read_and_write(f"sqlite:///{file}")


@pytest.mark.parametrize("act", [read_and_write, migrate])
def test_a_postgresql_that_is_not_there_is_said_as_such(
    postgresql: ThrowAwayPostgresql, act: Callable[[str], None]
) -> None:
    with pytest.raises(LedgerUnavailable):
        act("postgresql://foyer@127.0.0.1:1/foyer")
    with pytest.raises(LedgerError, match="no_such_database"):
        act(postgresql.url("no_such_database"))


def test_a_postgresql_that_gives_no_rights_is_said_as_such(postgresql: ThrowAwayPostgresql) -> None:
    url = postgresql.create()
    run_sql(url, "CREATE ROLE nobody LOGIN")
    with pytest.raises(DatabaseRefused, match="permission denied"):
        migrate(url.replace("user=postgres", "user=nobody"))
