"""Pictures beside a house file: small, upright, without what cameras write, named by content."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from sync_server.use_cases.apply.pictures import (
    MOST_BYTES,
    SmallPicture,
    keep_pictures,
    named_pictures,
    read_picture,
    small_picture,
    stored_name,
)


def picture(size: tuple[int, int], format_: str = "JPEG", **more: object) -> bytes:
    """Noise, which no encoder makes small."""
    image = Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3))
    written = BytesIO()
    image.save(written, format_, **more)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("size", [(2400, 1600), (300, 900), (10, 10)])
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_a_small_one_of_the_same_shape(
    size: tuple[int, int], format_: str
) -> None:
    content = small_picture(picture(size, format_))
    assert len(content) <= MOST_BYTES
    small = opened(content)
    assert small.format == "JPEG"
    assert small.width / small.height == pytest.approx(size[0] / size[1], rel=0.02)


def test_what_a_camera_wrote_is_gone_and_up_is_up() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Camera of somebody"
    content = small_picture(picture((400, 200), exif=exif.tobytes()))
    assert opened(content).size == (200, 400)
    assert b"Camera of somebody" not in content


def test_what_is_clear_becomes_white() -> None:
    written = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(small_picture(written.getvalue())).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8\xff" + b"x" * 100])
def test_what_is_no_picture_is_said_to_be_none(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no picture"):
        small_picture(content)
    file = tmp_path / "x.jpg"
    file.write_bytes(content)
    assert isinstance(read_picture(file), str)


def test_pictures_are_kept_whole_and_once(tmp_path: Path) -> None:
    file = tmp_path / "room.png"
    file.write_bytes(picture((50, 40), "PNG"))
    read = read_picture(file)
    assert isinstance(read, SmallPicture)
    assert read.name == stored_name(file.read_bytes())
    folder = tmp_path / "files"
    keep_pictures(folder, {read.name: read.content})
    before = (folder / read.name).stat().st_mtime_ns
    keep_pictures(folder, {read.name: b"other"})
    assert (folder / read.name).read_bytes() == read.content
    assert (folder / read.name).stat().st_mtime_ns == before
    assert [each.name for each in folder.iterdir()] == [read.name]


def test_every_picture_of_a_file_is_found_with_its_place() -> None:
    document = {
        "site": {"north": {"photos": ["a.jpg", 5], "floor_plan": "plan.png"}},
        "resource": {"kiln": {"photos": "b.jpg"}, "clay": {"photos": ["a.jpg"]}, "odd": 3},
    }
    assert named_pictures(document) == {
        "a.jpg": "site.north.photos",
        "plan.png": "site.north.floor_plan",
        "b.jpg": "resource.kiln.photos",
    }
    assert named_pictures({"site": 5}) == {}
