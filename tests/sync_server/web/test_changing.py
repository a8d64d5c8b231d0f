"""Plans that change, in a real browser, by the links in the mail."""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from playwright.sync_api import Browser, expect

from domain.booking import Booking, BookingStatus
from ledger.data_dir import DataDir
from sync_server.key_store import load_keys
from sync_server.links import pass_token
from sync_server.settings import Settings
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
    folder = tmp_path_factory.mktemp("changing")
    shutil.copytree(founded.folder, folder / "house")
    (folder / "demo.json").write_text(json.dumps(founded.ids))
    furnish(Settings(folder / "house"))
    with running(Settings(folder / "house")) as server:
        yield server


@pytest.fixture
def host(browser: Browser, house: RunningServer, language: str, width: int) -> Iterator[Visitor]:
    with visiting(browser, house.url, language, width, settings=house.settings) as visitor:
        yield visitor


def booking(house: RunningServer, booking_id: str) -> Booking:
    found = read(house.settings, lambda reader: reader.full("booking", booking_id, Booking))
    assert found
    return found


def test_moved_at_the_price_that_was_shown(
    host: Visitor, house: RunningServer, founded: Demo
) -> None:
    day = some_day(next(DAYS))
    booking_id, url = book_for(house, founded, day.replace(hour=10), timedelta(hours=1))
    host.go(f"{url}/change")
    host.page.locator("#start").fill("11:00")
    host.page.locator("#end").fill("13:00")
    host.page.locator("main form.fields button[type=submit]").click()
    look_at(host, "change-priced")
    host.page.locator("input[name=expected] ~ button").click()
    host.page.wait_for_url("**changed=yes**")
    look_at(host, "changed")
    moved = booking(house, booking_id)
    assert (moved.starts, moved.ends) == (day.replace(hour=11), day.replace(hour=13))


def test_a_time_that_somebody_has_changes_nothing(
    host: Visitor, house: RunningServer, founded: Demo
) -> None:
    day = some_day(next(DAYS))
    booking_id, url = book_for(house, founded, day.replace(hour=10), timedelta(hours=1))
    book_for(house, founded, day.replace(hour=12), timedelta(hours=1))
    asked = f"day={day.date()}&start=12:00&end=13:00"
    host.go(f"{url}/change?{asked}")
    host.page.locator("input[name=expected] ~ button").click()
    expect(host.page.locator(".notice")).to_be_visible()
    look_at(host, "change-taken")
    assert booking(house, booking_id).starts == day.replace(hour=10)


def test_called_off_by_the_link_in_the_mail(
    host: Visitor, house: RunningServer, founded: Demo
) -> None:
    day = some_day(next(DAYS))
    booking_id, url = book_for(house, founded, day.replace(hour=10), timedelta(hours=1))
    host.go(f"{url}/cancel")
    assert booking(house, booking_id).status is BookingStatus.CONFIRMED  # looking changes nothing
    look_at(host, "cancel")
    host.page.locator("main form button[type=submit]").click()
    expect(host.page.locator(".answer")).to_be_visible()
    look_at(host, "cancelled")
    assert booking(house, booking_id).status is BookingStatus.CANCELLED
    host.go(url)
    look_at(host, "pass-cancelled")
    assert host.page.locator("figure.plate").count() == 0


def test_kept_by_the_link_in_the_reminder(
    host: Visitor, house: RunningServer, founded: Demo
) -> None:
    day = some_day(next(DAYS))
    booking_id, url = book_for(house, founded, day.replace(hour=10), timedelta(hours=1))
    host.go(f"{url}/keep")
    look_at(host, "keep")
    host.page.locator("main form button[type=submit]").click()
    host.page.wait_for_url("**kept=yes**")
    look_at(host, "kept")
    assert booking(house, booking_id).kept_at is not None


def test_the_pass_of_guests_changes_nothing_of_their_hosts_booking(
    host: Visitor, house: RunningServer, founded: Demo
) -> None:
    token = pass_token(load_keys(DataDir(house.settings.data)), founded.pass_id("group"))
    for page in ("change", "cancel", "keep"):
        assert host.go(f"/b/{token}/{page}") == 404
