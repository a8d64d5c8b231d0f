"""A drawn lobby as a camera picture, for screenshots and tests."""

from functools import cache
from pathlib import Path

import numpy as np
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from kiosk.services.ports import Frame


@cache
def lobby_frame() -> Frame:
    """One picture, 1280x720, BGR; turned so that the mirrored preview shows it upright."""
    drawn = QSvgRenderer(QByteArray((Path(__file__).parent / "lobby.svg").read_bytes()))
    image = QImage(1280, 720, QImage.Format.Format_RGB888)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawn.render(painter)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(720, image.bytesPerLine())
    pixels = rows[:, : 1280 * 3].reshape(720, 1280, 3)[:, ::-1, ::-1].copy()
    return Frame(1, pixels, 0.0)


def newest_lobby() -> Frame | None:
    """A camera that always sees the lobby."""
    return lobby_frame()
