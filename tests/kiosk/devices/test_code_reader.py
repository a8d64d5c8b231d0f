"""The production reader finds codes that people hold up, and says nothing where there is none."""

import queue
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kiosk.devices import code_reader
from kiosk.devices.camera import OpenCVCamera
from kiosk.devices.code_attempts import DEEPER, EVERY, HALF, PLAIN, Attempt, attempt
from kiosk.devices.code_reader import AWAKE_S, CascadeReader, FrameScan, LastSeen, read_still
from kiosk.devices.newest_frame import NewestFrame
from kiosk.devices.picture_change import PictureChange
from kiosk.devices.simulated_webcam import SimulatedWebcam
from kiosk.services.ports import CameraStatus, CodeRead, Frame
from tests.kiosk.devices.pictures import PASS, noise, noisy, picture_of, png_of

PATIENCE_S = 10.0


class SlotCamera:
    """A camera whose pictures a test puts in."""

    def __init__(self) -> None:
        self.slot = NewestFrame()

    def start(self) -> None: ...
    def stop(self) -> None:
        self.slot.close()

    def newest(self) -> Frame | None:
        return self.slot.newest()

    def wait_newer(self, than: int, timeout_s: float) -> Frame | None:
        return self.slot.wait_newer(than, timeout_s)

    def status(self) -> CameraStatus:
        return CameraStatus(running=True, detail="", since=0.0)


def texts(pixels: NDArray[np.uint8]) -> list[str]:
    return [code.text for code in read_still(pixels)]


@pytest.mark.parametrize("turn_deg", [0, 7, 45, 90, 133, 180, 270])
def test_a_code_is_read_at_any_angle(turn_deg: float) -> None:
    assert texts(picture_of(PASS, turn_deg=turn_deg)) == [PASS]


def test_a_blurred_a_noisy_and_an_inverted_code_are_read() -> None:
    good = picture_of(PASS, size=500)
    blurred = np.asarray(cv2.GaussianBlur(good, (0, 0), 2.5), np.uint8)
    for picture in (blurred, noisy(good, 40), 255 - good):
        assert texts(picture) == [PASS]


@pytest.mark.parametrize("text", ["Grüße, 客人 🎉", "x", "https://example.org/?a=1", " spaces "])
def test_texts_come_byte_for_byte(text: str) -> None:
    assert texts(picture_of(text)) == [text]


def test_two_codes_in_one_picture_are_both_read() -> None:
    both = picture_of("left", size=300)
    both[200:500, 900:1200] = picture_of("right", size=300)[210:510, 490:790]
    assert sorted(texts(both)) == ["left", "right"]


def test_pictures_without_a_code_hold_none() -> None:
    assert texts(np.full((720, 1280, 3), 128, np.uint8)) == []
    for seed in range(3):
        assert texts(noise(seed)) == []


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32), st.integers(1, 200), st.integers(1, 200))
def test_noise_of_any_size_never_raises(seed: int, height: int, width: int) -> None:
    for one in EVERY:
        assert attempt(one, noise(seed, (height, width, 3))) == []


@pytest.mark.parametrize(
    "odd",
    [
        np.zeros((100, 100), np.uint8),
        np.zeros((100, 100, 4), np.uint8),
        np.zeros((100, 100, 3), np.float64),
        np.zeros((0, 100, 3), np.uint8),
        np.zeros((20, 20, 3), np.uint8),
        None,
        "picture",
    ],
)
def test_what_is_no_picture_reaches_no_reader(odd: Any) -> None:
    def fail(_pixels: NDArray[np.uint8]) -> list[str]:
        raise AssertionError("a reader saw it")

    assert attempt(Attempt("never", fail), odd) == []
    assert read_still(odd) == []


def test_an_error_of_a_library_means_no_code() -> None:
    def broken(_pixels: NDArray[np.uint8]) -> list[str]:
        raise cv2.error("on noise")

    assert attempt(Attempt("broken", broken), noise(1)) == []


def frame(pixels: NDArray[np.uint8], at_s: float, number: int = 1) -> Frame:
    return Frame(number, pixels, at_s)


