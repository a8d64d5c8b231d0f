"""The one way between the window's thread and the services' loop: values, never exceptions."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ok(Generic[T]):
    """What the coroutine returned."""

    value: T


@dataclass(frozen=True, slots=True)
class Err:
    """The coroutine failed; `name` is the kind of failure, its detail is in the log."""

    name: str


Result = Ok[T] | Err


class Bridge(QObject):
    """Runs coroutines on the services' loop and brings values back into the window's thread."""

    _crossed = Signal(object, object)

    def __init__(self, loop: asyncio.AbstractEventLoop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loop = loop
        self._open = True
        self._gate = Lock()
        self._crossed.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def call(
        self,
        coroutine: Coroutine[Any, Any, T],
        then: Callable[[Result[T]], None] | None = None,
    ) -> None:
        """Start `coroutine` on the loop; `then` gets its Ok or Err in this thread."""
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        future.add_done_callback(lambda done: self._finish(done, then))

    def to_window(self, handler: Callable[[T], None]) -> Callable[[T], None]:
        """A function for the services' thread that has `handler` called in this thread."""

        def tell(value: T) -> None:
            self._cross(handler, value)

        return tell

    def deliver_now(self) -> None:
        """Hand over what has crossed so far, before the event loop runs."""
        QCoreApplication.sendPostedEvents(self)

    def close(self) -> None:
        """Bring nothing back from now on: the window is going."""
        with self._gate:
            self._open = False

    def _cross(self, handler: Callable[[Any], None], value: object) -> None:
        with self._gate:
            if self._open:
                self._crossed.emit(handler, value)

    def _finish(self, done: "Future[T]", then: Callable[[Result[T]], None] | None) -> None:
        result: Result[T] = Err("cancelled")
        if not done.cancelled():
            failure = done.exception()
            if failure is None:
                result = Ok(done.result())
            else:
                _log.error("a call from the window failed", exc_info=failure)
                result = Err(type(failure).__name__)
        if then is not None:
            self._cross(then, result)

    @Slot(object, object)
    def _deliver(self, handler: Callable[[object], None], value: object) -> None:
        if self._open:
            handler(value)
