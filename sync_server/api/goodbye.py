"""When the server is told to end, those who wait for news are let go first."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def before_the_end(let_go: Callable[[], None]) -> Iterator[None]:
    """Call `let_go` in the loop at a signal to end, then whatever else waits for that signal.

    Only the main thread hears signals; elsewhere this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    others = {number: signal.getsignal(number) for number in _SIGNALS}

    def hear(number: int, frame: Any) -> None:
        loop.call_soon_threadsafe(let_go)
        other = others[signal.Signals(number)]
        if callable(other):
            other(number, frame)

    for number in _SIGNALS:
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number, other in others.items():
            signal.signal(number, other)
