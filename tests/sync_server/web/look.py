"""A page looked at: accessible to everybody, nothing beside the screen, no complaint."""

import os
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.sync_server.web.browser import Visitor

_AXE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = """async rules => {
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: rules}, resultTypes: ["violations"],
  });
  return found.violations.map(each => ({
    id: each.id,
    help: each.help,
    nodes: each.nodes.map(node => node.html + " " + node.failureSummary),
  }));
}"""
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > width + 1)
    .map(each => each.outerHTML.slice(0, 160));
}"""


@cache
def axe_source() -> str:
    return _AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds against WCAG 2.2, levels A and AA."""
    page.evaluate(axe_source())
    found: list[dict[str, Any]] = page.evaluate(_RUN, RULES)
    return found


def look_at(visitor: Visitor, name: str) -> None:
    """Assert what holds for every page; photograph it where FOYER_SCREENSHOTS names a folder."""
    page = visitor.page
    page.evaluate("() => document.fonts.ready.then(() => true)")
    if folder := os.environ.get("FOYER_SCREENSHOTS"):
        photograph(visitor, Path(folder), name)
    found = violations(page)
    assert found == [], f"{name}: {found}"
    too_wide = page.evaluate(_TOO_WIDE)
    assert too_wide == [], f"{name}: {too_wide}"
    assert visitor.complaints == [], f"{name}: {visitor.complaints}"


def photograph(visitor: Visitor, folder: Path, name: str, suffix: str = "") -> Path:
    """The whole page as a picture, named for page, language and width."""
    file = folder / f"{name}-{visitor.language}-{visitor.width}{suffix}.png"
    page, before = visitor.page, visitor.page.viewport_size
    assert before is not None
    # A window as high as the page, so that what sticks to its end is at the end.
    height = page.evaluate("() => document.documentElement.scrollHeight")
    page.set_viewport_size({"width": before["width"], "height": max(height, before["height"])})
    page.screenshot(path=file)
    page.set_viewport_size(before)
    return file
