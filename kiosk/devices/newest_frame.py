"""The slot between a camera and whoever looks: it holds the newest frame and no other."""

import threading

import numpy as np
from numpy.typing import NDArray

from kiosk.services.ports import Frame


class NewestFrame:
    """One frame at a time: a newer one replaces it, seen or not. Safe across threads."""

    def __init__(self) -> None:
        self._arrived = threading.Condition()
        self._frame: Frame | None = None
        self._closed = False

    def put(self, pixels: NDArray[np.uint8], monotonic_s: float) -> None:
        """Replace the frame; numbers count up from 1 and are never used twice.

        The array must not be written to afterwards: every reader shares it.
        """
        pixels.setflags(write=False)
        with self._arrived:
            number = self._frame.number + 1 if self._frame else 1
            self._frame = Frame(number, pixels, monotonic_s)
            self._arrived.notify_all()

    def newest(self) -> Frame | None:
        with self._arrived:
            return self._frame

    def wait_newer(self, than: int, timeout_s: float) -> Frame | None:
        """The newest frame once its number is above `than`; None at the timeout or the end."""
        with self._arrived:
            self._arrived.wait_for(lambda: self._closed or self._is_newer(than), timeout_s)
            return self._frame if self._is_newer(than) and not self._closed else None

    def close(self) -> None:
        """Wake everybody who waits, now and from now on, with None."""
        with self._arrived:
            self._closed = True
            self._arrived.notify_all()

    def _is_newer(self, than: int) -> bool:
        return self._frame is not None and self._frame.number > than
