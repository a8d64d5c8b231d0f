"""Everything that is shipped says under which terms, and nothing forbids our own licence."""

import re

from installers.licences import LIST, ROOT, pins

_ROW = re.compile(r"^\| ([a-z0-9-]+) \| (\d\S*) \| (.+) \|$", re.MULTILINE)
_OUR_PICTURES_AND_SOUNDS = {"brand", "sounds"}
"""Drawn and made for this project: under its own licence."""


def rows() -> dict[str, tuple[str, str]]:
    found = _ROW.findall(LIST.read_text(encoding="utf-8"))
    return {name: (version, licence) for name, version, licence in found}


def test_every_locked_package_is_listed_with_its_version() -> None:
    listed = {name: version for name, (version, _) in rows().items()}
    assert len(listed) > 50
    assert pins("all.txt") == listed


def test_no_package_of_a_running_house_has_only_a_licence_that_binds_us() -> None:
    for name in pins("demo.txt"):
        choices = re.split(r" OR ", rows()[name][1])
        assert any("GPL" not in choice or "LGPL" in choice for choice in choices), name
        assert "see the package" not in choices, name


def test_fonts_and_icons_of_others_carry_their_licence() -> None:
    folders = {path.parent for path in (ROOT / "assets").rglob("*") if path.suffix in _PICTURED}
    tops = {folder.relative_to(ROOT / "assets").parts[0] for folder in folders}
    assert {"fonts", "icons"} <= tops
    for top in tops - _OUR_PICTURES_AND_SOUNDS:
        texts = [path.name for path in (ROOT / "assets" / top).glob("*.txt")]
        assert any("OFL" in text or "LICENSE" in text for text in texts), top


_PICTURED = {".ttf", ".svg", ".wav"}
