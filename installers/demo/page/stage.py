"""What the control page may see and do; the demo's parts stand behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from installers.demo.inbox import Mail


@dataclass(frozen=True, slots=True)
class DoorPicture:
    """A door as it is drawn: closed, open, jammed or away."""

    lock: str
    id: str
    name: str
    picture: str


class Stage(Protocol):
    """The running demo."""

    @property
    def zone(self) -> str:
        """The house's time zone; all times on the page are its wall times."""
        ...

    @property
    def network_whole(self) -> bool: ...

    @property
    def server_running(self) -> bool: ...

    @property
    def simulated_camera(self) -> bool: ...

    @property
    def kiosk_status(self) -> Mapping[str, Any]:
        """The kiosk's last status line, empty before the first."""
        ...

    def happened(self) -> Sequence[Mapping[str, Any]]:
        """The last things the kiosk reported, newest first."""
        ...

    def mails(self) -> Sequence[Mail]: ...

    async def doors(self) -> Sequence[DoorPicture]: ...

    async def act(self, name: str, lock: str) -> bool:
        """Do what a button says; False if there is no such button."""
        ...

    @property
    def shown(self) -> bool:
        """Whether the kiosk is on a display; else the page shows its window."""
        ...

    async def kiosk_window(self) -> bytes:
        """What the kiosk's window shows as PNG, where it is not shown."""
        ...

    async def show(self, png: bytes) -> None:
        """Hold a code up to the simulated camera."""
        ...
