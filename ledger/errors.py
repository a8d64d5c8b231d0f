"""What can go wrong with the ledger itself, named by what the caller should do."""

# ruff: noqa: N818 - the names say what is the case


class LedgerError(Exception):
    """Base of all the ledger raises of its own."""


class LedgerUnavailable(LedgerError):
    """The database is away, full or busy: nothing is known to be recorded; retry later."""


class DataDirInUse(LedgerError):
    """Another process owns the data directory; hand it the work or wait for its end."""


class NotLocked(LedgerError):
    """A unit of work appended to a stream it did not lock at its beginning; a bug, never retry."""


class EventIdTaken(LedgerError):
    """An event of this id stands in the log already; look at it with `known_event`."""


class AnswerTaken(LedgerError):
    """Another unit of work stored an answer under this id at the same time; look with `stored`."""


class Swallowed(LedgerError):
    """A unit of work went on after the database had refused a statement; a bug, never retry."""
