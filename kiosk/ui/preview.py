"""`image://camera/<n>`: the newest camera picture, mirrored, as small as it is shown.

QVideoSink stays blank in the software renderer. Frames are dropped, never queued, and Qt draws
each one into a picture of its own: it never keeps the camera's buffer.
"""

from typing import Final

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider

from kiosk.services.ports import Frame
from kiosk.ui.desk import NewestFrame

_INK: Final = QColor(26, 21, 18, round(255 * 0.34))
"""The veil over the picture, so that brackets and phone stand out on any background."""


class CameraProvider(QQuickImageProvider):
    """Answers with the newest frame, whatever number is asked for."""

    def __init__(self, newest: NewestFrame) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._newest = newest

    def requestImage(self, id: str, size: QSize, requested: QSize) -> QImage:  # noqa: A002, ARG002, N802
        """Qt's call."""
        frame = self._newest()
        if frame is None:
            return QImage(1, 1, QImage.Format.Format_RGB32)
        return shown_picture(frame, requested)


def shown_picture(frame: Frame, shown: QSize) -> QImage:
    """`frame` mirrored, cropped to the shape of `shown`, scaled to it and veiled."""
    height, width = frame.pixels.shape[:2]
    if shown.width() <= 0 or shown.height() <= 0:
        shown = QSize(width, height)
    pixels = np.ascontiguousarray(frame.pixels)
    picture = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_BGR888)
    shrunk = QImage(shown, QImage.Format.Format_RGB32)
    painter = QPainter(shrunk)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(shown.width(), 0)
    painter.scale(-1, 1)
    painter.drawImage(QRect(QPoint(0, 0), shown), picture, _crop(width, height, shown))
    painter.resetTransform()
    painter.fillRect(shrunk.rect(), _INK)
    painter.end()
    return shrunk


def _crop(width: int, height: int, shown: QSize) -> QRect:
    """The middle of the picture in the shape it is shown in."""
    wide = min(width, max(1, height * shown.width() // shown.height()))
    high = min(height, max(1, width * shown.height() // shown.width()))
    return QRect((width - wide) // 2, (height - high) // 2, wide, high)
