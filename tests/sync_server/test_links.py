"""The address of a pass's own page: nobody can guess it, and nothing near it opens it."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.keys import HouseKeys
from sync_server.links import pass_of_token, pass_token
from sync_server.settings import BadSettings, load_settings
from tests.sync_server.conftest import Demo

PASS_ID = "00ff10203040506f"


def test_a_token_leads_to_its_pass_and_fits_an_address(founded: Demo) -> None:
    keys = founded.keys
    token = pass_token(keys, PASS_ID)
    assert pass_of_token(keys, token) == PASS_ID
    assert len(token) == 32
    assert token.replace("-", "").replace("_", "").isalnum()


def test_every_changed_letter_leads_nowhere(founded: Demo) -> None:
    token = pass_token(founded.keys, PASS_ID)
    for at, letter in enumerate(token):
        other = "A" if letter != "A" else "B"
        assert pass_of_token(founded.keys, token[:at] + other + token[at + 1 :]) is None


@given(st.text(max_size=60) | st.binary(max_size=40).map(lambda b: base64.b64encode(b).decode()))
def test_nothing_else_leads_anywhere(founded: Demo, text: str) -> None:
    assert pass_of_token(founded.keys, text) is None


def test_another_house_knows_other_tokens(founded: Demo) -> None:
    other = HouseKeys(founded.keys.signing, founded.keys.sealing, b"another secret")
    assert pass_of_token(other, pass_token(founded.keys, PASS_ID)) is None


@pytest.mark.parametrize(
    "url", ["desk.example.org", "ftp://x", "https://x/y", "http://[", "http://"]
)
def test_a_public_address_that_no_browser_could_use_is_told(url: str) -> None:
    with pytest.raises(BadSettings, match="public address"):
        load_settings({"data": "x", "public_url": url}, {})


def test_without_a_public_address_the_one_it_listens_on_counts() -> None:
    assert load_settings({"data": "x", "port": 81}, {}).base_url == "http://127.0.0.1:81"
    public = load_settings({"data": "x", "public_url": "https://desk.example.org/"}, {})
    assert public.base_url == "https://desk.example.org"
