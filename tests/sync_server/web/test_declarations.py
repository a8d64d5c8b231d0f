""" "Vertrag widerrufen" and "Vertrag kündigen": two steps, no sign-in, receipts to both."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, expect

from sync_server.settings import Settings
from tests.sync_server.conftest import Demo
from tests.sync_server.postbox import Postbox, open_postbox
from tests.sync_server.running import RunningServer, running
from tests.sync_server.web.browser import Visitor, visiting
from tests.sync_server.web.furnishing import furnish
from tests.sync_server.web.look import look_at

PATIENCE_S = 10.0
CONFIRM = {
    "withdraw": {"en": "Confirm withdrawal", "de": "Widerruf bestätigen"},
    "cancel-contract": {"en": "Cancel now", "de": "Jetzt kündigen"},
}


@dataclass(frozen=True, slots=True)
class Desk:
    server: RunningServer
    postbox: Postbox

    def mail_to(self, address: str, saying: str) -> EmailMessage:
        """The mail to this address with these words, waited for."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            for mail in self.postbox.mails:
                if address in mail["To"] and saying in str(mail.get_content()):
                    return mail
            time.sleep(0.05)
        raise AssertionError(f"no mail to {address}")


@pytest.fixture(scope="module")
def desk(founded: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("declared") / "house"
    shutil.copytree(founded.folder, folder)
    furnish(Settings(folder))
    with open_postbox() as postbox:
        settings = Settings(folder, smtp=f"127.0.0.1:{postbox.port}")
        with running(settings) as server:
            yield Desk(server, postbox)


def fill(visitor: Visitor, mail: str, contract: str) -> None:
    visitor.page.locator("#name").fill("Nora Winter")
    visitor.page.locator("#contract").fill(contract)
    visitor.page.locator("#mail").fill(mail)
    visitor.page.locator("main form button.accent").click()
    visitor.page.wait_for_load_state()


@pytest.mark.parametrize("name", sorted(CONFIRM))
def test_a_contract_is_ended_in_two_steps(
    name: str, browser: Browser, desk: Desk, language: str, width: int
) -> None:
    mail, contract = f"{name}.{language}.{width}@example.org", f"Desk {language} {width}"
    with visiting(browser, desk.server.url, language, width) as visitor:
        visitor.go("/s/ziegelhof")
        visitor.page.locator(f"footer a[href^='/legal/{name}?']").click()
        visitor.page.wait_for_url(f"**/legal/{name}**")
        fill(visitor, "nora", contract)
        assert visitor.page.locator(".asked").count() == 1  # the address, and nothing is lost
        assert visitor.page.locator("#name").input_value() == "Nora Winter"
        fill(visitor, mail, contract)
        look_at(visitor, f"{name}-check")
        visitor.page.get_by_role("button", name=CONFIRM[name][language]).click()
        expect(visitor.page.locator("h1")).to_contain_text("here" if language == "en" else "angek")
        number = visitor.page.locator("main .fact").inner_text().rpartition(" ")[2].strip(".")
        look_at(visitor, f"{name}-done")
    receipt = str(desk.mail_to(mail, number).get_content())
    assert contract in receipt
    told = str(desk.mail_to("frontdesk", number).get_content())
    assert contract in told
    assert mail in told


def test_looking_again_changes_what_was_filled_in(browser: Browser, desk: Desk) -> None:
    """Without a script, as all of it works."""
    with visiting(browser, desk.server.url, "de", 360, script=False) as visitor:
        visitor.go("/legal/cancel-contract")
        visitor.page.locator("#ending-cause").check(force=True)
        fill(visitor, "nora@example.org", "Mitgliedschaft")
        assert visitor.page.locator(".asked #why").count() == 1
        visitor.page.locator("#why").fill("Umzug")
        visitor.page.locator("main form button.accent").click()
        expect(visitor.page.locator("main")).to_contain_text("Grund: Umzug")
        visitor.page.get_by_role("button", name="Etwas ändern").click()
        assert visitor.page.locator("#why").input_value() == "Umzug"


def test_too_many_of_them_wait(browser: Browser, desk: Desk) -> None:
    with visiting(browser, desk.server.url, "en", 1280) as visitor:
        for n in range(6):
            visitor.go("/legal/withdraw")
            fill(visitor, "often@example.org", f"Booking {n}")
            visitor.page.get_by_role("button", name="Confirm withdrawal").click()
            visitor.page.wait_for_load_state()
        expect(visitor.page.locator("h1")).not_to_contain_text("here")
