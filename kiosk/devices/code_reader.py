"""The production code reader: quick on every frame that matters, deeper only where it pays."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.devices.code_attempts import DEEPER, EVERY, HALF, PLAIN, Attempt, attempt, is_picture
from kiosk.devices.picture_change import PictureChange
from kiosk.services.ports import Camera, CodeRead, Frame

REST_PERIOD_S: Final = 0.1
"""While nothing moves, at most ten frames a second are read."""
AWAKE_S: Final = 3.0
"""Deeper attempts go on this long after the last change: a code held still is still a code."""
FORGET_S: Final = 1.5
"""A text is handed over again once it has been out of the picture for this long."""
TEXTS_REMEMBERED: Final = 64

_log = logging.getLogger(__name__)


def read_still(pixels: NDArray[np.uint8]) -> list[CodeRead]:
    """The codes in one picture by the first of all attempts that finds any; [] if none does.

    What is no BGR uint8 picture of a sane size holds no code.
    """
    return _first_found(EVERY, pixels, 0, 0.0)


class FrameScan:
    """Reads frame after frame with as much effort as the picture deserves; has no thread."""

    def __init__(self) -> None:
        self._change = PictureChange()
        self._turn = 0
        self._awake_until_s = float("-inf")
        self._next_at_rest_s = float("-inf")

    def read(self, frame: Frame) -> list[CodeRead]:
        """The codes of this frame; [] also for a frame that rest lets pass unread."""
        if not is_picture(frame.pixels):
            return []
        now_s = frame.monotonic_s
        if self._change.changed(frame.pixels):
            self._awake_until_s = now_s + AWAKE_S
        awake = now_s < self._awake_until_s
        if not awake and now_s < self._next_at_rest_s:
            return []
        self._next_at_rest_s = now_s + REST_PERIOD_S
        found = _first_found(self._attempts(awake=awake), frame.pixels, frame.number, now_s)
        if any(code.reader != PLAIN.reader for code in found):
            # Only a deeper attempt sees this one: stay with it while it is there.
            self._awake_until_s = now_s + AWAKE_S
        return found

    def _attempts(self, *, awake: bool) -> tuple[Attempt, ...]:
        if not awake:
            return (PLAIN,)
        self._turn = (self._turn + 1) % len(DEEPER)
        return (PLAIN, HALF, DEEPER[self._turn])


class LastSeen:
    """Tells a text that came into the picture from one that merely stays there."""

    def __init__(self) -> None:
        self._seen_s: dict[str, float] = {}

    def is_new(self, text: str, now_s: float) -> bool:
        """Whether `text` was not seen for FORGET_S; another text is never held back."""
        before_s = self._seen_s.pop(text, float("-inf"))
        self._seen_s[text] = now_s
        if len(self._seen_s) > TEXTS_REMEMBERED:
            del self._seen_s[next(iter(self._seen_s))]
        return now_s - before_s >= FORGET_S


class CascadeReader:
    """The CodeReader port: one thread that takes the camera's newest frame, again and again."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, camera: Camera, on_code: Callable[[CodeRead], None]) -> None:
        """Begin; `on_code` is called in the reader's thread and must only enqueue."""
        assert self._thread is None, "one start per reader"
        self._thread = threading.Thread(
            target=self._run, args=(camera, on_code), name="code-reader", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End the thread; no code is handed over after this returns."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, camera: Camera, on_code: Callable[[CodeRead], None]) -> None:
        scan, seen, number = FrameScan(), LastSeen(), -1
        while not self._stop.is_set():
            frame = camera.wait_newer(number, 0.25)
            if frame is None:
                continue
            number = frame.number
            try:
                for code in scan.read(frame):
                    if seen.is_new(code.text, frame.monotonic_s) and not self._stop.is_set():
                        on_code(code)
            except Exception:  # noqa: BLE001 - the outermost loop: one bad frame must not blind it
                _log.exception("a frame could not be read")


def _first_found(
    attempts: tuple[Attempt, ...], pixels: NDArray[np.uint8], number: int, frame_s: float
) -> list[CodeRead]:
    began_s = time.perf_counter()
    for one in attempts:
        texts = attempt(one, pixels)
        if texts:
            elapsed_ms = (time.perf_counter() - began_s) * 1000
            return [CodeRead(text, one.reader, number, elapsed_ms, frame_s) for text in texts]
    return []
