"""The services' own loop in a thread of its own, for a process that shows a window.

The window is drawn first: it needs a third of what the services import, and nobody waits.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from kiosk.services.ports import Frame

if TYPE_CHECKING:
    from kiosk.bootstrap import Kiosk
    from kiosk.services.answers import Answer, HomeFacts, KioskStatus
    from kiosk.services.lobby import LobbyDesk


class ServicesThread:
    """A loop at once, a kiosk on it when told to `begin`, until `stop`."""

    def __init__(self, make: "Callable[[], Kiosk]", on_failure: Callable[[], None]) -> None:
        self._make = make
        self._on_failure = on_failure
        self._stopping = False
        self._task: asyncio.Task[None] | None = None
        self.ready: Future[Kiosk] = Future()
        self.failure: BaseException | None = None
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._main, name="services")
        self._thread.start()

    def begin(self) -> None:
        """Make the kiosk and run it."""
        self.loop.call_soon_threadsafe(self._start)

    def stop(self) -> None:
        """Cancel everything and wait for the database to be closed."""
        self.loop.call_soon_threadsafe(self._cancel)
        self._thread.join()

    def newest(self) -> Frame | None:
        """The camera's newest picture, or None while there is none."""
        if not self.ready.done() or self.ready.cancelled():
            return None
        camera = self.ready.result().camera
        return camera.newest() if camera else None

    def _main(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()
        self.loop.close()

    def _start(self) -> None:
        try:
            kiosk = self._make()
        except Exception as failure:  # noqa: BLE001 - raised again where the window ends
            self.failure = failure
            self.ready.cancel()
            self._on_failure()
            return
        self._task = self.loop.create_task(kiosk.run())
        self._task.add_done_callback(self._ended)
        self.ready.set_result(kiosk)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and task.exception() is not None:
            self.failure = task.exception()
            self._on_failure()
        if self._stopping:
            self.loop.stop()

    def _cancel(self) -> None:
        self._stopping = True
        if self._task is None or self._task.done():
            self.loop.stop()
        else:
            self._task.cancel()


class WaitingDesk:
    """The desk as the window knows it, before and after the kiosk behind it stands."""

    def __init__(self, services: ServicesThread) -> None:
        self._services = services

    async def type_code(self, text: str, *, leaving: bool) -> bool:
        return await (await self._desk()).type_code(text, leaving=leaving)

    async def expect_leaving(self, expected: bool) -> None:
        await (await self._desk()).expect_leaving(expected)

    async def answer_party(self, serial: int, people: int) -> None:
        await (await self._desk()).answer_party(serial, people)

    async def leave(self, serial: int) -> None:
        await (await self._desk()).leave(serial)

    async def choose(self, serial: int, remedy: int) -> None:
        await (await self._desk()).choose(serial, remedy)

    async def retry_door(self, serial: int) -> None:
        await (await self._desk()).retry_door(serial)

    async def use_other_door(self, serial: int) -> None:
        await (await self._desk()).use_other_door(serial)

    def watch(
        self,
        on_answer: "Callable[[Answer], None]",
        on_status: "Callable[[KioskStatus], None]",
        on_home: "Callable[[HomeFacts], None]",
    ) -> None:
        """Registered as soon as the kiosk stands; never if it cannot."""

        def ready(kiosk: "Future[Kiosk]") -> None:
            if not kiosk.cancelled():
                desk = kiosk.result().facade(self._services.loop)
                desk.watch(on_answer, on_status, on_home)

        self._services.ready.add_done_callback(ready)

    async def _desk(self) -> "LobbyDesk":
        kiosk = await asyncio.wrap_future(self._services.ready)
        return kiosk.facade(self._services.loop)
