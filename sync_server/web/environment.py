"""The templates' environment: everything escaped, nothing missing goes unnoticed."""

from functools import cache
from pathlib import Path
from typing import Final

import jinja2

from sync_server.web.icons import brand_mark, icon
from sync_server.web.static import asset
from wording import keep_together

_TEMPLATES: Final = Path(__file__).parent / "templates"


@cache
def environment() -> jinja2.Environment:
    """One per process. A value that a template names and nobody gave raises."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"icon": icon, "asset": asset, "brand_mark": brand_mark}
    made.filters["kept"] = keep_together
    made.filters["paragraphs"] = paragraphs
    return made


def paragraphs(text: str) -> list[list[str]]:
    """Plain text as paragraphs of lines: an empty line parts two of them."""
    parts = text.replace("\r\n", "\n").strip().split("\n\n")
    return [[line.strip() for line in part.strip().split("\n")] for part in parts if part.strip()]
