"""`foyer-kiosk read` prints one line per file and says which files are no pictures."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.read_command import run
from tests.kiosk.devices.pictures import PASS, picture_of


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
