"""The log: events chained by their hashes, and how to tell that nobody changed one."""

from dataclasses import dataclass
from typing import Any, Final

from ledger import schema
from ledger.codec import event_hash
from ledger.inserts import columns
from ledger.session import Session, statement

START_HASH: Final = "0" * 64
"""What stands before the first event of a stream."""

COLUMNS: Final = columns(schema.event)
_CHUNK: Final = 1000
_HEADS: Final = statement("SELECT stream, head, hash FROM stream ORDER BY stream")
_NEXT: Final = statement(
    f"SELECT {', '.join(COLUMNS)} FROM event"  # noqa: S608 - column names of our own
    " WHERE stream = :stream AND seq > :after ORDER BY seq LIMIT :rows"
)
_STRAY: Final = statement(
    "SELECT e.stream, min(e.seq) FROM event e WHERE NOT EXISTS"
    " (SELECT 1 FROM stream s WHERE s.stream = e.stream) GROUP BY e.stream ORDER BY e.stream"
)


@dataclass(frozen=True, slots=True)
class BadRow:
    """The first row of the log that is not as it was written."""

    stream: str
    seq: int
    why: str


def chained(previous: str, row: dict[str, Any]) -> str:
    """The hash of an event row (without its own hash) after its predecessor's."""
    return event_hash(previous, {name: row[name] for name in COLUMNS if name != "hash"})


def verify(session: Session) -> BadRow | None:
    """Walk every stream from its beginning; None if all of it is as it was written."""
    for stream, head, hash_ in session.rows(_HEADS, {}):
        if bad := _verify_stream(session, stream, head, hash_):
            return bad
    for stream, seq in session.rows(_STRAY, {}):
        return BadRow(stream, seq, "belongs to no stream")
    return None


def events(session: Session, stream: str) -> Any:
    """Yields the rows of a stream in order, as dicts by column."""
    after = 0
    while rows := session.rows(_NEXT, {"stream": stream, "after": after, "rows": _CHUNK}):
        yield from (dict(zip(COLUMNS, row, strict=True)) for row in rows)
        after = rows[-1][1]


def _verify_stream(session: Session, stream: str, head: int, head_hash: str) -> BadRow | None:
    previous, seq = START_HASH, 0
    for row in events(session, stream):
        if row["seq"] != seq + 1:
            return BadRow(stream, seq + 1, "is missing")
        seq = row["seq"]
        if chained(previous, row) != row["hash"]:
            return BadRow(stream, seq, "does not match its hash")
        previous = row["hash"]
    if seq < head:
        return BadRow(stream, seq + 1, "is missing")
    if seq > head:
        return BadRow(stream, head + 1, "was added behind the head")
    return None if previous == head_hash else BadRow(stream, seq, "is not the head of its stream")
