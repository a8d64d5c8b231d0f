"""How an event becomes the next state of its subject, tombstones included."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from domain.person import PersonErased
from domain.subjects import SUBJECTS, Body
from domain.sync import Op
from ledger.codec import decode_state, encode_text

StateKey = tuple[str, str, str]
"""(kind, subject, stream)."""


@dataclass(frozen=True, slots=True)
class StateRow:
    """A row of `state`: what the events of a subject in a stream have come to by `seq`."""

    kind: str
    subject: str
    stream: str
    seq: int
    op: Op
    body: str | None

    @property
    def key(self) -> StateKey:
        return self.kind, self.subject, self.stream

    @property
    def value(self) -> Any:
        """The whole state, or None for a tombstone."""
        return None if self.body is None else whole(self.kind, self.body)


def fold(before: StateRow | None, at: StateKey, seq: int, body: Body) -> StateRow | None:
    """The row after an event; None where nothing ever was and nothing has come to be.

    Who is erased stays erased, whatever still comes in.
    """
    if isinstance(body, PersonErased) or (before is not None and before.op is Op.ERASE):
        return StateRow(*at, seq, Op.ERASE, None)
    state = SUBJECTS[at[0]].evolve(before.value if before else None, body)
    if state is not None:
        return StateRow(*at, seq, Op.PUT, encode_text(state))
    return StateRow(*at, seq, Op.GONE, None) if before else None


@lru_cache(maxsize=8192)
def whole(kind: str, text: str) -> Any:
    """The state in these bytes; remembered, since states are frozen."""
    return decode_state(kind, text)


@lru_cache(maxsize=8192)
def reduced(kind: str, text: str) -> Any:
    """What a kiosk gets of this state. Raises ValueError for kinds that never go down."""
    reduce = SUBJECTS[kind].reduce
    if reduce is None:
        raise ValueError(f"no kiosk ever sees a {kind}: ask for it in full")
    return reduce(whole(kind, text))


def reduced_text(kind: str, text: str) -> str:
    """The canonical text of the reduced state."""
    small = reduced(kind, text)
    return text if small is whole(kind, text) else encode_text(small)
