"""States and indexes folded anew from the log alone: what they would be had nobody erred."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from ledger import log, schema
from ledger.codec import decode_event, subject_kind
from ledger.fold import StateKey, StateRow, fold
from ledger.links import LinkChanges, links_of
from ledger.session import Session, statement
from ledger.writes import Writes

_STREAMS: Final = statement("SELECT stream, floor FROM stream ORDER BY stream")
_DROP_OLD: Final = statement(
    "DELETE FROM state WHERE stream = :stream AND op = 'gone' AND seq <= :floor"
)
_AT_A_TIME: Final = 1000


def rebuild(session: Session) -> None:
    """Fill `state`, `link`, `inside` and `slot` again; the caller holds every stream.

    Raises UnknownKind or BadBody for an event this program cannot read: then nothing changes.
    """
    for table in (schema.state, schema.link, schema.inside, schema.slot):
        session.connection.execute(table.delete())
    for stream, floor in list(session.rows(_STREAMS, {})):
        rows = _folded(log.events(session, stream))
        for some in _in_parts(rows.values()):
            _write(session, some)
        session.rows(_DROP_OLD, {"stream": stream, "floor": floor})


def _folded(events: Iterator[dict[str, Any]]) -> dict[StateKey, StateRow]:
    rows: dict[StateKey, StateRow] = {}
    for event in events:
        at = (subject_kind(event["kind"]), event["subject"], event["stream"])
        body = decode_event(event["kind"], event["body"])
        after = fold(rows.get(at), at, event["seq"], body)
        if after is not None:
            rows[at] = after
    return rows


def _write(session: Session, rows: list[StateRow]) -> None:
    writes, links = Writes(), LinkChanges()
    for row in rows:
        writes.state(row)
        links.change(row.stream, frozenset(), links_of(row.kind, row.subject, row.value))
    writes.flush(session, {}, links)


def _in_parts(rows: Any) -> Iterator[list[StateRow]]:
    waiting = iter(rows)
    while part := list(islice(waiting, _AT_A_TIME)):
        yield part
