"""Photographs every page: python -m tests.sync_server.web.screenshots FOLDER [NAME ...]

In English and German, at 360 and 1280 px, light and dark.
"""

import json
import sys
import tempfile
from datetime import timedelta
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import SeedDemo
from sync_server.commands.seeding import own_lock_keys
from sync_server.main import main as foyer_server
from sync_server.settings import Settings
from tests.sync_server.running import running
from tests.sync_server.web.browser import LANGUAGES, WIDTHS, chromium, visiting
from tests.sync_server.web.furnishing import furnish
from tests.sync_server.web.look import photograph
from tests.sync_server.web.thursday import set_up
from tests.sync_server.web.thursday_views import THURSDAY
from tests.sync_server.web.views import VIEWS, View


def founded(folder: Path) -> Settings:
    """The demo's house."""
    settings = Settings(folder)
    assert foyer_server(["init", "--data", str(folder)]) == 0
    ids = ask(settings, Asked("seed-demo", SeedDemo(1, 12, 10, own_lock_keys(settings))))
    (folder.parent / "demo.json").write_text(json.dumps(ids))
    return settings


def main(folder: Path, names: list[str]) -> None:
    """All views, or those named."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        now, then = (founded(Path(place) / name / "house") for name in ("now", "then"))
        furnish(now)
        take(browser, (now, timedelta()), VIEWS, names, folder)
        take(browser, (then, set_up(then)), THURSDAY, names, folder)


def take(
    browser: Browser,
    house: tuple[Settings, timedelta],
    views: dict[str, View],
    names: list[str],
    folder: Path,
) -> None:
    """Photograph the views of one house, looked at so far ahead of now."""
    settings, ahead = house
    chosen = [name for name in sorted(views) if not names or name in names]
    with running(settings) as served:
        served.clock.ahead = ahead
        for name, language, width, dark in product(chosen, LANGUAGES, WIDTHS, (False, True)):
            with visiting(
                browser, served.url, language, width, dark=dark, settings=settings
            ) as visitor:
                views[name](visitor)
                visitor.page.evaluate("() => document.fonts.ready.then(() => true)")
                file = photograph(visitor, folder, name, "-dark" if dark else "")
                sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
