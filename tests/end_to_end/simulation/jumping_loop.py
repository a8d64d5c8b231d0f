"""An event loop whose time jumps to the next timer: days pass in milliseconds, always alike."""

import asyncio
import selectors
from collections.abc import Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


class _Impatient(selectors.DefaultSelector):
    """Never waits; what would have been waited is added to `jumped_s`."""

    jumped_s = 0.0

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "everything waits for something that cannot happen"
            self.jumped_s += timeout
        return ready


class JumpingLoop(asyncio.SelectorEventLoop):
    """Its time moves only when nothing is left to do, and then at once."""

    def __init__(self) -> None:
        self._impatient = _Impatient()
        super().__init__(self._impatient)

    def time(self) -> float:
        return 1000.0 + self._impatient.jumped_s


class LoopClocks:
    """A machine's clocks on the time of the running loop."""

    def __init__(self, start: datetime) -> None:
        self._start = start

    def wall(self) -> datetime:
        return self._start + timedelta(seconds=self.monotonic_s() - 1000)

    def monotonic_s(self) -> float:
        return asyncio.get_running_loop().time()

    def boot_id(self) -> str:
        return "boot"


class AtOnce(ThreadPoolExecutor):
    """Does what is submitted before `submit` returns, in the caller's thread."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - as an executor does: it belongs to the caller
            future.set_exception(error)
        return future


def run_jumping(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` to its end on a loop of its own."""
    loop = JumpingLoop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()
