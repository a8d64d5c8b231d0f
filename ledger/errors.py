"""What can go wrong with the ledger itself, named by what the caller should do."""

# ruff: noqa: N818 - the names say what is the case


class LedgerError(Exception):
    """Base of all the ledger raises of its own."""


class LedgerUnavailable(LedgerError):
    """The database is away, full or busy: nothing is known to be recorded; retry later."""


class DataDirInUse(LedgerError):
    """Another process owns the data directory; hand it the work or wait for its end."""


class NewerDatabase(LedgerError):
    """A newer Foyer has changed this database; run that one. Nothing was touched."""


class NotMigrated(LedgerError):
    """The database has no schema of ours, or an older one; `foyer-server init` brings it."""


class DamagedDatabase(LedgerError):
    """What is stored can no longer be read; bring back a backup."""


class DatabaseRefused(LedgerError):
    """The database does not let us make its schema; its operator has to."""


class OpenToOthers(LedgerError):
    """Others can read a secret file; close it."""


class BrokenKeyFile(LedgerError):
    """A file of ours holds no key, or is gone; bring it back from a backup."""


class NotLocked(LedgerError):
    """A unit of work appended to a stream it did not lock at its beginning; a bug, never retry."""


class EventIdTaken(LedgerError):
    """An event of this id stands in the log already; look at it with `known_event`."""


class AnswerTaken(LedgerError):
    """Another unit of work stored an answer under this id at the same time; look with `stored`."""


class Swallowed(LedgerError):
    """A unit of work went on after the database had refused a statement; a bug, never retry."""
