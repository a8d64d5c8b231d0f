"""Answers that no device gave: refused in one way, whatever is wrong with them."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.passkeys import Passkey
from sync_server.asking.ceremonies import (
    Credential,
    RelyingParty,
    Signed,
    new_key,
    sign_count_of_use,
)
from tests.ledger.acts import START
from tests.sync_server.conftest import Demo
from tests.sync_server.running import RunningServer
from tests.sync_server.web.mail_links import sign_in
from tests.sync_server.web.people import Person, arrives, forms_in

PARTY = RelyingParty("localhost", "Ziegelhof", "http://localhost")
KEY = Passkey("aa", "p", b"\xa5\x01\x02", 0, "", START)
text = st.one_of(
    st.binary(max_size=200).map(lambda raw: base64.urlsafe_b64encode(raw).decode().rstrip("=")),
    st.text(max_size=40),
)


@given(st.builds(Credential, text, text, st.sampled_from(["public-key", "x"]),
                 st.builds(Signed, text, text, text, text, st.none() | text)))  # fmt: skip
@settings(max_examples=300)
def test_whatever_somebody_makes_up_is_no_key_and_no_signature(made_up: Credential) -> None:
    assert new_key(PARTY, b"x" * 32, made_up) is None
    assert sign_count_of_use(PARTY, b"x" * 32, made_up, KEY) is None


@pytest.fixture
def member(server: RunningServer, demo: Demo) -> Iterator[Person]:
    person = arrives(server.url)
    with person.http:
        sign_in(person, server.settings, demo.keys, demo.ids["member"])
        yield person


PART = {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}
WHOLE = {"credential": {"id": "aa", "rawId": "aa", "type": "public-key", "response": PART}}


@pytest.mark.parametrize(
    "body", [{}, [], {"credential": {}}, {"credential": None}, WHOLE, {"x": "y" * 100_000}]
)
@pytest.mark.parametrize("path", ["/sign-in/passkey", "/me/passkeys"])
def test_the_answer_is_always_the_same(member: Person, path: str, body: Any) -> None:
    token = forms_in(member.http.get("/me").text)[0].values["csrf"]
    headers = {"origin": member.origin, "x-csrf-token": token}
    for before in ("", "/options"):
        if before:
            assert member.http.post(path + before, json={}, headers=headers).status_code == 200
        answer = member.http.post(path, json=body, headers=headers)
        assert (answer.status_code, answer.json()) == (403, {"code": "not_proven"})
