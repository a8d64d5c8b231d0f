"""`foyer-kiosk read` prints one line per file and says which files are no pictures."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps

from kiosk.read_command import _load, run
from tests.kiosk.devices.pictures import PASS, picture_of, png_of


def lines(capfdbinary: pytest.CaptureFixture[bytes]) -> tuple[list[dict[str, object]], str]:
    out, err = capfdbinary.readouterr()
    return [json.loads(line) for line in out.decode().splitlines()], err.decode()


def test_pictures_with_and_without_a_code_exit_0(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    held, empty = str(tmp_path / "held.png"), str(tmp_path / "empty.jpg")
    cv2.imwrite(held, picture_of(PASS))
    cv2.imwrite(empty, np.full((300, 300, 3), 90, np.uint8))
    assert run([held, empty], as_json=True) == 0
    found, err = lines(capfdbinary)
    assert [(line["file"], line["texts"], line["reader"]) for line in found] == [
        (held, [PASS], "zxing"),
        (empty, [], None),
    ]
    assert all(isinstance(line["ms"], float) for line in found)
    assert err == ""


def test_a_file_that_is_no_picture_gets_a_line_a_sentence_and_exit_1(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    held, text, none = tmp_path / "held.png", tmp_path / "text.png", tmp_path / "none.png"
    cv2.imwrite(str(held), picture_of("x"))
    text.write_text("no picture")
    (tmp_path / "empty.png").touch()
    files = [str(text), str(none), str(tmp_path / "empty.png"), str(tmp_path), str(held)]
    assert run(files, as_json=True) == 1
    found, err = lines(capfdbinary)
    assert [line["texts"] for line in found] == [[], [], [], [], ["x"]]
    assert len(err.splitlines()) == 4


def test_without_json_it_is_a_sentence_each(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    held = tmp_path / "held.png"
    cv2.imwrite(str(held), picture_of("Grüße"))
    assert run([str(held)], as_json=False) == 0
    assert capfdbinary.readouterr().out.decode() == f"{held}: Grüße\n"


def _code() -> Image.Image:
    return Image.open(BytesIO(png_of(PASS))).convert("L")


def _ink() -> Image.Image:
    """The black of a code on nothing."""
    ink = ImageOps.invert(_code())
    return Image.merge("LA", (Image.new("L", ink.size, 0), ink))


def _hole() -> Image.Image:
    """A palette of two blacks, one of which is to be seen through."""
    picture = Image.new("P", _code().size)
    picture.putpalette([0, 0, 0, 0, 0, 0])
    picture.frombytes(bytes(1 if each else 0 for each in _code().tobytes()))
    return picture


def _saved(picture: Image.Image, kind: str, **how: Any) -> bytes:
    target = BytesIO()
    picture.save(target, kind, **how)
    return target.getvalue()


def _sixteen(*, transparent: bool, coloured: bool) -> bytes:
    deep = np.asarray(_code()).astype(np.uint16) * 257
    black = np.zeros_like(deep)
    if transparent:
        pixels = np.dstack([black, black, black, 65535 - deep])
    else:
        pixels = np.dstack([deep] * 3) if coloured else deep
    return cv2.imencode(".png", pixels)[1].tobytes()


def _turned(orientation: int) -> bytes:
    """A photograph of a code, with its orientation in EXIF (tag 0x0112)."""
    canvas = Image.new("RGB", (900, 1400), (200, 200, 200))
    canvas.paste(_code().convert("RGB"), (100, 200))
    exif = Image.Exif()
    exif[0x0112] = orientation
    return _saved(canvas, "JPEG", exif=exif.tobytes())


PICTURES = {
    "black on nothing": lambda: _saved(_ink().convert("RGBA"), "PNG"),
    "grey with alpha": lambda: _saved(_ink(), "PNG"),
    "webp with alpha": lambda: _saved(_ink().convert("RGBA"), "WEBP", lossless=True),
    "tiff with alpha": lambda: _saved(_ink().convert("RGBA"), "TIFF"),
    "16 bit with alpha": lambda: _sixteen(transparent=True, coloured=True),
    "palette with a hole": lambda: _saved(_hole(), "PNG", transparency=1),
    "gif with a hole": lambda: _saved(_hole(), "GIF", transparency=1),
    "16 bit grey": lambda: _sixteen(transparent=False, coloured=False),
    "16 bit colour": lambda: _sixteen(transparent=False, coloured=True),
    "palette": lambda: _saved(_code().convert("P"), "PNG"),
    "grey": lambda: _saved(_code(), "PNG"),
    "one bit": lambda: _saved(_code().convert("1"), "PNG"),
    "cmyk jpeg": lambda: _saved(_code().convert("RGB").convert("CMYK"), "JPEG"),
    **{f"exif {n}": lambda n=n: _turned(n) for n in range(1, 9)},
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_code_is_read_however_its_picture_is_stored(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], kind: str
) -> None:
    file = tmp_path / "picture"
    file.write_bytes(PICTURES[kind]())
    assert run([str(file)], as_json=True) == 0
    found, _ = lines(capfdbinary)
    assert found[0]["texts"] == [PASS]


def test_half_transparent_ink_is_mixed_with_white(tmp_path: Path) -> None:
    file = tmp_path / "half.png"
    Image.new("RGBA", (30, 30), (0, 0, 255, 128)).save(file)
    loaded = _load(file)
    assert loaded is not None
    assert loaded[0, 0].tolist() == [255, 127, 127]


@pytest.mark.parametrize("shape", [(8200, 8200), (600, 17_000)])
def test_a_picture_larger_than_the_reader_takes_is_read_all_the_same(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], shape: tuple[int, int]
) -> None:
    canvas = Image.new("L", (shape[1], shape[0]), 255)
    canvas.paste(_code(), (10, 10))
    file = tmp_path / "large.png"
    canvas.save(file, compress_level=1)
    assert run([str(file)], as_json=True) == 0
    found, err = lines(capfdbinary)
    assert (found[0]["texts"], err) == ([PASS], "")


def test_what_never_ends_is_no_picture_and_the_next_file_is_read(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    pipe, held = tmp_path / "pipe", tmp_path / "held.png"
    os.mkfifo(pipe)
    held.write_bytes(png_of(PASS))
    assert run([str(pipe), "/dev/zero", str(held)], as_json=True) == 1
    found, err = lines(capfdbinary)
    assert [line["texts"] for line in found] == [[], [], [PASS]]
    assert len(err.splitlines()) == 2


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_cut_short_is_told_in_our_words_alone(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], kind: str
) -> None:
    file = tmp_path / "half"
    whole = _saved(Image.effect_noise((300, 300), 90).convert("RGB"), kind)
    file.write_bytes(whole[: len(whole) // 2])
    run([str(file)], as_json=True)
    _, err = lines(capfdbinary)
    assert err in ("", f"{file} cannot be read as a picture.\n")


def test_whoever_reads_the_lines_may_stop_early(tmp_path: Path) -> None:
    file = tmp_path / "held.png"
    file.write_bytes(png_of(PASS))
    command = [str(Path(sys.executable).parent / "foyer-kiosk"), "read", *[str(file)] * 50]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        ended = subprocess.run(
            command, stdout=closed, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert (ended.returncode, ended.stderr) == (0, b"")
