"""The single attempts at reading QR codes in one picture; each is pure and never raises."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray
from pyzbar import pyzbar

Pixels = NDArray[np.uint8]

SMALLEST_SIDE: Final = 21
"""A QR code has at least 21 modules a side: nothing smaller can hold one."""
LARGEST_SIDE: Final = 16_384
LARGEST_AREA: Final = 64_000_000
LARGEST_DOUBLED_AREA: Final = 2_100_000
"""Twice the size of a picture above full HD finds nothing more and costs seconds."""

_QR = zxingcpp.BarcodeFormats(
    (zxingcpp.BarcodeFormat.QRCodeModel1, zxingcpp.BarcodeFormat.QRCodeModel2)
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way of reading, with the name that stands beside what it found."""

    reader: str
    read: Callable[[Pixels], list[str]]


def is_picture(pixels: object) -> bool:
    """Whether this is a BGR uint8 array (height, width, 3) of a sane size."""
    return (
        isinstance(pixels, np.ndarray)
        and pixels.dtype == np.uint8
        and pixels.ndim == 3
        and pixels.shape[2] == 3
        and min(pixels.shape[:2]) >= SMALLEST_SIDE
        and max(pixels.shape[:2]) <= LARGEST_SIDE
        and pixels.shape[0] * pixels.shape[1] <= LARGEST_AREA
    )


def attempt(one: Attempt, pixels: Pixels) -> list[str]:
    """The texts that `one` finds; the libraries' own errors on odd pictures mean none."""
    if not is_picture(pixels):
        return []
    try:
        return one.read(pixels)
    except (cv2.error, ValueError, RuntimeError, TypeError, pyzbar.PyZbarError):
        return []


def _zxing(pixels: NDArray[Any]) -> list[str]:
    found = zxingcpp.read_barcodes(
        np.ascontiguousarray(pixels),
        formats=_QR,
        try_downscale=True,
        try_invert=True,
        text_mode=zxingcpp.TextMode.Plain,
    )
    return list(dict.fromkeys(_text(code) for code in found if code.valid and code.bytes))


def _text(code: zxingcpp.Barcode) -> str:
    """The code's bytes as strict UTF-8; only what is not UTF-8 goes by zxing's guess."""
    try:
        return code.bytes.decode("utf-8")
    except UnicodeDecodeError:
        return code.text


def _half(pixels: Pixels) -> list[str]:
    return _zxing(cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def _smooth(pixels: Pixels) -> list[str]:
    return _zxing(cv2.GaussianBlur(_grey(pixels), (5, 5), 0))


def _sharpen(pixels: Pixels) -> list[str]:
    grey = _grey(pixels)
    return _zxing(cv2.addWeighted(grey, 2.5, cv2.GaussianBlur(grey, (0, 0), 3), -1.5, 0))


def _double(pixels: Pixels) -> list[str]:
    if pixels.shape[0] * pixels.shape[1] > LARGEST_DOUBLED_AREA:
        return []
    return _zxing(cv2.resize(pixels, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC))


def _threshold(pixels: Pixels) -> list[str]:
    """pyzbar on an adaptive threshold; it corrupts everything but ASCII, so only that counts."""
    local = cv2.adaptiveThreshold(
        _grey(pixels), 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, 51, 5
    )
    found = pyzbar.decode(local, symbols=[pyzbar.ZBarSymbol.QRCODE])
    texts = (bytes(code.data) for code in found)
    return list(dict.fromkeys(text.decode() for text in texts if text and text.isascii()))


def _grey(pixels: Pixels) -> NDArray[Any]:
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)


PLAIN: Final = Attempt("zxing", _zxing)
HALF: Final = Attempt("zxing-half", _half)
"""Never first: of two nested codes it can read the outer one."""
DEEPER: Final = (
    Attempt("zxing-smooth", _smooth),
    Attempt("zxing-sharpen", _sharpen),
    Attempt("pyzbar-threshold", _threshold),
    Attempt("zxing-double", _double),
)
"""One of these per frame, in turn: together they would cost a frame its place."""
EVERY: Final = (PLAIN, HALF, *DEEPER)
