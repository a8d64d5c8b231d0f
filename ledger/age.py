"""Which schema a database of the server has, and whether this program may work on it."""

from typing import Final

from sqlalchemy import Connection

from ledger.errors import NewerDatabase, NotMigrated

REVISIONS: Final = ("0001", "asking", "booking", "usage", "note")
"""The steps in `ledger/migrations`, the oldest first; the last is the one we work on."""

_TABLE: Final = "alembic_version"


def check_age(connection: Connection) -> None:
    """Raises NewerDatabase or NotMigrated where the schema is not ours; touches nothing."""
    revision = _revision(connection)
    name = connection.engine.url.database
    _refuse_newer(revision, name)
    if revision is None:
        raise NotMigrated(no_house_in(name))
    if revision != REVISIONS[-1]:
        raise NotMigrated(
            f"The database {name} was made by an older Foyer. Keep a backup of it, then bring it"
            " up to date: foyer-server init"
        )


def refuse_newer(connection: Connection) -> None:
    """Raises NewerDatabase; what is older or empty may be brought up to date."""
    _refuse_newer(_revision(connection), connection.engine.url.database)


def no_house_in(name: object) -> str:
    """The sentence for a database without any schema."""
    return (
        f"There is no house in the database {name}. If there was one, bring back its backup;"
        " a new one is made by: foyer-server init"
    )


def _refuse_newer(revision: str | None, name: str | None) -> None:
    if revision is not None and revision not in REVISIONS:
        raise NewerDatabase(
            f"The database {name} was changed by a newer Foyer (schema {revision}, this program"
            f" knows {REVISIONS[-1]}). Nothing was touched: run the newer program on it."
        )


def _revision(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, _TABLE):
        return None
    found = connection.exec_driver_sql(f"SELECT max(version_num) FROM {_TABLE}").scalar()  # noqa: S608
    return None if found is None else str(found)
