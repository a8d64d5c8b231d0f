"""A camera through OpenCV plays files at their speed, drops frames, and comes back after loss."""

import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.devices.camera import OpenCVCamera, checked
from kiosk.devices.newest_frame import NewestFrame
from kiosk.devices.simulated_webcam import SimulatedWebcam
from kiosk.services.ports import Frame

PATIENCE_S = 10.0


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Ten pictures at twenty a second, each brighter than the one before."""
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 20, (320, 240))
    for number in range(10):
        writer.write(np.full((240, 320, 3), 20 * number + 20, np.uint8))
    writer.release()
    return path


def frames_until(camera: OpenCVCamera, enough: Callable[[list[Frame]], bool]) -> list[Frame]:
    seen: list[Frame] = []
    while not enough(seen):
        frame = camera.wait_newer(seen[-1].number if seen else 0, PATIENCE_S)
        assert frame is not None
        seen.append(frame)
    return seen


def test_a_film_plays_at_its_own_speed_from_the_beginning(film: Path) -> None:
    camera = OpenCVCamera(str(film))
    camera.start()
    seen = frames_until(camera, lambda frames: bool(frames) and frames[-1].number >= 9)
    camera.stop()
    assert 0.35 <= seen[-1].monotonic_s - seen[0].monotonic_s <= 2
    assert seen[0].pixels.shape == (240, 320, 3)
    assert abs(int(seen[0].pixels[0, 0, 0]) - 20 * seen[0].number) <= 3
    assert camera.status().detail == "stopped"


def test_a_film_starts_again_at_its_end(film: Path) -> None:
    camera = OpenCVCamera(str(film))
    camera.start()
    seen = frames_until(camera, lambda frames: bool(frames) and frames[-1].number >= 12)
    camera.stop()
    assert seen[-1].pixels[0, 0, 0] < 100


def test_a_film_may_end(film: Path) -> None:
    camera = OpenCVCamera(str(film), loop=False)
    camera.start()
    assert camera._thread is not None
    camera._thread.join(PATIENCE_S)
    last = camera.newest()
    assert last is not None
    assert last.number == 10
    assert camera.status().detail == "ended"
    assert camera.status().running is False
    camera.stop()


def test_a_source_that_does_not_exist_is_said_and_tried_again(tmp_path: Path, film: Path) -> None:
    later = tmp_path / "later.avi"
    camera = OpenCVCamera(str(later))
    camera.start()
    assert camera.wait_newer(0, 0.05) is None
    film.rename(later)
    assert camera.wait_newer(0, PATIENCE_S) is not None
    assert camera.status().running is True
    camera.stop()


def test_a_webcam_that_was_unplugged_comes_back_with_higher_numbers() -> None:
    webcam = SimulatedWebcam()
    webcam.start()
    port = int(webcam.address.rpartition(":")[2])
    camera = OpenCVCamera(f"{webcam.address}/stream.mjpg")
    camera.start()
    first = camera.wait_newer(0, PATIENCE_S)
    assert first is not None
    webcam.stop()
    lost = _detail_is(camera, "lost", "cannot be opened")
    webcam = SimulatedWebcam(port)
    webcam.start()
    again = camera.wait_newer(lost, PATIENCE_S)
    assert again is not None
    assert again.number > first.number
    camera.stop()
    webcam.stop()


def test_the_simulated_webcam_comes_with_little_delay() -> None:
    webcam = SimulatedWebcam()
    webcam.start()
    camera = OpenCVCamera(f"{webcam.address}/stream.mjpg")
    began_s = time.monotonic()
    camera.start()
    assert camera.wait_newer(0, PATIENCE_S) is not None
    assert time.monotonic() - began_s < 2
    camera.stop()
    webcam.stop()


def test_stopping_wakes_whoever_waits(film: Path) -> None:
    camera = OpenCVCamera(str(film.with_name("none.avi")))
    camera.start()
    got: queue.Queue[Frame | None] = queue.Queue()
    waiting = threading.Thread(target=lambda: got.put(camera.wait_newer(0, 60)))
    waiting.start()
    camera.stop()
    assert got.get(timeout=PATIENCE_S) is None
    waiting.join(PATIENCE_S)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "picture",
        np.zeros((240, 320, 3), np.float32),
        np.zeros((240, 320, 4), np.uint8),
        np.zeros((2, 2, 3), np.uint8),
        np.zeros((0, 0, 3), np.uint8),
        np.zeros(20, np.uint8),
    ],
)
def test_what_is_no_picture_is_no_frame(raw: object) -> None:
    assert checked(raw) is None


def test_a_grey_picture_becomes_bgr() -> None:
    for grey in (np.full((20, 30), 7, np.uint8), np.full((20, 30, 1), 7, np.uint8)):
        pixels = checked(grey)
        assert pixels is not None
        assert pixels.shape == (20, 30, 3)
        assert (pixels == 7).all()


def test_the_slot_keeps_only_the_newest_frame() -> None:
    slot = NewestFrame()
    for _ in range(5):
        slot.put(np.zeros((20, 20, 3), np.uint8), 1.0)
    frame = slot.wait_newer(2, 0)
    assert frame is not None
    assert frame.number == 5
    assert slot.wait_newer(5, 0) is None
    with pytest.raises(ValueError, match="read-only"):
        frame.pixels[0, 0, 0] = 1


def _detail_is(camera: OpenCVCamera, *details: str) -> int:
    """The number of the last frame, once the camera says one of these; the frames stop by then."""
    deadline_s = time.monotonic() + PATIENCE_S
    number = 0
    while camera.status().detail not in details:
        assert time.monotonic() < deadline_s
        frame = camera.wait_newer(number, 0.05)
        number = frame.number if frame else number
    last = camera.newest()
    return last.number if last else 0
