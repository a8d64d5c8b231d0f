"""The real kiosk without a window, told by lines on its input what people do at it.

A line is one act, as JSON: {"act": "show", "code": ..., "people": N} holds a code up and, asked
how many they are, answers N (as many as there is room for); {"act": "leave"} taps "I'm leaving"
on the last answer. Each answer on the screen is reported as `screen`, without any name.
"""

import asyncio
import contextlib
import json
import sys
from datetime import UTC, datetime
from typing import Any

from kiosk.bootstrap import Kiosk
from kiosk.main import _parser
from kiosk.services.answers import Answer, PartyQuestion, WelcomeAnswer
from kiosk.services.report import Report, to_stream
from kiosk.settings import resolve


class Driven:
    """Does what the lines say, one after the other."""

    def __init__(self, kiosk: Kiosk, report: Report) -> None:
        self._desk = kiosk.desk
        self._report = report
        self._last: Answer | None = None
        self._desk.on_answer(self._show)

    async def follow(self, lines: asyncio.StreamReader) -> None:
        while text := await lines.readline():
            act = json.loads(text)
            match act["act"]:
                case "show":
                    await self._desk.code(act["code"])
                    await self._answer_party(act.get("people", 1))
                case "leave" if self._last:
                    await self._desk.leave(self._last.serial)
            self._report("acted", number=act["number"])

    async def _answer_party(self, people: int) -> None:
        asked = self._last
        if isinstance(asked, PartyQuestion):
            await self._desk.answer_party(asked.serial, min(people, asked.room))

    def _show(self, answer: Answer) -> None:
        self._last = answer
        facts: dict[str, Any] = {"kind": type(answer).__name__, "serial": answer.serial}
        if isinstance(answer, WelcomeAnswer):
            facts |= {"named": answer.name is not None, "here": answer.here}
        self._report("screen", **facts)


async def _serve(arguments: list[str]) -> None:
    given = vars(_parser().parse_args(["run", "--headless", *arguments]))
    report = to_stream(sys.stdout, lambda: datetime.now(UTC))
    kiosk = Kiosk(resolve(given, {}, None), report)
    driven = Driven(kiosk, report)
    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    report("started")
    run = asyncio.ensure_future(kiosk.run())
    following = asyncio.ensure_future(driven.follow(lines))
    await asyncio.wait([run, following], return_when=asyncio.FIRST_COMPLETED)
    following.result()
    run.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await run


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1:]))
