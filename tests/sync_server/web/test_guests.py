"""Guests invited in a real browser; and "I'm here" where nothing else can tell."""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from playwright.sync_api import Browser, expect

from sync_server.settings import Settings
from sync_server.use_cases.booking.invite import read_invited
from tests.sync_server.conftest import Demo
from tests.sync_server.running import RunningServer, running
from tests.sync_server.seen import read
from tests.sync_server.web.booked import book_for
from tests.sync_server.web.browser import Visitor, visiting
from tests.sync_server.web.furnishing import furnish
from tests.sync_server.web.look import look_at
from tests.sync_server.web.slots import some_day

DAYS = count(8)


@pytest.fixture(scope="module")
def house(founded: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("guests")
    shutil.copytree(founded.folder, folder / "house")
    (folder / "demo.json").write_text(json.dumps(founded.ids))
    furnish(Settings(folder / "house"))
    with running(Settings(folder / "house")) as server:
        yield server


@pytest.fixture
def host(browser: Browser, house: RunningServer, language: str, width: int) -> Iterator[Visitor]:
    with visiting(browser, house.url, language, width, settings=house.settings) as visitor:
        yield visitor


def invited(house: RunningServer, booking_id: str) -> list[tuple[str, str, int]]:
    found = read(house.settings, lambda reader: read_invited(reader, booking_id))
    return [(each.name, each.mail, each.party) for each in found]


def test_a_pasted_list_is_invited_and_what_is_no_address_stays(
    host: Visitor, house: RunningServer, founded: Demo
) -> None:
    starts = some_day(next(DAYS)).replace(hour=10)
    booking_id, url = book_for(house, founded, starts, timedelta(hours=1))
    host.go(url)
    host.page.locator("a[href$='/guests']").click()
    host.page.locator("#guests").fill("Nora Winter <nora@example.org>\nnobody at all")
    host.page.locator("main form.fields button").first.click()
    expect(host.page.locator("#guests")).to_have_value("nobody at all")
    expect(host.page.locator(".rows")).to_contain_text("nora@example.org")
    look_at(host, "guests-unread")
    host.page.locator("#guests").fill("tom@example.org")
    host.page.locator("main form.fields button").first.click()
    host.page.wait_for_url("**invited=yes**")
    look_at(host, "guests-invited")
    assert invited(house, booking_id) == [
        ("Nora Winter", "nora@example.org", 1),
        ("tom", "tom@example.org", 1),
    ]
    host.page.locator(".rows button").first.click()
    expect(host.page.locator(".rows li")).to_have_count(1)
    assert invited(house, booking_id) == [("tom", "tom@example.org", 1)]


def test_without_a_script_one_pass_is_made_for_all(
    browser: Browser, house: RunningServer, founded: Demo
) -> None:
    starts = some_day(next(DAYS)).replace(hour=10)
    booking_id, url = book_for(house, founded, starts, timedelta(hours=1))
    with visiting(browser, house.url, "de", 360, script=False) as host:
        host.go(f"{url}/guests")
        host.page.locator("#people").fill("999")
        host.page.get_by_role("button", name="Code machen").click()
        assert host.page.locator(".asked #people").count() == 1
        host.page.locator("#people").fill("2")
        host.page.get_by_role("button", name="Code machen").click()
        assert invited(house, booking_id) == [("", "", 2)]
        host.page.get_by_role("link", name="Die Seite zum Weitergeben").click()
        assert host.page.locator(".plate img").count() == 1
        assert host.page.locator("a[href$='/guests']").count() == 0
