"""How an event becomes the next state of its subject, tombstones included."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from domain.person import PersonErased
from domain.subjects import SUBJECTS, Body
from domain.sync import Op
from ledger.codec import decode_state, encode_text


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
    def value(self) -> Any:
        """The whole state, or None for a tombstone."""
        return None if self.body is None else whole(self.kind, self.body)


def fold(kind: str, before: StateRow | None, body: Body) -> tuple[Op, Any]:
    """The state after an event. Who is erased stays erased, whatever still comes in."""
    erased = before is not None and before.op is Op.ERASE
    if erased or isinstance(body, PersonErased):
        return Op.ERASE, None
    after = SUBJECTS[kind].evolve(before.value if before else None, body)
    return (Op.GONE, None) if after is None else (Op.PUT, after)


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
