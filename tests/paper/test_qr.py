"""The QR of a pass reads back, stays small, and has its white margin."""

import io

import pytest
import zxingcpp
from PIL import Image

from paper.qr import QUIET_MODULES, TooLong, qr_modules, qr_png

CODE = "F1" + "0123456789ABCDEFGHIJKLMNOPQRSTUV" * 5 + "012345678"


def test_a_pass_takes_version_7_and_reads_back() -> None:
    assert len(CODE) == 171
    assert len(qr_modules(CODE)) == 45
    picture = Image.open(io.BytesIO(qr_png(CODE))).convert("L")
    assert [each.text for each in zxingcpp.read_barcodes(picture)] == [CODE]


def test_two_hundred_characters_are_still_version_8() -> None:
    assert len(qr_modules("A" * 200)) == 49


def test_a_text_for_a_larger_square_is_not_printed() -> None:
    with pytest.raises(TooLong):
        qr_modules("A" * 300)


@pytest.mark.parametrize("text", ["lower", "ÄÖÜ", "😀", "a@b"])
def test_other_letters_than_those_of_a_pass_are_not_printed(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        qr_modules(text)


def test_the_margin_is_four_modules_of_white_on_every_side() -> None:
    module_px = 5
    picture = Image.open(io.BytesIO(qr_png(CODE, module_px))).convert("RGB")
    side, margin = picture.size[0], QUIET_MODULES * module_px
    assert picture.size == (side, side) == ((45 + 8) * module_px,) * 2
    ring = [(x, y) for x in range(side) for y in range(side) if min(x, y) < margin]
    ring += [(x, y) for x in range(side) for y in range(side) if max(x, y) >= side - margin]
    assert {picture.getpixel(at) for at in ring} == {(255, 255, 255)}
    assert picture.getpixel((margin, margin)) == (0x22, 0x1C, 0x17)
