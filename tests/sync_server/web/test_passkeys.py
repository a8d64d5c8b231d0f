"""Passkeys in a real browser, with an authenticator that the browser plays."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession

from sync_server.settings import Settings
from tests.sync_server.conftest import Demo
from tests.sync_server.running import RunningServer, running
from tests.sync_server.web.browser import Visitor, visiting
from tests.sync_server.web.mail_links import address_of, newest_link

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def at_home(settings: Settings) -> Iterator[RunningServer]:
    """The server under the name that browsers trust without https."""
    with running(replace(settings, host="127.0.0.1")) as served:
        yield replace(served, url=served.url.replace("127.0.0.1", "localhost"))


@pytest.fixture
def visitor(browser: Browser, at_home: RunningServer) -> Iterator[Visitor]:
    with visiting(browser, at_home.url, "en", 360) as arrived:
        yield arrived


@pytest.fixture
def device(visitor: Visitor) -> "Device":
    return Device(visitor)


class Device:
    """The authenticator in this visitor's hands."""

    def __init__(self, visitor: Visitor) -> None:
        self.cdp: CDPSession = visitor.page.context.new_cdp_session(visitor.page)
        self.cdp.send("WebAuthn.enable")
        added = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        self.which = {"authenticatorId": added["authenticatorId"]}

    def keys(self) -> list[dict[str, Any]]:
        found = self.cdp.send("WebAuthn.getCredentials", self.which)
        return list(found["credentials"])

    def set_count(self, count: int) -> None:
        """As if the key had been copied while its counter stood there."""
        (key,) = self.keys()
        self.cdp.send(
            "WebAuthn.removeCredential", self.which | {"credentialId": key["credentialId"]}
        )
        self.cdp.send(
            "WebAuthn.addCredential", self.which | {"credential": key | {"signCount": count}}
        )

    def is_somebody(self, there: bool) -> None:
        self.cdp.send("WebAuthn.setUserVerified", self.which | {"isUserVerified": there})


def sign_in_by_mail(visitor: Visitor, server: RunningServer, demo: Demo) -> None:
    page = visitor.page
    visitor.go("/sign-in")
    page.get_by_label("Mail address").fill(address_of(server.settings, demo.ids["member"]))
    page.get_by_role("button", name="Send me a link").click()
    page.get_by_role("heading", name="look into your mail").wait_for()
    visitor.go(newest_link(server.settings, demo.keys))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/me")


def sign_out(visitor: Visitor) -> None:
    visitor.go("/me")
    visitor.page.get_by_role("button", name="Sign out", exact=True).click()
    visitor.page.wait_for_url(lambda url: "/me" not in url)


def add(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Add a passkey").click()
    visitor.page.get_by_text("not used yet").wait_for()


def by_passkey(visitor: Visitor) -> None:
    visitor.go("/sign-in")
    visitor.page.get_by_role("button", name="Sign in with a passkey").click()


def refused(visitor: Visitor) -> None:
    visitor.page.get_by_text("did not work with a passkey").wait_for()
    visitor.go("/me")
    assert visitor.page.url.endswith("/sign-in?next=%2Fme")


def test_a_passkey_is_added_and_signs_in(
    visitor: Visitor, device: Device, at_home: RunningServer, demo: Demo
) -> None:
    sign_in_by_mail(visitor, at_home, demo)
    add(visitor)
    visitor.page.get_by_text("Chrome, Linux").wait_for()
    (key,) = device.keys()
    assert (key["rpId"], key["isResidentCredential"]) == ("localhost", True)
    sign_out(visitor)
    by_passkey(visitor)
    visitor.page.wait_for_url("**/me")
    visitor.page.get_by_text("last used on").wait_for()
    assert visitor.complaints == []


def test_a_removed_passkey_signs_nobody_in(
    visitor: Visitor, device: Device, at_home: RunningServer, demo: Demo
) -> None:
    sign_in_by_mail(visitor, at_home, demo)
    add(visitor)
    visitor.page.get_by_role("button", name="Remove").click()
    visitor.page.get_by_text("without a mail").wait_for()
    sign_out(visitor)
    by_passkey(visitor)
    refused(visitor)


def test_a_copied_passkey_is_noticed_by_its_count(
    visitor: Visitor, device: Device, at_home: RunningServer, demo: Demo
) -> None:
    sign_in_by_mail(visitor, at_home, demo)
    add(visitor)
    sign_out(visitor)
    by_passkey(visitor)
    visitor.page.wait_for_url("**/me")
    sign_out(visitor)
    device.set_count(0)
    by_passkey(visitor)
    refused(visitor)


def test_a_device_that_does_not_know_its_owner_signs_nobody_in(
    visitor: Visitor, device: Device, at_home: RunningServer, demo: Demo
) -> None:
    sign_in_by_mail(visitor, at_home, demo)
    add(visitor)
    sign_out(visitor)
    device.is_somebody(False)
    by_passkey(visitor)
    refused(visitor)


def test_what_was_signed_once_is_good_for_nothing_again(
    visitor: Visitor, device: Device, at_home: RunningServer, demo: Demo
) -> None:
    sign_in_by_mail(visitor, at_home, demo)
    add(visitor)
    sign_out(visitor)
    sent: list[str] = []
    visitor.page.on(
        "request",
        lambda asked: (
            sent.append(asked.post_data or "") if asked.url.endswith("/sign-in/passkey") else None
        ),
    )
    by_passkey(visitor)
    visitor.page.wait_for_url("**/me")
    sign_out(visitor)
    visitor.go("/sign-in")
    again = visitor.page.evaluate(
        """async body => {
          const csrf = document.querySelector("input[name=csrf]").value;
          const headers = {"Content-Type": "application/json", "X-CSRF-Token": csrf};
          await fetch("/sign-in/passkey/options", {method: "POST", headers, body: "{}"});
          const answer = await fetch("/sign-in/passkey", {method: "POST", headers, body});
          return [answer.status, await answer.json()];
        }""",
        sent[-1],
    )
    assert again == [403, {"code": "not_proven"}]
    assert json.loads(sent[-1])["credential"]["type"] == "public-key"
