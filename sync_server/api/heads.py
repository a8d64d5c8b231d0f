"""Waiting for news: one query for all stream heads every half second, whoever waits."""

import asyncio
from typing import Final

import structlog

from ledger.ledger import Ledger

EVERY_S: Final = 0.5
AT_MOST_EVERY_S: Final = 0.05
_log = structlog.get_logger(__name__)


class HeadWatch:
    """Tells long polls when a stream has moved past where they are."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._heads: dict[str, int] = {}
        self._moved = asyncio.Condition()
        self._waiting = 0
        self._poked = asyncio.Event()
        self._closing = False

    async def run(self) -> None:
        """Ask while anybody waits. Ends only by being cancelled."""
        while True:
            await self._pause()
            if not self._waiting:
                continue
            try:
                heads = await self._ledger.heads()
            except Exception:  # noqa: BLE001 - the watch outlives every failure
                _log.exception("heads_not_read")
                continue
            await self._tell(heads)

    def poke(self) -> None:
        """Something was written by this very process: look at once."""
        self._poked.set()

    def let_go(self) -> None:
        """The server is to end: nobody waits any more."""
        self._closing = True
        self._poked.set()

    async def wait_past(self, stream: str, seq: int, timeout_s: float) -> bool:
        """Whether `stream` moved past `seq` within `timeout_s`, or until the server ends."""
        self._waiting += 1
        try:
            async with asyncio.timeout(timeout_s), self._moved:
                await self._moved.wait_for(lambda: self._closing or self._past(stream, seq))
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1
        return self._past(stream, seq)

    def _past(self, stream: str, seq: int) -> bool:
        return self._heads.get(stream, 0) > seq

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(EVERY_S):
                await self._poked.wait()
        except TimeoutError:
            return
        await asyncio.sleep(AT_MOST_EVERY_S)
        self._poked.clear()

    async def _tell(self, heads: dict[str, int]) -> None:
        async with self._moved:
            self._heads = heads
            self._moved.notify_all()
