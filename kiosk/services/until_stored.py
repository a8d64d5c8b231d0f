"""Work that nobody stands and waits for: done once the database takes it again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from kiosk.services.report import Report
from ledger.errors import LedgerUnavailable

T = TypeVar("T")

RETRY_S: Final = 5.0


async def until_stored(work: Callable[[], Awaitable[T]], report: Report) -> T:
    """What `work` returns, tried again every few seconds while the disk is full or busy."""
    while True:
        try:
            return await work()
        except LedgerUnavailable as trouble:
            report("trouble", of=type(trouble).__name__, detail=str(trouble))
            await asyncio.sleep(RETRY_S)
