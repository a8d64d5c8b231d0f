"""Pictures with codes in them, as a camera might deliver them."""

import io
from typing import Any

import cv2
import numpy as np
import qrcode
from numpy.typing import NDArray
from qrcode.constants import ERROR_CORRECT_M

PASS = "F1" + "0123456789ABCDEFGHIJKLMNOPQRSTUV" * 5


def png_of(text: str) -> bytes:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, box_size=8)
    code.add_data(text)
    target = io.BytesIO()
    code.make_image().save(target)
    return target.getvalue()


def picture_of(text: str, *, size: int = 400, turn_deg: float = 0) -> NDArray[np.uint8]:
    """A code in the middle of a grey 1280x720 picture."""
    code: Any = cv2.imdecode(np.frombuffer(png_of(text), np.uint8), cv2.IMREAD_COLOR)
    code = cv2.resize(code, (size, size), interpolation=cv2.INTER_AREA)
    picture = np.full((720, 1280, 3), 200, np.uint8)
    top, left = (720 - size) // 2, (1280 - size) // 2
    picture[top : top + size, left : left + size] = code
    turn = cv2.getRotationMatrix2D((640, 360), turn_deg, 1)
    turned = cv2.warpAffine(picture, turn, (1280, 720), borderValue=(200, 200, 200))
    return np.asarray(turned, np.uint8)


def noise(seed: int, shape: tuple[int, ...] = (720, 1280, 3)) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


def noisy(picture: NDArray[np.uint8], sigma: float, seed: int = 1) -> NDArray[np.uint8]:
    grain = np.random.default_rng(seed).normal(0, sigma, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)
