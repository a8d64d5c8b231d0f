"""`image://icon/<name>/<weight>/<colour>`: an icon of the house in a token's colour.

The software renderer has no effects, so icons are coloured here and drawn at their final size.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

_DEFAULT_PX: Final = 64
_UNKNOWN: Final = "arrow-right"
"""Operators name the icons of their ways; one that is not in the house becomes an arrow."""
_NAME: Final = re.compile(r"[a-z0-9-]+")


class IconProvider(QQuickImageProvider):
    """Draws one SVG per request; Qt caches the result by its URL and size."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requested: QSize) -> QImage:  # noqa: A002, ARG002, N802
        """Qt's call; `id` is "name/weight/rrggbb"."""
        name, weight, colour = id.split("/")
        width = requested.width() if requested.width() > 0 else _DEFAULT_PX
        height = requested.height() if requested.height() > 0 else width
        picture = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(Qt.GlobalColor.transparent)
        drawn = QSvgRenderer(QByteArray(icon_svg(name, weight, colour)))
        painter = QPainter(picture)
        drawn.render(painter, QRectF(0, 0, width, height))
        painter.end()
        return picture


@cache
def icon_svg(name: str, weight: str, colour: str) -> bytes:
    """The SVG of an icon with `colour` ("A23B22") in place of its current colour."""
    source = _source(name, weight) or _source(_UNKNOWN, "regular") or ""
    return source.replace("currentColor", f"#{colour}").encode()


def _source(name: str, weight: str) -> str | None:
    if not _NAME.fullmatch(name) or not _NAME.fullmatch(weight):
        return None
    folder = "brand" if weight == "brand" else f"icons/{weight}"
    file = files("assets").joinpath(f"{folder}/{name}.svg")
    return file.read_text("utf-8") if file.is_file() else None
