"""The edges of the kiosk: what services need from devices, and nothing about how it is done.

Every adapter is translation only: it never raises a vendor's exception across its port.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from domain.door import Door, DoorCertificate, DoorOutcome, LockStatus


class Clock(Protocol):
    """Wall time (aware UTC) and monotonic time. Only the entry point names a real clock."""

    def now(self) -> datetime: ...
    def monotonic_s(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Frame:
    """One camera picture, never written to disk. `pixels` is BGR uint8 (height, width, 3)."""

    number: int
    pixels: NDArray[np.uint8]
    monotonic_s: float


@dataclass(frozen=True, slots=True)
class CodeRead:
    """A text found in a picture, with the reader that found it and what it took."""

    text: str
    reader: str
    frame_number: int
    elapsed_ms: float
    frame_monotonic_s: float


@dataclass(frozen=True, slots=True)
class CameraStatus:
    """Whether pictures arrive. `since` is monotonic seconds of the last change."""

    running: bool
    detail: str
    since: float


class Camera(Protocol):
    """A source of pictures with a slot for the newest one; frames are dropped, never queued."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def newest(self) -> Frame | None: ...
    def wait_newer(self, than: int, timeout_s: float) -> Frame | None:
        """The first frame with a number above `than`, or None after `timeout_s`."""
        ...

    def status(self) -> CameraStatus: ...


class CodeReader(Protocol):
    """Reads codes from a camera in its own thread and hands over each text it finds."""

    def start(self, camera: Camera, on_code: Callable[[CodeRead], None]) -> None: ...
    def stop(self) -> None: ...


class Locks(Protocol):
    """All the locks of this site behind one broker connection."""

    async def start(self) -> None: ...
    async def stop(self) -> None: ...
    async def open(self, door: Door, command_id: str) -> DoorOutcome:
        """Ask the lock of `door` to open once. Returns within REPORT_TIMEOUT_S, never raises.

        NOT_CONNECTED at once while there is no broker; nothing is queued.
        """
        ...

    def use_certificate(self, certificate: DoorCertificate) -> None: ...
    def use_doors(self, doors: Iterable[Door]) -> None:
        """The doors of this site: only of locks known here or by `open` is a report believed."""
        ...

    def connected(self) -> bool: ...
    def status(self, lock: str) -> LockStatus: ...
    def on_change(self, listener: Callable[[str, str], None]) -> None:
        """Call `listener(lock, result)` for each report that no open() waits for.

        That is another signer's, an uncommanded one (forced, closed), or one that came too late.
        """
        ...


class Sounds(Protocol):
    """Plays one of the house's sounds: welcome, later, jam, tap, ring."""

    def play(self, name: str) -> None: ...


Json = dict[str, Any]
