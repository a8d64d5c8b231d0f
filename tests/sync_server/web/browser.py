"""A real browser for tests: Debian's Chromium, driven by Playwright."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ledger.data_dir import DataDir
from sync_server.key_store import load_keys
from sync_server.links import pass_token
from sync_server.settings import Settings
from tests.sync_server.web.apart import loop_of_the_browser, no_loop

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LANGUAGES = {"en": "en-GB", "de": "de-DE"}
WIDTHS = {360: 800, 1280: 900}
"""Width by height of the window: a phone and a desktop."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser; every visitor gets a fresh profile in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            with no_loop():
                yield browser
        finally:
            browser.close()


@dataclass(slots=True)
class Visitor:
    """Somebody with a browser of their own; what it complains about is kept."""

    page: Page
    url: str
    language: str
    width: int
    settings: Settings | None = None
    """Of the house, for whoever needs an address that only its keys can make."""
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> int:
        """Open a page of the house; its status."""
        response = self.page.goto(self.url + path, wait_until="load")
        assert response is not None
        return response.status

    def pass_path(self, part: str) -> str:
        """The own page of a pass of the demo."""
        assert self.settings is not None
        ids = json.loads((self.settings.data.parent / "demo.json").read_text())
        keys = load_keys(DataDir(self.settings.data))
        return f"/b/{pass_token(keys, ids['passes'][part]['id'])}"

    def hear(self, kind: str, text: str) -> None:
        """Errors and broken content policies count; the status of a page is looked at elsewhere."""
        of_status = text.startswith("Failed to load resource")
        if kind in ("error", "warning") and not of_status:
            self.complaints.append(text)


@contextmanager
def visiting(
    browser: Browser,
    url: str,
    language: str = "en",
    width: int = 1280,
    *,
    dark: bool = False,
    script: bool = True,
    settings: Settings | None = None,
) -> Iterator[Visitor]:
    """A visitor at this house."""
    with loop_of_the_browser(browser._loop):
        context: BrowserContext = browser.new_context(
            locale=LANGUAGES[language],
            viewport={"width": width, "height": WIDTHS[width]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
            timezone_id="Europe/Berlin",
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        visitor = Visitor(page, url, language, width, settings)
        page.on("console", lambda said: visitor.hear(said.type, said.text))
        page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        try:
            yield visitor
        finally:
            context.close()
