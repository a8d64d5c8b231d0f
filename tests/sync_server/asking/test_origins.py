"""What browsers say of where a request comes from, and what is made of it."""

from pathlib import Path

import pytest
from starlette.requests import Request

from sync_server.asking.origins import is_from_us
from sync_server.settings import Settings

PUBLIC = "https://book.example.org"


def request(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    raw.append((b"host", b"inside:8080"))
    scope = {"type": "http", "method": "POST", "scheme": "http", "path": "/", "headers": raw}
    return Request(scope)


@pytest.mark.parametrize(
    ("headers", "public", "inside"),
    [
        ({"origin": PUBLIC}, True, False),
        ({"origin": "http://inside:8080"}, False, True),
        ({"origin": "http://book.example.org"}, False, False),
        ({"origin": f"{PUBLIC}.evil.example"}, False, False),
        ({"origin": "null"}, False, False),
        ({"origin": ""}, False, False),
        ({"origin": PUBLIC, "sec_fetch_site": "same-origin"}, True, False),
        ({"origin": PUBLIC, "sec_fetch_site": "cross-site"}, False, False),
        ({"origin": PUBLIC, "sec_fetch_site": "same-site"}, False, False),
        ({"sec_fetch_site": "same-origin"}, True, True),
        ({"sec_fetch_site": "cross-site"}, False, False),
        ({"referer": f"{PUBLIC}/s/ziegelhof/book?x=1"}, True, False),
        ({"referer": "http://inside:8080/"}, False, True),
        ({"referer": f"https://evil.example/{PUBLIC}"}, False, False),
        ({"referer": f"https://evil.example?{PUBLIC}"}, False, False),
        ({}, False, False),
    ],
)
def test_only_our_own_pages_are_ours(headers: dict[str, str], public: bool, inside: bool) -> None:
    """Behind a public address, and as the browser itself names us where none is set."""
    assert is_from_us(Settings(Path(), public_url=PUBLIC), request(**headers)) is public
    assert is_from_us(Settings(Path(), public_url=f"{PUBLIC}/"), request(**headers)) is public
    assert is_from_us(Settings(Path()), request(**headers)) is inside
