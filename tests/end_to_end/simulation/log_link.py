"""The line to a `LogServer`: slow by chance, cut when told, broken at a chosen call."""

import asyncio
from collections.abc import Callable
from random import Random
from typing import Final, TypeVar

from domain.sync import (
    Cursor,
    EnrolReply,
    EnrolRequest,
    NameDown,
    Page,
    Push,
    PushReply,
    SignedHello,
    SignedReply,
)
from kiosk.services.link import RetryLater
from ledger.codec import encode_text
from tests.end_to_end.simulation.log_server import LogServer
from tests.end_to_end.simulation.mortal import Mortal

T = TypeVar("T")

LIMIT: Final = 3
"""States per page: few, so that a snapshot takes several."""
_LOOK_S: Final = 0.05


class Line:
    """Cut or whole, over all lives of a kiosk; `breaks_at` is the number of one bad call."""

    def __init__(
        self,
        seed: int = 1,
        breaks_at: int | None = None,
        *,
        after: bool = False,
        slowest_s: float = 0.2,
    ) -> None:
        self.cut = False
        self._slowest_s = slowest_s
        self.calls = 0
        self._chance = Random(seed)
        self._breaks_at = breaks_at
        self._after = after

    async def carry(self, call: Callable[[], T]) -> T:
        """There and back. Raises RetryLater, with or without the call having had its effect."""
        await asyncio.sleep(self._chance.uniform(0, self._slowest_s))
        self.calls += 1
        breaks = self.calls == self._breaks_at
        if self.cut or (breaks and not self._after):
            raise RetryLater("cut on the way there")
        answer = call()
        await asyncio.sleep(self._chance.uniform(0, self._slowest_s))
        if self.cut or breaks:
            raise RetryLater("cut on the way back")
        return answer


class LogLink:
    """The `ServerLink` of one life of a kiosk; an effect at the server is an instant of it."""

    def __init__(self, server: LogServer, line: Line, mortal: Mortal) -> None:
        self._server = server
        self._line = line
        self._mortal = mortal

    async def enrol(self, request: EnrolRequest) -> EnrolReply:
        raise NotImplementedError

    async def challenge(self) -> str:
        return await self._line.carry(lambda: "challenge")

    async def hello(self, hello: SignedHello) -> SignedReply:
        reply = encode_text(await self._line.carry(lambda: self._server.hello(hello.hello)))
        return SignedReply(reply, 0, self._server.world.house.sign(reply.encode()).hex())

    async def push(self, token: str, push: Push) -> PushReply:
        def take() -> PushReply:
            reply = self._server.push(push)
            self._mortal.instant("pushed")
            return reply

        return await self._line.carry(take)

    async def pull(
        self, token: str, cursor: Cursor, epoch: str, *, wait_s: int, digest: bool
    ) -> Page:
        for _ in range(round(wait_s / _LOOK_S)):
            if self._server.streams[cursor.stream].head != cursor.seq:
                break
            await asyncio.sleep(_LOOK_S)
        return await self._line.carry(lambda: self._server.page(cursor, LIMIT, digest=digest))

    async def snapshot(self, token: str, stream: str, after: int) -> Page:
        return await self._line.carry(
            lambda: self._server.pages(stream, after, LIMIT, digest=False)
        )

    async def names(self, token: str) -> tuple[NameDown, ...]:
        person = self._server.world.person_id
        return await self._line.carry(lambda: (NameDown(person, "Jana K."),))

    async def close(self) -> None: ...