def test_at_rest_ten_frames_a_second_are_read_by_the_quick_attempt_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []

    def note(one: Attempt, _pixels: NDArray[np.uint8]) -> list[str]:
        tried.append(one.reader)
        return []

    monkeypatch.setattr(code_reader, "attempt", note)
    scan, still = FrameScan(), picture_of("", size=40)
    for number in range(int((AWAKE_S + 2) * 30)):
        scan.read(frame(still, number / 30))
    assert tried.count(HALF.reader) == AWAKE_S * 30
    assert {one.reader for one in DEEPER} <= set(tried)
    at_rest = tried.count(PLAIN.reader) - tried.count(HALF.reader)
    assert 2 * 7 <= at_rest <= 2 * 10
    scan.read(frame(picture_of("x"), 6.0))
    assert tried[-1] in {one.reader for one in DEEPER}


def test_a_code_that_appears_at_rest_is_read_in_its_first_frame() -> None:
    scan, empty = FrameScan(), np.full((720, 1280, 3), 200, np.uint8)
    for number in range(200):
        scan.read(frame(empty, number / 30))
    found = scan.read(frame(picture_of(PASS), 200 / 30, number=201))
    assert [(code.text, code.reader, code.frame_number) for code in found] == [(PASS, "zxing", 201)]
    assert found[0].frame_monotonic_s == 200 / 30


def test_each_deeper_attempt_has_its_turn_and_a_find_keeps_it_awake(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    last = DEEPER[-1].reader
    monkeypatch.setattr(
        code_reader, "attempt", lambda one, _pixels: ["deep"] if one.reader == last else []
    )
    scan, still = FrameScan(), picture_of("x")
    found = [scan.read(frame(still, number / 10)) for number in range(100)]
    assert [len(each) for each in found[-8:]] == [len(each) for each in found[:8]]
    assert sum(len(each) for each in found) == 25


def test_noise_of_a_sensor_is_no_change_and_a_hand_is_one() -> None:
    change, empty = PictureChange(), np.full((720, 1280, 3), 120, np.uint8)
    assert change.changed(empty)
    assert not any(change.changed(noisy(empty, 12, seed)) for seed in range(5))
    hand = empty.copy()
    hand[300:420, 500:620] = 180
    assert change.changed(hand)
    assert change.changed(np.full((480, 640, 3), 120, np.uint8))


def test_a_text_is_new_again_only_after_it_was_gone_and_another_never_waits() -> None:
    seen = LastSeen()
    assert seen.is_new("a", 0.0)
    assert not any(seen.is_new("a", second) for second in (0.1, 1.5, 2.9, 4.3))
    assert seen.is_new("b", 4.31)
    assert not seen.is_new("a", 5.7)
    assert seen.is_new("a", 7.2)
    for number in range(1_000):
        assert seen.is_new(f"text {number}", 8.0)


def test_the_thread_hands_over_each_code_once_and_survives_a_broken_receiver() -> None:
    camera, reader = SlotCamera(), CascadeReader()
    got: queue.Queue[CodeRead] = queue.Queue()

    def receive(code: CodeRead) -> None:
        got.put(code)
        raise RuntimeError("the receiver is broken")

    reader.start(camera, receive)
    for at_s, text in ((1.0, "first"), (1.2, "second"), (3.0, "first")):
        for again_s in (0.0, 0.1):
            camera.slot.put(picture_of(text), at_s + again_s)
        assert got.get(timeout=PATIENCE_S).text == text
    reader.stop()
    assert got.empty()


def test_a_code_shown_to_the_simulated_webcam_arrives_through_real_video() -> None:
    webcam = SimulatedWebcam()
    webcam.start()
    camera = OpenCVCamera(f"{webcam.address}/stream.mjpg")
    reader = CascadeReader()
    got: queue.Queue[CodeRead] = queue.Queue()
    camera.start()
    reader.start(camera, got.put)
    for number in range(3):
        text = f"{PASS}{number}"
        webcam.show(png_of(text), 5)
        code = got.get(timeout=PATIENCE_S)
        assert code.text == text
    reader.stop()
    camera.stop()
    webcam.stop()
    assert got.empty()
