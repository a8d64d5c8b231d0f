"""Reading a push: each event by itself, so that one that cannot be read is set aside alone."""

from dataclasses import dataclass
from typing import Annotated, Any

import msgspec

from domain.sync import MAX_NUMBER, EventUp
from ledger.codec import BadBody, canonical, checked, decode


@dataclass(frozen=True, slots=True)
class PushSent:
    """A push as it came: what `domain.sync.Push` says, its events still in bytes."""

    incarnation: int
    server_epoch: str
    events: tuple[msgspec.Raw, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What came in the place of an event, with as much of it as an answer needs."""

    n: int
    id: str
    act: str
    sent: bytes


Came = EventUp | Unreadable


@dataclass(frozen=True, slots=True)
class _Head:
    n: Annotated[int, msgspec.Meta(ge=1, le=MAX_NUMBER)]
    id: str
    act: Any = None


def read_events(push: PushSent) -> tuple[Came, ...]:
    """The events, in their order. Raises BadBody where one has not even a number and an id."""
    return tuple(_read(bytes(sent)) for sent in push.events)


def bytes_of(came: Came) -> bytes:
    """All of it, to be kept or compared."""
    return came.sent if isinstance(came, Unreadable) else canonical(came)


def _read(sent: bytes) -> Came:
    head = decode(sent, _Head)
    try:
        return checked(decode(sent, EventUp))
    except BadBody:
        act = head.act if isinstance(head.act, str) else head.id
        return Unreadable(head.n, head.id, act, sent)
