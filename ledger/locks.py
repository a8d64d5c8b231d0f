"""Stream locks: with them begins every unit of work, and they make commit order seq order."""

import json
from collections.abc import Sequence

from ledger.log import START_HASH
from ledger.session import Session
from ledger.statements import LOCK, NEW_STREAM


def lock(session: Session, streams: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Lock streams in the one order all units of work use; heads by stream.

    A statement of its own: what is read after it is what the last holder committed.
    """
    if not streams:
        return {}
    wanted = sorted(set(streams))
    heads = _locked(session, wanted)
    for stream in wanted:
        if stream not in heads:
            session.rows(NEW_STREAM, {"stream": stream, "hash": START_HASH})
    return heads if len(heads) == len(wanted) else _locked(session, wanted)


def _locked(session: Session, streams: list[str]) -> dict[str, tuple[int, str]]:
    wanted = streams if session.postgresql else json.dumps(streams)
    return {
        stream: (head, hash_) for stream, head, hash_ in session.rows(LOCK, {"streams": wanted})
    }
