"""Where a subject lives, so that a unit of work can lock its stream first."""

from ledger.reader import Reader


def stream_of(reader: Reader, kind: str, subject: str) -> str | None:
    """The stream that holds a subject with one home; None if there is no such subject."""
    return next(iter(reader.rows_of(kind, subject)), None)
