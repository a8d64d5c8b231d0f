"""Booking in a real browser, from the public page to the mail with its code."""

import io
import json
import shutil
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import count

import pytest
import zxingcpp
from icalendar import Calendar
from PIL import Image
from playwright.sync_api import Browser, expect

from sync_server.settings import Settings
from tests.sync_server.conftest import Demo
from tests.sync_server.payments.simulator_process import Simulator, running_simulator
from tests.sync_server.postbox import Postbox, open_postbox
from tests.sync_server.running import RunningServer, running
from tests.sync_server.web.browser import Visitor, visiting
from tests.sync_server.web.furnishing import furnish
from tests.sync_server.web.look import look_at
from tests.sync_server.web.mail_links import address_of, newest_link
from tests.sync_server.web.slots import book_path, some_day

PATIENCE_S = 10.0
ORDER = {"en": "Book with obligation to pay", "de": "Zahlungspflichtig buchen"}
DAYS = count(8)
"""Each test books a day of its own."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A house that takes bookings, money and mails."""

    server: RunningServer
    postbox: Postbox
    simulator: Simulator

    def mail_to(self, address: str) -> EmailMessage:
        """The newest mail to this address, waited for."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            for mail in reversed(self.postbox.mails):
                if address in mail["To"]:
                    return mail
            time.sleep(0.05)
        raise AssertionError(f"no mail to {address}")


@pytest.fixture(scope="module")
def desk(founded: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(founded.folder, folder / "house")
    (folder / "demo.json").write_text(json.dumps(founded.ids))
    furnish(Settings(folder / "house"))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with open_postbox() as postbox, running_simulator(folder) as simulator:
        settings = Settings(
            folder / "house",
            smtp=f"127.0.0.1:{postbox.port}",
            public_url=f"http://127.0.0.1:{port}",
            payments="simulated",
            payments_url=simulator.url,
            payments_secret_file=str(simulator.secret_file),
        )
        with running(settings, port) as server:
            yield Desk(server, postbox, simulator)


@pytest.fixture
def guest(browser: Browser, desk: Desk, language: str, width: int) -> Iterator[Visitor]:
    url, settings = desk.server.url, desk.server.settings
    with visiting(browser, url, language, width, settings=settings) as visitor:
        yield visitor


def order(guest: Visitor, address: str, way: str) -> None:
    """Fill in who it is for and press the one button."""
    page = guest.page
    page.locator("#order button[type=submit]").click()
    page.wait_for_url("**/hold/**")
    page.locator("#name").fill("Nora Winter")
    page.locator("#mail").fill(address)
    page.locator(f"#pay-{way}").check(force=True)
    page.locator("#rules").check(force=True)
    page.get_by_role("button", name=ORDER[guest.language]).click()


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


def code_in(mail: EmailMessage) -> str:
    part = next(each for each in mail.walk() if each.get_content_type() == "image/png")
    picture = Image.open(io.BytesIO(bytes(part.get_content()))).convert("L")
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text


def test_a_guest_books_on_invoice_and_gets_the_code(guest: Visitor, desk: Desk) -> None:
    day, address = next(DAYS), f"nora.{guest.language}.{guest.width}@example.org"
    assert guest.go(f"/s/ziegelhof?day={some_day(day).date()}") == 200
    assert guest.go(book_path(guest, day, party="2", **{"with-coffee": "1"})) == 200
    look_at(guest, "book")
    order(guest, address, "invoice")
    guest.page.wait_for_url("**/b/**")
    look_at(guest, "booked")
    expect(guest.page.locator("h1")).to_contain_text("Nora")
    mail = desk.mail_to(address)
    assert guest.page.url in text_of(mail)
    assert code_in(mail).startswith("F1")
    entry = next(each for each in mail.walk() if each.get_content_type() == "text/calendar")
    (event,) = Calendar.from_ical(entry.get_content()).walk("VEVENT")
    assert event["DTSTART"].dt == some_day(day).replace(hour=10)
    assert event["DTEND"].dt == some_day(day).replace(hour=12)
    assert guest.go(book_path(guest, day)) == 409  # and now it is taken
    look_at(guest, "taken")


def test_a_guest_pays_by_link_and_gets_the_code(guest: Visitor, desk: Desk) -> None:
    day, address = next(DAYS), f"paying.{guest.language}.{guest.width}@example.org"
    assert guest.go(book_path(guest, day)) == 200
    order(guest, address, "link")
    guest.page.wait_for_url("**/pay/**")
    look_at(guest, "pay")
    guest.page.locator("main button[type=submit]").first.click()
    guest.page.wait_for_url(f"{desk.simulator.url}/**")
    guest.page.locator("button[value=pay]").click()
    guest.page.wait_for_url("**/pay/**")
    expect(guest.page.locator("h1")).to_contain_text(
        "Paid" if guest.language == "en" else "Bezahlt", timeout=15_000
    )
    look_at(guest, "paid")
    assert code_in(desk.mail_to(address)).startswith("F1")


def test_the_price_follows_what_is_ticked(guest: Visitor) -> None:
    guest.go(book_path(guest, next(DAYS), party="2"))
    total = guest.page.locator("#price .total td")
    before = cents_in(total.inner_text())
    guest.page.locator("#with-coffee").check(force=True)
    expect(guest.page.locator("#price tr")).to_have_count(5)  # one line more
    assert cents_in(total.inner_text()) == before + 2 * 350


def cents_in(amount: str) -> int:
    """An amount as it is written in either language."""
    whole, _, cents = "".join(each for each in amount if each in "0123456789.,").partition(
        "," if "," in amount else "."
    )
    return int(whole) * 100 + int(cents or 0)


def test_a_member_books_in_three_clicks(
    browser: Browser, desk: Desk, founded: Demo, language: str, width: int
) -> None:
    url, settings = desk.server.url, desk.server.settings
    with visiting(browser, url, language, width, settings=settings) as member:
        _signed_in(member, desk, founded)
        day = some_day(next(DAYS)).date()
        member.go(f"/s/ziegelhof?day={day}&kind=room")
        member.page.locator("a.pick").first.click()  # one
        member.page.locator(".cart a.button").click()  # two
        member.page.wait_for_url("**/book?**")
        look_at(member, "book-member")
        member.page.locator("#order button[type=submit]").click()  # three
        member.page.wait_for_url("**/b/**")
        expect(member.page.locator("h1")).to_contain_text("Jana")


def _signed_in(member: Visitor, desk: Desk, founded: Demo) -> None:
    member.go("/sign-in")
    member.page.locator("#mail").fill(address_of(desk.server.settings, founded.ids["member"]))
    member.page.locator("main form button[type=submit]").first.click()
    member.page.wait_for_load_state()
    member.go(newest_link(desk.server.settings, founded.keys))
    member.page.locator("main form button[type=submit]").click()
    member.page.wait_for_url("**/me")


def test_without_script_a_guest_books_all_the_same(browser: Browser, desk: Desk) -> None:
    url, settings = desk.server.url, desk.server.settings
    with visiting(browser, url, "de", 360, script=False, settings=settings) as guest:
        day = next(DAYS)
        guest.go(book_path(guest, day))
        guest.page.locator("#party").select_option("2")
        guest.page.get_by_role("button", name="Preis neu rechnen").click()
        assert "party=2" in guest.page.url
        order(guest, "plain@example.org", "invoice")
        guest.page.wait_for_url("**/b/**")
        assert code_in(desk.mail_to("plain@example.org")).startswith("F1")


def test_what_was_held_is_free_again_once_it_is_given_up(browser: Browser, desk: Desk) -> None:
    url, settings = desk.server.url, desk.server.settings
    path_of = next(DAYS)
    with visiting(browser, url, "en", 1280, settings=settings) as first:
        first.go(book_path(first, path_of))
        first.page.locator("#order button[type=submit]").click()
        first.page.wait_for_url("**/hold/**")
        with visiting(browser, url, "en", 1280, settings=settings) as second:
            assert second.go(book_path(second, path_of)) == 409
            first.page.get_by_role("button", name="I don't need it after all").click()
            first.page.wait_for_url("**/s/ziegelhof**")
            assert second.go(book_path(second, path_of)) == 200


def test_what_is_not_paid_yet_is_paid_from_its_own_page(browser: Browser, desk: Desk) -> None:
    url, settings = desk.server.url, desk.server.settings
    with visiting(browser, url, "en", 360, settings=settings) as late:
        late.go(late.pass_path("unpaid"))
        late.page.get_by_role("button", name="Pay now").click()
        late.page.wait_for_url("**/pay/**")
        late.page.locator("main button[type=submit]").first.click()
        late.page.wait_for_url(f"{desk.simulator.url}/**")
        late.page.locator("button[value=pay]").click()
        late.page.wait_for_url("**/pay/**")
        expect(late.page.locator("h1")).to_contain_text("Paid", timeout=15_000)
        late.go(late.pass_path("unpaid"))
        expect(late.page.locator("section.answer")).not_to_have_class("answer later")
        assert late.page.get_by_role("button", name="Pay now").count() == 0
