"""The QR of a pass: small enough for a phone held to a lobby camera."""

import io
from typing import Final

import qrcode
import qrcode.constants
import qrcode.util
from PIL import Image

MAX_VERSION: Final = 8
QUIET_MODULES: Final = 4
MODULE_PX: Final = 8
INK: Final = (0x22, 0x1C, 0x17)
WHITE: Final = (0xFF, 0xFF, 0xFF)


class TooLong(ValueError):  # noqa: N818 - named for what it is
    """A text that needs a larger QR than readers in a lobby manage; never printed."""


def qr_modules(text: str) -> list[list[bool]]:
    """The modules of the QR for a pass, without margin (ISO/IEC 18004, level M).

    Alphanumeric mode: raises ValueError for other characters, TooLong above version 8.
    """
    data = qrcode.util.QRData(text.encode("ascii"), mode=qrcode.util.MODE_ALPHA_NUM)
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0, box_size=1)
    code.add_data(data, optimize=0)
    code.make(fit=True)
    if code.version > MAX_VERSION:
        raise TooLong(f"version {code.version}")
    return [[bool(module) for module in row] for row in code.get_matrix()]


def qr_png(text: str, module_px: int = MODULE_PX) -> bytes:
    """The QR as PNG on a white plate with a margin of four modules all around."""
    modules = qr_modules(text)
    side = len(modules) + 2 * QUIET_MODULES
    image = Image.new("P", (side, side), 0)
    image.putpalette([*WHITE, *INK])
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + QUIET_MODULES, y + QUIET_MODULES), 1)
    large = image.resize((side * module_px, side * module_px), Image.Resampling.NEAREST)
    out = io.BytesIO()
    large.save(out, "PNG", optimize=True)
    return out.getvalue()
