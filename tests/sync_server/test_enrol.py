"""A one-time code makes a kiosk: once, within ten minutes, with five wrong tries at most."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx

from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import NewKiosk
from sync_server.use_cases.refusal import Refusal
from tests.sync_server.conftest import Demo
from tests.sync_server.lobby import Lobby
from tests.sync_server.running import RunningServer

Command = Callable[..., dict[str, Any]]


def code_of(command: Command, demo: Demo) -> str:
    return str(command("add-kiosk", NewKiosk(demo.ids["site"]))["code"])


def test_a_code_is_ten_letters_and_good_once(
    command: Command, demo: Demo, http: httpx.Client
) -> None:
    code = code_of(command, demo)
    assert len(code) == 10
    assert Lobby(http).enrol(code).status_code == 200
    again = Lobby(http).enrol(code)
    assert again.status_code == 404
    assert again.json() == {"code": "unknown_enrolment"}


def test_blanks_and_small_letters_are_forgiven(
    command: Command, demo: Demo, http: httpx.Client
) -> None:
    code = code_of(command, demo).lower()
    assert Lobby(http).enrol(f" {code[:5]}-{code[5:]} ").status_code == 200


def test_a_code_is_over_after_ten_minutes(
    command: Command, demo: Demo, http: httpx.Client, server: RunningServer
) -> None:
    code = code_of(command, demo)
    server.clock.ahead = timedelta(minutes=11)
    assert Lobby(http).enrol(code).status_code == 404


def test_five_wrong_tries_end_a_code(command: Command, demo: Demo, http: httpx.Client) -> None:
    code = code_of(command, demo)
    for _ in range(5):
        assert Lobby(http).enrol("0000000000").status_code == 404
    assert Lobby(http).enrol(code).status_code == 404


def test_four_wrong_tries_do_not(command: Command, demo: Demo, http: httpx.Client) -> None:
    code = code_of(command, demo)
    for _ in range(4):
        Lobby(http).enrol("0000000000")
    assert Lobby(http).enrol(code).status_code == 200


def test_a_key_that_is_none_is_not_taken(command: Command, demo: Demo, http: httpx.Client) -> None:
    code = code_of(command, demo)
    for text in ("zz" * 32, "ab" * 31 + "  ", "ab" * 31, ""):
        body = {"code": code, "public_key": text}
        assert http.post("/sync/v1/enrol", json=body).status_code == 422
    assert Lobby(http).enrol(code).status_code == 200


def test_kiosks_have_numbers_of_their_own(new_lobby: Callable[[], Lobby]) -> None:
    numbers = {new_lobby().me.number for _ in range(3)}
    assert len(numbers) == 3


def test_a_kiosk_needs_a_site_and_a_door_that_are_there(server: RunningServer, demo: Demo) -> None:
    for wanted in (NewKiosk("nowhere"), NewKiosk(demo.ids["site2"], door=demo.ids["door"])):
        assert isinstance(ask(server.settings, Asked("add-kiosk", wanted)), Refusal)
