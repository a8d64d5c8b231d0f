"""Bad days of the simulated provider, one per call, asked for by tests and the demo."""

import asyncio
from collections import deque
from enum import StrEnum
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

SILENCE_S: Final = 120.0


class Mood(StrEnum):
    FINE = "fine"
    AWAY = "away"
    """Does nothing and answers 503."""
    HANGS = "hangs"
    """Does nothing and answers nothing."""
    STALLS = "stalls"
    """Does what it was asked and then answers nothing."""
    LOSES = "loses"
    """Does what it was asked and loses the line before it can say so."""
    MUMBLES = "mumbles"
    """Does what it was asked and answers nonsense."""


class Moods:
    """Used up one by one, then all is fine."""

    def __init__(self) -> None:
        self._coming: deque[Mood] = deque()
        self.silent = 0
        """How many callers were left without an answer so far."""

    def expect(self, moods: list[Mood]) -> None:
        self._coming.extend(moods)

    def next(self) -> Mood:
        return self._coming.popleft() if self._coming else Mood.FINE

    async def before(self, mood: Mood) -> Response | None:
        """What is said instead of doing anything, if that is the mood."""
        if mood is Mood.HANGS:
            await self._say_nothing()
        return PlainTextResponse("", 503) if mood in (Mood.AWAY, Mood.HANGS) else None

    async def after(self, mood: Mood, answer: Response) -> Response:
        """What is heard of an answer in that mood."""
        if mood is Mood.STALLS:
            await self._say_nothing()
        return _spoiled(mood, answer)

    async def _say_nothing(self) -> None:
        self.silent += 1
        await asyncio.sleep(SILENCE_S)


def _spoiled(mood: Mood, answer: Response) -> Response:
    if mood in (Mood.LOSES, Mood.STALLS):
        return LostLine()
    return PlainTextResponse("well, you know") if mood is Mood.MUMBLES else answer


class LostLine(Response):
    """Ends in the middle: the server then closes the connection."""

    async def __call__(self, _: Scope, __: Receive, send: Send) -> None:
        headers = [(b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


def wanted(request: Request) -> list[Mood]:
    """The moods in a query like `?mood=away&mood=loses`."""
    return [Mood(name) for name in request.query_params.getlist("mood")]
