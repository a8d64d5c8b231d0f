"""The way down: pages of reduced states, each with the log's head of the same moment."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from domain.sync import Digest, Op, StateDown
from ledger.codec import state_digest
from ledger.fold import reduced_text
from ledger.log import START_HASH
from ledger.session import Session, statement
from ledger.statements import CURRENT, PAGE

_AT_A_TIME: Final = 500
_HASH_AT: Final = statement("SELECT hash FROM event WHERE stream = :stream AND seq = :seq")


@dataclass(frozen=True, slots=True)
class FeedPage:
    """States whose last change lies in (`after`, `to`], ascending; `hash` is the log's at `to`."""

    after: int
    to: int
    hash: str
    more: bool
    states: tuple[StateDown, ...]
    digest: Digest | None = None


def page(
    session: Session, stream: str, after: int, limit: int, *, snapshot: bool
) -> FeedPage | None:
    """The next page; None if `after` is beyond the head or too old for the tombstones kept."""
    rows = session.rows(PAGE, {"stream": stream, "after": after, "rows": limit + 1})
    if not rows:
        return None
    head, head_hash, floor = rows[0][:3]
    too_old = 0 < after < floor and not snapshot
    if after > head or too_old:
        return None
    found = [row for row in rows if row[3] is not None]
    more = len(found) > limit
    to, hash_ = (found[limit - 1][3], found[limit - 1][8]) if more else (head, head_hash)
    states = tuple(_down(*row[3:8]) for row in found[:limit])
    return FeedPage(after, to, hash_, more, states)


def current(session: Session, stream: str) -> Sequence[Sequence[Any]]:
    """(kind, subject, whole state) of all that kiosks have of a stream."""
    return session.rows(CURRENT, {"stream": stream})


async def digest(rows: Sequence[Sequence[Any]]) -> Digest:
    """Count and sum over `current`; lets other tasks run in between."""
    total = 0
    for start in range(0, len(rows), _AT_A_TIME):
        for kind, subject, body in rows[start : start + _AT_A_TIME]:
            total += state_digest(kind, subject, reduced_text(kind, body))
        await asyncio.sleep(0)
    return Digest(len(rows), total % 2**64)


def hash_at(session: Session, stream: str, seq: int) -> str | None:
    """The log's hash at `seq`; None where there is no such event."""
    if seq == 0:
        return START_HASH
    rows = session.rows(_HASH_AT, {"stream": stream, "seq": seq})
    return str(rows[0][0]) if rows else None


def _down(seq: int, kind: str, subject: str, op: str, body: str | None) -> StateDown:
    text = None if body is None else reduced_text(kind, body)
    return StateDown(seq, kind, subject, Op(op), text)
