"""A kiosk proves who it is, and the server proves that it is the house."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from domain.door import certificate_bytes
from domain.sync import ClockReading, HelloAnswer
from ledger.codec import canonical
from ledger.seal import SigningKey, verify
from sync_server.admin.orders import NewKiosk, Subject
from tests.sync_server.conftest import Demo
from tests.sync_server.lobby import Lobby
from tests.sync_server.running import RunningServer

Command = Callable[..., dict[str, Any]]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def test_an_enrolled_kiosk_is_welcome_and_gets_what_it_needs(lobby: Lobby, demo: Demo) -> None:
    reply = lobby.hello()
    assert reply.answer is HelloAnswer.WELCOME
    assert reply.token
    assert reply.receipt_letter == "A"
    assert len(bytes.fromhex(reply.directory_key)) == 32
    assert lobby.me.site_id == demo.ids["site"]
    assert lobby.me.number >= 256


def test_the_door_certificate_is_signed_by_the_house_for_the_locks_of_the_site(
    lobby: Lobby,
) -> None:
    wire = lobby.hello().door_certificate
    assert wire
    assert set(wire.locks) == {"front", "courtyard"}
    assert wire.ends_at - wire.issued_at == timedelta(hours=72)
    signed = certificate_bytes(
        wire.key_number, bytes.fromhex(wire.public_key), wire.locks, wire.issued_at, wire.ends_at
    )
    assert wire.public_key == lobby.key.public_hex
    assert verify(bytes.fromhex(lobby.me.house_key), signed, bytes.fromhex(wire.signature))


def test_a_site_without_doors_gets_no_certificate(
    command: Command, demo: Demo, http: httpx.Client
) -> None:
    lobby = Lobby(http)
    lobby.enrol(command("add-kiosk", NewKiosk(demo.ids["site2"]))["code"])
    assert lobby.hello().door_certificate is None


def test_the_directory_key_stays_the_same_and_is_each_kiosks_own(
    new_lobby: Callable[[], Lobby],
) -> None:
    one, two = new_lobby(), new_lobby()
    assert one.hello().directory_key == one.hello().directory_key
    assert one.hello().directory_key != two.hello().directory_key


def test_a_challenge_is_good_once(lobby: Lobby) -> None:
    signed = lobby.signed_hello()
    post = lambda: lobby.http.post("/sync/v1/hello", content=canonical(signed))  # noqa: E731
    assert post().status_code == 200
    again = post()
    assert again.status_code == 401
    assert again.json() == {"code": "bad_hello"}


def test_a_challenge_is_over_after_a_minute(lobby: Lobby, server: RunningServer) -> None:
    signed = lobby.signed_hello()
    server.clock.ahead = timedelta(seconds=61)
    assert lobby.http.post("/sync/v1/hello", content=canonical(signed)).status_code == 401


@pytest.mark.parametrize("challenge", ["", "x", "a.1.b", "ü.9999999999.00", "." * 300])
def test_a_challenge_of_somebody_else_is_not_accepted(lobby: Lobby, challenge: str) -> None:
    assert lobby.say_hello(challenge=challenge).status_code == 401


def test_another_key_cannot_say_hello_for_a_kiosk(lobby: Lobby) -> None:
    lobby.key = SigningKey.fresh()
    assert lobby.say_hello().status_code == 401


def test_a_kiosk_nobody_knows_is_told_so_by_the_house(lobby: Lobby) -> None:
    reply = lobby.hello(kiosk_id="nobody")
    assert reply.answer is HelloAnswer.UNKNOWN_KIOSK
    assert not reply.token


def test_a_newer_protocol_alone_is_not_spoken(lobby: Lobby) -> None:
    assert lobby.say_hello(protocols=(9, 9)).status_code == 426


def test_a_token_is_over_after_a_quarter_of_an_hour(lobby: Lobby, server: RunningServer) -> None:
    assert lobby.get_page("house").status_code == 200
    server.clock.ahead = timedelta(minutes=16)
    response = lobby.get_page("house")
    assert response.status_code == 401
    assert response.json() == {"code": "hello_first"}


def test_a_revoked_kiosk_is_told_by_the_house_itself_everywhere(
    lobby: Lobby, command: Command
) -> None:
    command("revoke-kiosk", Subject(lobby.me.kiosk_id))
    for response in (lobby.get_page("house"), lobby.send(), lobby.say_hello()):
        assert response.status_code == 403
        reply = lobby.read(response)
        assert reply.answer is HelloAnswer.REVOKED
        assert not reply.token
        assert not reply.directory_key


@pytest.mark.parametrize(
    "changed",
    [
        {"incarnation": 2**63},
        {"last_n": 2**63},
        {"last_receipt": 2**63},
        {"schema": 2**63},
        {"kiosk_id": "\x00"},
        {"clock": ClockReading(LONG_AGO, 2**63, "boot")},
    ],
    ids=str,
)
def test_a_hello_that_no_ledger_could_hold_is_not_taken(
    lobby: Lobby, changed: dict[str, Any]
) -> None:
    response = lobby.say_hello(**changed)
    assert (response.status_code, response.json()) == (422, {"code": "bad_body"})


def test_a_hello_with_a_clock_of_no_zone_is_not_taken(lobby: Lobby) -> None:
    text = canonical(lobby.signed_hello(clock=ClockReading(LONG_AGO, 1, "boot"))).decode()
    naive = text.replace("2026-01-01T00:00:00Z", "2026-01-01T00:00:00")
    assert naive != text
    response = lobby.http.post("/sync/v1/hello", content=naive)
    assert (response.status_code, response.json()) == (422, {"code": "bad_body"})
