"""`foyer-kiosk read`: decodes still pictures with the production reader, one line per file."""

import json
import math
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.devices.code_attempts import LARGEST_AREA, LARGEST_SIDE
from kiosk.devices.code_reader import read_still

LARGEST_FILE_BYTES = 64 * 1024 * 1024
_FULL = {"uint8": 255.0, "uint16": 65535.0}
"""The value of full light; in pictures of floating point numbers it is 1."""
_JPEG = b"\xff\xd8"


def run(files: list[str], as_json: bool) -> int:
    """Print what each file holds; 0 if every file was readable as a picture, otherwise 1.

    A file that is no picture gets a sentence on stderr, and its line with no texts. Whoever reads
    the lines may stop before the last one.
    """
    try:
        return _run(files, as_json)
    except BrokenPipeError:
        with Path(os.devnull).open("wb") as nowhere:  # for what is flushed at the end
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        return 0


def _run(files: list[str], as_json: bool) -> int:
    unreadable = 0
    for file in files:
        pixels = _load(Path(file))
        if pixels is None:
            unreadable += 1
            print(f"{file} cannot be read as a picture.", file=sys.stderr)  # noqa: T201 - a command
        line = _line(file, pixels)
        text = json.dumps(line, ensure_ascii=False) if as_json else _sentence(line)
        sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
    return 1 if unreadable else 0


def _load(path: Path) -> Any | None:
    """The picture as BGR, or None when it is no regular file, too large a one or no picture."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE_BYTES:
            return None
        data = np.frombuffer(path.read_bytes(), np.uint8)
        with _silenced():
            pixels = _decoded(data) if data.size else None
        return None if pixels is None else _of_sane_size(pixels)
    except (OSError, ValueError, cv2.error):
        return None


@contextmanager
def _silenced() -> Iterator[None]:
    """The decoders' libraries write to stderr by themselves; here they do not."""
    kept = os.dup(2)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _of_sane_size(pixels: Any) -> Any:
    """What is larger than the reader takes, made so small that it does."""
    height, width = pixels.shape[:2]
    scale = min(LARGEST_SIDE / max(height, width), math.sqrt(LARGEST_AREA / (height * width)))
    if scale >= 1:
        return pixels
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)


def _decoded(data: NDArray[np.uint8]) -> Any | None:
    """What lets light through is laid on white paper; all else as OpenCV turns it to BGR."""
    as_stored = None
    if data[: len(_JPEG)].tobytes() != _JPEG:  # which has no transparency
        as_stored = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    if as_stored is None or as_stored.ndim != 3 or as_stored.shape[2] != 4:
        return cv2.imdecode(data, cv2.IMREAD_COLOR)
    full = _FULL.get(as_stored.dtype.name, 1.0)
    opaque = np.clip(as_stored[..., 3:] / np.float32(full), 0, 1)
    colour = np.clip(as_stored[..., :3] * np.float32(255 / full), 0, 255)
    return (colour * opaque + 255 * (1 - opaque)).round().astype(np.uint8)


def _line(file: str, pixels: Any | None) -> dict[str, Any]:
    began_s = time.perf_counter()
    found = [] if pixels is None else read_still(pixels)
    elapsed_ms = round((time.perf_counter() - began_s) * 1000, 2)
    return {
        "file": file,
        "texts": [code.text for code in found],
        "reader": found[0].reader if found else None,
        "ms": elapsed_ms,
    }


def _sentence(line: dict[str, Any]) -> str:
    held = ", ".join(line["texts"]) if line["texts"] else "no code"
    return f"{line['file']}: {held}"
