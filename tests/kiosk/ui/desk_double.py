"""A desk that remembers what it was asked and says what a test wants it to say."""

import asyncio
import threading
from collections.abc import Callable

from kiosk.services.answers import Answer, HomeFacts, KioskStatus


class DeskDouble:
    """Stands in for the services; everything it was asked is in `asked`."""

    def __init__(self, home: HomeFacts, status: KioskStatus) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.home, self.status = home, status
        self.fails = False
        self.looks_up = True

    async def type_code(self, text: str, *, leaving: bool) -> bool:
        if self.fails:
            raise TimeoutError
        self.asked.append(("type_code", text, leaving))
        return self.looks_up

    async def expect_leaving(self, expected: bool) -> None:
        self.asked.append(("expect_leaving", expected))

    async def answer_party(self, serial: int, people: int) -> None:
        self.asked.append(("answer_party", serial, people))

    async def leave(self, serial: int) -> None:
        self.asked.append(("leave", serial))

    async def choose(self, serial: int, remedy: int) -> None:
        self.asked.append(("choose", serial, remedy))

    async def retry_door(self, serial: int) -> None:
        self.asked.append(("retry_door", serial))

    async def use_other_door(self, serial: int) -> None:
        self.asked.append(("use_other_door", serial))

    def watch(
        self,
        on_answer: Callable[[Answer], None],
        on_status: Callable[[KioskStatus], None],
        on_home: Callable[[HomeFacts], None],
    ) -> None:
        self.tell, self.tell_status, self.tell_home = on_answer, on_status, on_home
        on_status(self.status)
        on_home(self.home)


class LoopThread:
    """An event loop in a thread of its own, as the services have it."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)
        self.loop.close()
