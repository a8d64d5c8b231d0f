"""What a server is to a kiosk, in memory: a log per stream, stored answers, folded states.

Idempotent by event id and strict about numbers, as docs/sync.md asks; a contract test holds it
against the real server.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.subjects import HOUSE, HOUSE_KINDS, SUBJECTS, site_stream
from domain.sync import (
    Cursor,
    Digest,
    EventUp,
    Hello,
    HelloAnswer,
    HelloReply,
    Op,
    Page,
    Push,
    PushReply,
    PushResult,
    PushStatus,
    StateDown,
)
from kiosk.services.link import Resync, SayHelloAgain
from ledger.codec import canonical, decode_event, encode_text, state_digest, subject_kind
from ledger.kiosk.pages import START_HASH
from tests.world import World


@dataclass(slots=True)
class Stream:
    """The hashes of a log, and (seq, state) of each of its subjects."""

    hashes: list[str] = field(default_factory=lambda: [START_HASH])
    states: dict[tuple[str, str], tuple[int, Any]] = field(default_factory=dict)

    @property
    def head(self) -> int:
        return len(self.hashes) - 1

    def append(self, kind: str, subject: str, state: Any) -> None:
        self.hashes.append(hashlib.sha256((self.hashes[-1] + subject).encode()).hexdigest())
        if state is not None:
            self.states[kind, subject] = (self.head, state)

    def down(self, after: int) -> list[StateDown]:
        """What changed after `after`, reduced as kiosks get it, ascending."""
        found = sorted(
            (seq, kind, subject, state)
            for (kind, subject), (seq, state) in self.states.items()
            if seq > after and SUBJECTS[kind].reduce is not None
        )
        return [
            StateDown(seq, kind, subject, Op.PUT, encode_text(_reduced(kind, state)))
            for seq, kind, subject, state in found
        ]


class LogServer:
    """Serves one kiosk over a world."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self.world = world
        self._now = now
        self.site = site_stream(world.site_id)
        self.streams = {HOUSE: Stream(), self.site: Stream()}
        self.events: list[EventUp] = []
        self.incarnation, self.last_n = 0, 0
        self._answers: dict[str, tuple[bytes, PushResult]] = {}
        self._collided = False
        for (kind, subject), state in world.states.items():
            stream = HOUSE if kind in HOUSE_KINDS else self.site
            self.streams[stream].append(kind, subject, state)

    def hello(self, hello: Hello) -> HelloReply:
        if hello.incarnation > self.incarnation:
            self.incarnation, self.last_n, self._collided = hello.incarnation, 0, False
        fresh = self._collided or hello.last_n < self.last_n
        return HelloReply(
            answer=HelloAnswer.NEW_INCARNATION if fresh else HelloAnswer.WELCOME,
            challenge=hello.challenge,
            protocol=1,
            server_epoch="epoch",
            server_time=self._now(),
            token="token",
            last_n_seen=0 if fresh else self.last_n,
            incarnation=hello.incarnation + fresh,
            receipt_letter="A",
            directory_key="11" * 32,
            door_certificate=None,
        )

    def push(self, push: Push) -> PushReply:
        """Take acts in their order up to the first hole. Raises SayHelloAgain."""
        if push.incarnation > self.incarnation:
            self.incarnation, self.last_n, self._collided = push.incarnation, 0, False
        results = []
        for event in push.events:
            if event.n > self.last_n + 1:
                break
            results.append(self._again(event) or self._take(event))
            self.last_n = max(self.last_n, event.n)
        return PushReply(tuple(results), self.last_n + 1, {self.site: self.streams[self.site].head})

    def page(self, cursor: Cursor, limit: int, *, digest: bool) -> Page:
        """The next page after a cursor of this log. Raises Resync."""
        stream = self.streams[cursor.stream]
        if cursor.seq > stream.head or stream.hashes[cursor.seq] != cursor.hash:
            raise Resync(cursor.stream)
        return self.pages(cursor.stream, cursor.seq, limit, digest=digest)

    def pages(self, name: str, after: int, limit: int, *, digest: bool) -> Page:
        stream = self.streams[name]
        states = stream.down(after)
        more = len(states) > limit
        to = states[limit - 1].seq if more else stream.head
        return Page(
            stream=name,
            after=after,
            to=to,
            hash=stream.hashes[to],
            more=more,
            states=tuple(states[:limit]),
            server_time=self._now(),
            digest=_digest(stream) if digest and not more else None,
        )

    def _again(self, event: EventUp) -> PushResult | None:
        """The stored answer to a known id."""
        content, first = self._answers.get(event.id, (b"", None))
        if first is None:
            if event.n <= self.last_n:
                self._collided = True
                raise SayHelloAgain("401")
            return None
        if content != _content(event):
            return PushResult(event.n, event.id, PushStatus.QUARANTINED, "id_reused")
        return replace(first, n=event.n, status=PushStatus.DUPLICATE)

    def _take(self, event: EventUp) -> PushResult:
        kind = subject_kind(event.kind)
        stream = self.streams[self.site]
        _, before = stream.states.get((kind, event.subject), (0, None))
        body = decode_event(event.kind, event.body)
        stream.append(kind, event.subject, SUBJECTS[kind].evolve(before, body))
        self.events.append(event)
        result = PushResult(event.n, event.id, PushStatus.APPLIED, seq=stream.head)
        self._answers[event.id] = (_content(event), result)
        return result


def _content(event: EventUp) -> bytes:
    return canonical(replace(event, n=0))


def _reduced(kind: str, state: Any) -> Any:
    reduce = SUBJECTS[kind].reduce
    assert reduce is not None
    return reduce(state)


def _digest(stream: Stream) -> Digest:
    total = sum(state_digest(down.kind, down.subject, down.state or "") for down in stream.down(0))
    return Digest(len(stream.states), total % 2**64)
