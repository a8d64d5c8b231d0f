"""A series in a real browser: chosen, looked at, booked, a date skipped and back, ended."""

import json
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from sync_server.settings import Settings
from tests.sync_server.conftest import Demo
from tests.sync_server.running import RunningServer, running
from tests.sync_server.web.browser import Visitor, visiting
from tests.sync_server.web.furnishing import furnish
from tests.sync_server.web.let_in import let_in
from tests.sync_server.web.look import look_at
from tests.sync_server.web.slots import book_path

HOURS = {("en", 360): (7, 8), ("en", 1280): (8, 9), ("de", 360): (9, 10), ("de", 1280): (10, 11)}
"""Each visitor repeats an hour of their own."""
WORDS = {
    "en": {"repeat": "Every week?", "skip": "Skip", "add": "Add again", "end": "End the series"},
    "de": {
        "repeat": "Jede Woche?",
        "skip": "Auslassen",
        "add": "Wieder dazu",
        "end": "Serie beenden",
    },
}


@pytest.fixture(scope="module")
def served(founded: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("series")
    shutil.copytree(founded.folder, folder / "house")
    (folder / "demo.json").write_text(json.dumps(founded.ids))
    furnish(Settings(folder / "house"))
    with running(Settings(folder / "house")) as server:
        yield server


@pytest.fixture
def member(
    browser: Browser, served: RunningServer, founded: Demo, language: str, width: int
) -> Iterator[Visitor]:
    with visiting(browser, served.url, language, width, settings=served.settings) as visitor:
        let_in(visitor, served.settings, founded.ids["member"])
        yield visitor


def repeated(member: Visitor) -> None:
    """From the page of one slot to the page that repeats it."""
    hours = HOURS[member.language, member.width]
    assert member.go(book_path(member, 12, hours)) == 200
    member.page.get_by_role("link", name=WORDS[member.language]["repeat"]).click()
    member.page.wait_for_url("**/series?**")


def test_a_member_books_a_series_and_keeps_it_in_order(member: Visitor) -> None:
    page, words = member.page, WORDS[member.language]
    repeated(member)
    page.locator("#times").fill("4")
    page.locator("#times").blur()
    expect(page.locator("#dates .row")).to_have_count(4)
    look_at(member, "series-book")
    page.locator("#dates input[name=on]").nth(1).uncheck(force=True)
    expect(page.locator("#order input[name=on]")).to_have_count(3)
    page.locator("#order form button[type=submit]").click()
    page.wait_for_url("**/me/series/**")
    look_at(member, "series-own")
    skip = page.get_by_role("button", name=words["skip"])
    add = page.get_by_role("button", name=words["add"])
    expect(skip).to_have_count(3)
    expect(add).to_have_count(1)
    add.click()
    expect(skip).to_have_count(4)
    skip.nth(2).click()
    expect(skip).to_have_count(3)
    address = page.url.removeprefix(member.url).partition("?")[0]
    member.go("/me")
    look_at(member, "series-me")
    page.locator(f'a[href="{address}"]').click()
    page.get_by_role("link", name=words["end"]).click()
    page.wait_for_url("**/end")
    look_at(member, "series-end")
    page.locator("#order button[type=submit]").click()
    page.wait_for_url("**?told=ended")
    expect(skip).to_have_count(0)
    look_at(member, "series-ended")


def test_what_is_taken_is_marked_before_and_left_out(
    browser: Browser, served: RunningServer, founded: Demo
) -> None:
    with visiting(browser, served.url, "de", 360, settings=served.settings) as member:
        let_in(member, served.settings, founded.ids["member"])
        assert member.go(book_path(member, 24, (11, 12))) == 200
        member.page.locator("#order button[type=submit]").click()
        member.page.wait_for_url("**/b/**")
        member.go(book_path(member, 12, (11, 12)).replace("/book?", "/series?") + "&times=3")
        look_at(member, "series-taken")
        assert member.page.locator("#dates .row a.link").count() == 1
        member.page.locator("#order form button[type=submit]").click()
        member.page.wait_for_url("**/me/series/**")
        buttons = member.page.get_by_role("button", name="Auslassen")
        expect(buttons).to_have_count(2)


def test_without_script_a_series_is_booked_all_the_same(
    browser: Browser, served: RunningServer, founded: Demo
) -> None:
    url, settings = served.url, served.settings
    with visiting(browser, url, "en", 360, script=False, settings=settings) as member:
        let_in(member, settings, founded.ids["member"])
        member.go(book_path(member, 12, (13, 14)).replace("/book?", "/series?"))
        member.page.locator("#rhythm").select_option("fortnight")
        member.page.locator("#times").fill("2")
        member.page.get_by_role("button", name="Show the dates").click()
        assert "rhythm=fortnight" in member.page.url
        assert member.page.locator("#dates .row").count() == 2
        member.page.locator("#order form button[type=submit]").click()
        member.page.wait_for_url("**/me/series/**")
        address = member.page.url.removeprefix(url).partition("?")[0]
    with visiting(browser, url, "en", 360, settings=settings) as stranger:
        let_in(stranger, settings, founded.ids["staff"])
        assert stranger.go(address) == 404


def test_who_is_not_signed_in_is_led_there_and_back(
    browser: Browser, served: RunningServer
) -> None:
    with visiting(browser, served.url, "en", 360, settings=served.settings) as guest:
        guest.go(book_path(guest, 12, (15, 16)).replace("/book?", "/series?"))
        assert "/sign-in?next=" in guest.page.url
