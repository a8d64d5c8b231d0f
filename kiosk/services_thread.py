"""The services' own loop in a thread of its own, for a process that shows a window."""

import asyncio
import contextlib
import threading
from collections.abc import Callable

from kiosk.bootstrap import Kiosk


class ServicesThread:
    """Makes a kiosk on a new loop and runs it there until stopped."""

    def __init__(self, make: Callable[[], Kiosk]) -> None:
        self._ready = threading.Event()
        self._make = make
        self._thread = threading.Thread(target=self._main, name="services")
        self._failure: Exception | None = None
        self._kiosk: Kiosk | None = None

    def start(self) -> Kiosk:
        """Start it and wait until the kiosk stands. Raises what made it fail."""
        self._thread.start()
        self._ready.wait()
        if self._kiosk is None:
            self._thread.join()
            raise self._failure or RuntimeError("the services ended before they began")
        return self._kiosk

    def stop(self) -> None:
        """Cancel everything and wait for the database to be closed."""
        self.loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join()

    def _main(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(self._run())

    async def _run(self) -> None:
        self.loop = asyncio.get_running_loop()
        try:
            self._kiosk = self._make()
            self._task = asyncio.ensure_future(self._kiosk.run())
        except Exception as failure:  # noqa: BLE001 - handed to `start`, in the other thread
            self._failure = failure
            return
        finally:
            self._ready.set()
        await self._task
