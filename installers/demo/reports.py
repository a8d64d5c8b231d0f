"""What the kiosk reports of itself, read line by line as it is written."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from installers.demo.trouble import DemoTrouble

_KEPT = 500
_LOOK_AGAIN_S = 0.03

Line = Mapping[str, Any]


class KioskReports:
    """Follows the report file of a kiosk from start() to stop()."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lines: deque[tuple[int, Line]] = deque(maxlen=_KEPT)
        self._count = 0
        self._more = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None
        self.listeners: list[Callable[[Line], None]] = []
        self.status: Line = {}

    def start(self) -> None:
        self._file.touch()
        self._task = asyncio.ensure_future(self._follow())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    @property
    def mark(self) -> int:
        """Where the reports stand now; given to `next` to hear only what comes later."""
        return self._count

    async def next(
        self,
        what: str,
        after: int,
        within_s: float,
        fits: Callable[[Line], bool] = lambda _line: True,
    ) -> Line:
        """The first line of this kind after the mark. Raises DemoTrouble if none comes in time."""
        deadline_s = time.monotonic() + within_s
        async with self._more:
            while True:
                for number, line in self._lines:
                    if number > after and line["what"] == what and fits(line):
                        return line
                left_s = deadline_s - time.monotonic()
                try:
                    await asyncio.wait_for(self._more.wait(), max(left_s, 0))
                except TimeoutError:
                    raise DemoTrouble(
                        f"The kiosk did not report {what!r} within {within_s:.0f} s."
                    ) from None

    async def _follow(self) -> None:
        with self._file.open(encoding="utf-8") as file:
            rest = ""
            while True:
                rest += file.read()
                *lines, rest = rest.split("\n")
                for text in lines:
                    await self._take(json.loads(text))
                await asyncio.sleep(_LOOK_AGAIN_S)

    async def _take(self, line: Line) -> None:
        async with self._more:
            self._count += 1
            self._lines.append((self._count, line))
            if line["what"] == "status":
                self.status = line
            self._more.notify_all()
        for listener in self.listeners:
            listener(line)
