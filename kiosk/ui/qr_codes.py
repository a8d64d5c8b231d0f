"""`image://qr/<base64url text>`: a QR code on white with its margin of four modules."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickImageProvider

_INK = QColor("#221C17")
_PAPER = QColor(Qt.GlobalColor.transparent)
"""The white is the plate below, whose corners are round."""
_MARGIN = 4


def qr_id(text: str) -> str:
    """The id under which the provider draws `text`."""
    return urlsafe_b64encode(text.encode()).decode()


class QrProvider(QQuickImageProvider):
    """Draws codes in whole pixels per module, so that they stay sharp."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requested: QSize) -> QImage:  # noqa: A002, ARG002, N802
        """Qt's call; `id` comes from `qr_id`."""
        import qrcode  # brings Pillow: not before the first frame
        from qrcode.constants import ERROR_CORRECT_M

        code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_MARGIN, box_size=1)
        code.add_data(urlsafe_b64decode(id))
        rows = code.get_matrix()
        side = len(rows)
        modules = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        for y, row in enumerate(rows):
            for x, laid in enumerate(row):
                modules.setPixelColor(x, y, _INK if laid else _PAPER)
        wanted = max(side, requested.width())
        scale = wanted // side
        sharp = modules.scaled(side * scale, side * scale)
        if sharp.width() == wanted:
            return sharp
        return sharp.scaled(wanted, wanted, mode=Qt.TransformationMode.SmoothTransformation)
