"""What can be a mail address, and which two are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.mail_address import is_mail, mail_key


@pytest.mark.parametrize(
    "text",
    ["anna@example.org", " anna@example.org ", "a.b+c@sub.example.co", "jörg@münchen.example",
     "o'hara@example.org", "x@xn--mnchen-3ya.example"],
)  # fmt: skip
def test_mail_can_be_tried_there(text: str) -> None:
    assert is_mail(text)


@pytest.mark.parametrize(
    "text",
    ["", "anna", "anna@", "@example.org", "anna@example", "anna@@example.org", "a b@example.org",
     "anna@example.org\nBcc: all@example.org", "anna@example.org, b@example.org", "<a@example.org>",
     '"anna"@example.org', "anna@example..", "a" * 65 + "@example.org", "a@" + "b" * 250 + ".org",
     "anna@example.org\0"],
)  # fmt: skip
def test_nothing_else_is_tried(text: str) -> None:
    assert not is_mail(text)


def test_two_spellings_are_one_address() -> None:
    assert mail_key(" Anna@Example.ORG") == mail_key("anna@example.org")
    assert mail_key("jo\u0308rg@example.org") == mail_key("JÖRG@example.org")
    assert mail_key("anna+x@example.org") != mail_key("anna@example.org")


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert mail_key(mail_key(text)) == mail_key(text)
