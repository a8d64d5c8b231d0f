"""The desk as the screen knows it: what can be asked of it, and what it tells by itself."""

from collections.abc import Callable
from typing import Protocol

from kiosk.services.answers import Answer, HomeFacts, KioskStatus
from kiosk.services.ports import Frame

NewestFrame = Callable[[], Frame | None]
"""The camera's newest picture; called from the window's thread, never blocks."""


class Desk(Protocol):
    """The kiosk's services. Coroutines run on their own loop; answers come through `watch`."""

    async def type_code(self, text: str, *, leaving: bool) -> bool:
        """A code typed by hand. What it leads to comes as an answer, also an unknown code.

        False: after too many wrong ones it was not looked up; it can be typed again in a minute.
        """
        ...

    async def expect_leaving(self, expected: bool) -> None:
        """While expected, codes held up to the camera mean leaving, not coming."""
        ...

    async def answer_party(self, serial: int, people: int) -> None:
        """So many of the party asked about in answer `serial` are coming in."""
        ...

    async def leave(self, serial: int) -> None:
        """Whoever was greeted in answer `serial` is leaving."""
        ...

    async def choose(self, serial: int, remedy: int) -> None:
        """The remedy with this index among those of refusal `serial`."""
        ...

    async def retry_door(self, serial: int) -> None:
        """Ask the door of welcome `serial` once more."""
        ...

    async def use_other_door(self, serial: int) -> None:
        """Open the other way of the door that failed in welcome `serial`."""
        ...

    def watch(
        self,
        on_answer: Callable[[Answer], None],
        on_status: Callable[[KioskStatus], None],
        on_home: Callable[[HomeFacts], None],
    ) -> None:
        """Call these from the services' thread: at once with what is known, then on change."""
        ...
