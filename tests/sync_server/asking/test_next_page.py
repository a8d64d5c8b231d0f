"""The page after signing in is one of ours."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.asking.next_page import HOME, next_page

OURS = "https://book.example.org/sign-in"


@pytest.mark.parametrize("path", ["/", "/me", "/s/ziegelhof/book?resource=x&start=y#top"])
def test_a_page_of_ours_is_gone_on_to(path: str) -> None:
    assert next_page(path) == path


@pytest.mark.parametrize(
    "text",
    [None, "", "me", "//evil.example", "/\\evil.example", "https://x.example", "/\n/x.example",
     "\t//evil.example", "javascript:alert(1)", "/" + "x" * 2000],
)  # fmt: skip
def test_nothing_else_is(text: str | None) -> None:
    assert next_page(text) == HOME


@given(st.text(alphabet="/\\:.?#@ \t\nabc", max_size=12))
def test_whatever_it_is_the_house_is_not_left(text: str) -> None:
    gone_to = urljoin(OURS, next_page(text))
    assert urlsplit(gone_to).netloc == "book.example.org"
