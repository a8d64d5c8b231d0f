"""A drawn lobby in which someone holds a code up to the camera, for demo and tests."""

import math
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH: Final = 1280
HEIGHT: Final = 720
_NOISE_FIELDS: Final = 6
_NOISE_LEVELS: Final = 4.0
_CARD: Final = 420
"""Side in pixels of the card that carries the code, before it is tilted."""


@dataclass(frozen=True, slots=True)
class HeldCode:
    """A code in somebody's hand: its picture and how it is held."""

    card: NDArray[np.uint8]
    centre: tuple[float, float]
    turn_rad: float
    tilt: float
    """How much nearer one edge is than the other, as a share of the side."""


class LobbyScene:
    """Pictures of the lobby, the same for the same seed; noise as a cheap sensor has it."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = np.random.default_rng(seed)
        self._empty = _background()
        self._noise = [
            self._chance.normal(0.0, _NOISE_LEVELS, self._empty.shape).astype(np.int8)
            for _ in range(_NOISE_FIELDS)
        ]

    def hold(self, png: bytes) -> HeldCode:
        """The code of this picture file as the next visitor holds it; ValueError if unreadable."""
        code = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
        if code is None:
            raise ValueError("not a picture")
        card = np.full((_CARD, _CARD, 3), 250, np.uint8)
        inner = _CARD - 40
        card[20:-20, 20:-20] = cv2.resize(code, (inner, inner), interpolation=cv2.INTER_AREA)
        middle = (WIDTH / 2 + self._between(-150, 150), HEIGHT / 2 + self._between(-60, 60))
        return HeldCode(card, middle, self._between(-0.35, 0.35), self._between(-0.12, 0.12))

    def frame(self, number: int, held: HeldCode | None) -> NDArray[np.uint8]:
        """Picture `number`: the lobby, with the code in a hand that trembles a little."""
        picture = self._empty.copy()
        if held is not None:
            _lay_over(picture, held, number)
        noise = self._noise[number % _NOISE_FIELDS]
        noisy: NDArray[np.uint8] = np.empty_like(picture)
        cv2.add(picture, noise, noisy, dtype=cv2.CV_8U)
        return noisy

    def _between(self, low: float, high: float) -> float:
        return float(self._chance.uniform(low, high))


def _lay_over(picture: NDArray[np.uint8], held: HeldCode, number: int) -> None:
    square = np.array([(0, 0), (_CARD, 0), (_CARD, _CARD), (0, _CARD)], np.float32)
    corners = _corners(held, number)
    warp = cv2.getPerspectiveTransform(square, corners)
    cv2.warpPerspective(
        held.card, warp, (WIDTH, HEIGHT), picture, cv2.INTER_LINEAR, cv2.BORDER_TRANSPARENT
    )


def _corners(held: HeldCode, number: int) -> NDArray[Any]:
    tremble = 2.5 * math.sin(number * 0.9), 2.0 * math.cos(number * 0.7)
    half = _CARD / 2
    near, far = half * (1 + held.tilt), half * (1 - held.tilt)
    square = np.array([(-near, -half), (near, -half), (far, half), (-far, half)])
    sine, cosine = math.sin(held.turn_rad), math.cos(held.turn_rad)
    turned = square @ np.array([(cosine, sine), (-sine, cosine)])
    return np.asarray(turned + np.array(held.centre) + np.array(tremble), np.float32)


def _background() -> NDArray[np.uint8]:
    """A wall in warm light, a floor, a door and a plant: enough edges to be no empty picture."""
    rows = np.linspace(215, 150, HEIGHT, dtype=np.float32)[:, None, None]
    wall = rows * np.array([0.86, 0.93, 1.0], np.float32)
    picture = np.ascontiguousarray(np.broadcast_to(wall, (HEIGHT, WIDTH, 3)), np.uint8)
    cv2.rectangle(picture, (0, 590), (WIDTH, HEIGHT), (84, 104, 128), -1)
    cv2.rectangle(picture, (930, 150), (1150, 590), (70, 92, 118), -1)
    cv2.rectangle(picture, (955, 175), (1125, 420), (196, 190, 176), -1)
    cv2.circle(picture, (960, 470), 9, (40, 48, 60), -1)
    cv2.rectangle(picture, (110, 500), (210, 600), (58, 78, 140), -1)
    for leaf in range(9):
        cv2.ellipse(picture, (160, 430), (24, 110), leaf * 22 - 88, 0, 360, (62, 120, 70), -1)
    cv2.rectangle(picture, (330, 90), (620, 260), (226, 228, 230), -1)
    cv2.putText(
        picture, "Ziegelhof", (362, 190), cv2.FONT_HERSHEY_DUPLEX, 1.6, (60, 70, 90), 2, cv2.LINE_AA
    )
    return picture
