"""Whose turn it is at the desk, and what is told when nothing can be written down."""

import asyncio
from collections.abc import Callable
from types import TracebackType

from ledger.errors import LedgerUnavailable


class Turn:
    """One act after the other. An act that cannot be recorded is not done, and that is told."""

    def __init__(self, tell: Callable[[LedgerUnavailable], None]) -> None:
        self._tell = tell
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> None:
        await self._lock.acquire()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self._lock.release()
        if isinstance(error, LedgerUnavailable):
            self._tell(error)
            return True
        return False
