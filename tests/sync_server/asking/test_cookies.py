"""The cookie: bound to exactly one host where browsers take that, and readable by no script."""

from pathlib import Path

import pytest

from sync_server.asking.cookies import cookie_name, secret_in, set_cookie
from sync_server.settings import Settings
from sync_server.use_cases.secret_text import fresh_secret

PLAIN = Settings(Path())
SAFE = Settings(Path(), public_url="https://book.example.org")


def test_over_https_it_belongs_to_this_host_alone() -> None:
    parts = set(set_cookie(SAFE, fresh_secret()).split("; "))
    assert cookie_name(SAFE) == "__Host-foyer"
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= parts
    assert not any(part.startswith("Domain") for part in parts), "or it would not be __Host-"
    assert "Max-Age=2592000" in parts


def test_without_https_it_is_kept_too() -> None:
    parts = set(set_cookie(PLAIN, fresh_secret()).split("; "))
    assert cookie_name(PLAIN) == "foyer"
    assert "Secure" not in parts
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= parts


def test_signing_out_takes_it_away() -> None:
    assert "Max-Age=0" in set_cookie(SAFE, None)


@pytest.mark.parametrize("text", ["", "x", "x" * 42, "x" * 44, "x" * 42 + "é", "x" * 42 + "\n"])
def test_what_we_never_handed_out_is_no_secret(text: str) -> None:
    assert secret_in(PLAIN, {"foyer": text}) is None
    assert secret_in(SAFE, {"foyer": fresh_secret()}) is None, "the name counts"


def test_what_we_handed_out_is_read_again() -> None:
    secret = fresh_secret()
    assert secret_in(PLAIN, {"foyer": secret}) == secret
    assert secret_in(SAFE, {"__Host-foyer": secret}) == secret
