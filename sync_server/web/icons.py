"""Icons and the brand's mark as inline SVG, from the house's own set."""

import re
from functools import cache
from importlib.resources import files
from typing import Final

from markupsafe import Markup

_UNKNOWN: Final = "arrow-right"
"""Operators name the icons of their ways; one that is not in the house becomes an arrow."""
_NAME: Final = re.compile(r"[a-z0-9-]+")
_INSIDE: Final = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@cache
def icon(name: str, weight: str = "regular", classes: str = "") -> Markup:
    """The icon, hidden from screen readers: there is a word beside it."""
    inside = _drawing(f"icons/{weight}", name) or _drawing("icons/regular", _UNKNOWN) or ""
    extra = f" {classes}" if classes else ""
    return Markup(  # noqa: S704 - drawings of the house, and class names of templates
        f'<svg class="icon{extra}" viewBox="0 0 256 256" aria-hidden="true">{inside}</svg>'
    )


@cache
def brand_mark() -> Markup:
    """The mark beside the house's name."""
    inside = _drawing("brand", "brick-mark") or ""
    return Markup(  # noqa: S704 - a drawing of the house
        f'<svg class="mark" viewBox="0 0 44 44" aria-hidden="true">{inside}</svg>'
    )


def _drawing(folder: str, name: str) -> str | None:
    if not _NAME.fullmatch(name):
        return None
    file = files("assets").joinpath(f"{folder}/{name}.svg")
    if not file.is_file():
        return None
    found = _INSIDE.search(file.read_text("utf-8"))
    return found[1] if found else None
