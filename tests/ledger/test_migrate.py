"""The steps lead to the schema that the program is written for."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from ledger.engine import postgresql_engine, sqlite_path
from ledger.migrate import migrate
from ledger.schema import metadata
from tests.ledger.throw_away_postgresql import ThrowAwayPostgresql


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_the_steps_lead_to_the_tables_the_program_knows(database_url: str) -> None:
    if path := sqlite_path(database_url):
        engine = create_engine(f"sqlite:///{path}")
        with engine.connect() as connection:
            assert _differences(connection) == []
        engine.dispose()
        return
    pool = postgresql_engine(database_url)
    async with pool.connect() as connection_:
        assert await connection_.run_sync(_differences) == []
    await pool.dispose()


def test_migrating_again_changes_nothing(database_url: str) -> None:
    migrate(database_url)
    migrate(database_url)


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_four_processes_may_migrate_at_once(
    where: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    if where == "postgresql":
        cluster: ThrowAwayPostgresql = request.getfixturevalue("postgresql")
        url = cluster.create()
    work: Callable[[str], None] = migrate
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(work, [url] * 4)) == [None] * 4


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite"
    migrate(f"sqlite:///{path}")
    assert path.stat().st_mode & 0o777 == 0o600
