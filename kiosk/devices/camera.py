"""A camera through OpenCV: webcam index, video file, or URL such as an MJPEG stream."""

import logging
import threading
import time
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.devices.newest_frame import NewestFrame
from kiosk.services.ports import CameraStatus, Frame

OPEN_TIMEOUT_MS: Final = 3_000
READ_TIMEOUT_MS: Final = 2_000
BACK_OFF_S: Final = (0.25, 0.5, 1.0, 2.0, 5.0)
"""Waits between attempts to open; the last one repeats."""
_PICTURE_SIDES: Final = (16, 8_192)

_log = logging.getLogger(__name__)


class OpenCVCamera:
    """The Camera port: a thread reads continuously, so that the newest frame is never old.

    `source` is a device index ("0"), a URL, or the path of a video file, which plays at its own
    speed and, with `loop`, starts again at its end. A lost source is opened again, for ever.
    """

    def __init__(self, source: str | int, *, loop: bool = True) -> None:
        text = str(source)
        self._source: str | int = int(text) if text.isdecimal() else text
        self._is_file = isinstance(self._source, str) and "://" not in self._source
        self._loop = loop
        self._slot = NewestFrame()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._status = CameraStatus(running=False, detail="not started", since=time.monotonic())

    def start(self) -> None:
        """Begin to read; returns at once, whether or not there is a camera."""
        assert self._thread is None, "one start per camera"
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the source and end the thread; a wait for a frame ends with None."""
        self._stop.set()
        self._slot.close()
        if self._thread is not None:
            # A driver that hangs in a read is left to the daemon thread.
            self._thread.join(timeout=(OPEN_TIMEOUT_MS + READ_TIMEOUT_MS) / 1000 + 1)

    def newest(self) -> Frame | None:
        return self._slot.newest()

    def wait_newer(self, than: int, timeout_s: float) -> Frame | None:
        return self._slot.wait_newer(than, timeout_s)

    def status(self) -> CameraStatus:
        return self._status

    def _run(self) -> None:
        failures = 0
        while not self._stop.is_set():
            try:
                frames = self._play()
            except Exception:  # noqa: BLE001 - the outermost loop: whatever a driver throws, reopen
                _log.exception("the camera failed")
                frames = 0
            if self._is_file and frames and not self._loop:
                self._say(running=False, detail="ended")
                return
            failures = 0 if frames else failures + 1
            if not (self._is_file and frames):
                self._say(running=False, detail="lost" if frames else "cannot be opened")
                self._stop.wait(BACK_OFF_S[min(failures, len(BACK_OFF_S) - 1)])
        self._say(running=False, detail="stopped")

    def _play(self) -> int:
        """Open the source and read until it ends or is lost; returns how many pictures came."""
        capture = _open(self._source)
        frames = 0
        try:
            period_s = _period_s(capture) if self._is_file else 0.0
            due_s = time.monotonic()
            while not self._stop.is_set():
                arrived, raw = capture.read()
                pixels = checked(raw) if arrived else None
                if pixels is None:
                    break
                frames += 1
                self._slot.put(pixels, time.monotonic())
                self._say(running=True, detail="")
                due_s = max(due_s + period_s, time.monotonic() - 1.0)
                self._stop.wait(max(0.0, due_s - time.monotonic()))
        finally:
            capture.release()
        return frames

    def _say(self, *, running: bool, detail: str) -> None:
        before = self._status
        if (before.running, before.detail) != (running, detail):
            self._status = CameraStatus(running, detail, time.monotonic())


def checked(raw: Any) -> NDArray[np.uint8] | None:
    """A frame as BGR uint8 (height, width, 3), grey made BGR; None for anything else."""
    if not isinstance(raw, np.ndarray) or raw.dtype != np.uint8:
        return None
    pixels: NDArray[Any] = raw
    if pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] == 1):
        pixels = np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
    smallest, largest = _PICTURE_SIDES
    if pixels.ndim != 3 or pixels.shape[2] != 3:
        return None
    if min(pixels.shape[:2]) < smallest or max(pixels.shape[:2]) > largest:
        return None
    return pixels


def _open(source: str | int) -> cv2.VideoCapture:
    """A capture with as little delay as its backend allows; it may turn out not to be open."""
    if isinstance(source, int):
        capture = cv2.VideoCapture(source)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        return capture
    timeouts = [
        *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_TIMEOUT_MS),
        *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_TIMEOUT_MS),
    ]
    return cv2.VideoCapture(source, cv2.CAP_FFMPEG, timeouts)


def _period_s(capture: cv2.VideoCapture) -> float:
    fps = capture.get(cv2.CAP_PROP_FPS)
    return 1.0 / fps if 1.0 <= fps <= 240.0 else 1.0 / 25.0
