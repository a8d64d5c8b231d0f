"""A loop that goes on whatever happens in one of its rounds."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

_log = structlog.get_logger(__name__)


async def keep_going(name: str, every_s: float, work: Callable[[], Awaitable[None]]) -> None:
    """Do `work` again and again with pauses of `every_s`. Ends only by being cancelled."""
    while True:
        try:
            await work()
        except Exception:  # noqa: BLE001 - the outermost loop of a job
            _log.exception("job_failed", job=name)
        await asyncio.sleep(every_s)
