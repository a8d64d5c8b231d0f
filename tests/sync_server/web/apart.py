"""Keeps the browser's event loop apart from the test's own code in the same thread.

Between two calls Playwright marks its loop as running, though it stands still, and needs the
mark at the next call. Tests that are coroutines, and asyncio.run, must not see it.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_run = asyncio.run


@contextmanager
def no_loop() -> Iterator[None]:
    """As if no loop were running in this thread."""
    marked = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(marked)


@contextmanager
def loop_of_the_browser(loop: asyncio.AbstractEventLoop | None) -> Iterator[None]:
    """Within this block the browser can be called, and asyncio.run works all the same."""
    before = asyncio._get_running_loop()
    asyncio._set_running_loop(loop)
    asyncio.run = _run_past  # type: ignore[assignment]
    try:
        yield
    finally:
        asyncio.run = _run
        asyncio._set_running_loop(before)


def _run_past(*args: Any, **options: Any) -> Any:
    run: Callable[..., Any] = _run
    with no_loop():
        return run(*args, **options)
