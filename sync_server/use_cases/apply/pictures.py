"""Pictures beside a house file: made small, named by their content, kept in the data directory."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES: Final = 60_000
MOST_SOURCE_BYTES: Final = 40_000_000
_SIDES: Final = (1600, 1280, 1024, 800, 640, 480, 320)
_QUALITIES: Final = (82, 72, 62, 52)
_KEYS: Final = ("photos", "floor_plan")


@dataclass(frozen=True, slots=True)
class SmallPicture:
    """What is stored under which name."""

    name: str
    content: bytes


def named_pictures(document: Mapping[str, Any]) -> dict[str, str]:
    """Every picture that a file names, with the first place that names it."""
    found: dict[str, str] = {}
    for kind in ("site", "resource"):
        tables = document.get(kind)
        for key, given in (tables if isinstance(tables, dict) else {}).items():
            for path, name in _of_table(given if isinstance(given, dict) else {}):
                found.setdefault(name, f"{kind}.{key}.{path}")
    return found


def stored_name(source: bytes) -> str:
    """The name of a picture by what is in it."""
    return f"{hashlib.sha256(source).hexdigest()[:32]}.jpg"


def small_picture(source: bytes) -> bytes:
    """A JPEG of at most MOST_BYTES, upright and without what cameras write into pictures.

    Raises ValueError for what is no picture.
    """
    try:
        with Image.open(BytesIO(source)) as opened:
            upright = _flat(ImageOps.exif_transpose(opened))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise ValueError("no picture") from error
    for side in _SIDES:
        smaller = ImageOps.contain(upright, (side, side)) if max(upright.size) > side else upright
        for quality in _QUALITIES:
            written = BytesIO()
            smaller.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
            if written.tell() <= MOST_BYTES:
                return written.getvalue()
    raise ValueError("no picture that can be made small")


def read_picture(file: Path) -> SmallPicture | str:
    """A file made small, or what is wrong with it as the end of a sentence. Raises OSError."""
    if file.stat().st_size > MOST_SOURCE_BYTES:
        return f"is larger than {MOST_SOURCE_BYTES // 1_000_000} MB."
    source = file.read_bytes()
    try:
        return SmallPicture(stored_name(source), small_picture(source))
    except ValueError:
        return "is no picture (JPEG, PNG or WebP)."


def keep_pictures(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Put pictures into `folder`, each whole or not at all; those that are there stay."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for name, content in contents.items():
        if (folder / name).exists():
            continue
        fresh = folder / f"{name}.{os.getpid()}.new"
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / name)


def _of_table(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in _KEYS:
        value = given.get(key, [])
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str):
                yield key, name


def _flat(picture: Image.Image) -> Image.Image:
    """On white, in three colours."""
    if picture.mode in ("RGBA", "LA", "P"):
        whole = picture.convert("RGBA")
        white = Image.new("RGBA", whole.size, "white")
        return Image.alpha_composite(white, whole).convert("RGB")
    return picture.convert("RGB")
