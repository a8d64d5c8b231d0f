"""States come down: all of the house and of one's own site, nothing else, and no names."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from domain.sync import NameDown, Op, Page
from ledger.codec import decode, state_digest
from sync_server.admin.orders import Subject
from tests.sync_server.conftest import Demo
from tests.sync_server.lobby import Lobby, fresh_id
from tests.sync_server.test_push import arrival

Command = Callable[..., dict[str, Any]]


def test_a_kiosk_gets_the_house_and_its_site_in_pages(lobby: Lobby) -> None:
    house, page = lobby.everything("house"), lobby.pull("house", limit=5)
    assert {"person", "plan", "membership", "trust", "pass"} == {s.kind for s in house.states}
    assert len(page.states) == 5
    assert page.more
    states = list(page.states)
    while page.more:
        page = lobby.pull("house", page.to, page.hash, limit=5)
        states += page.states
    assert tuple(states) == house.states
    assert [state.seq for state in states] == sorted(state.seq for state in states)


def test_no_name_and_no_address_comes_down_with_the_states(lobby: Lobby) -> None:
    for stream in ("house", lobby.stream):
        text = lobby.get_page(stream, limit=1000).text
        for secret in ("Kessler", "Jana", "example.org", "Lindqvist"):
            assert secret not in text


def test_the_directory_has_first_names_and_initials(lobby: Lobby, demo: Demo) -> None:
    bearer = {"Authorization": f"Bearer {lobby.token}"}
    names = decode(lobby.http.get("/sync/v1/names", headers=bearer).content, list[NameDown])
    assert NameDown(demo.ids["member"], "Jana K.") in names


def test_another_site_is_not_for_this_kiosk(lobby: Lobby, demo: Demo) -> None:
    for stream in (f"site:{demo.ids['site2']}", "nowhere", ""):
        assert lobby.get_page(stream).status_code == 404


def test_a_cursor_that_is_not_of_this_log_has_to_start_over(lobby: Lobby) -> None:
    page = lobby.everything("house")
    wrong: list[dict[str, Any]] = [
        {"after": page.to, "hash_": "11" * 32},
        {"after": page.to + 1, "hash_": page.hash},
        {"after": page.to, "hash_": page.hash, "epoch": fresh_id()},
    ]
    for query in wrong:
        response = lobby.get_page("house", **query)
        assert response.status_code == 410
        assert response.json() == {"code": "resync_required"}
    assert lobby.get_page("house", page.to, page.hash).status_code == 200


@pytest.mark.parametrize("query", [{"after": 2**63}, {"after": -1}, {"limit": 2**63}])
@pytest.mark.parametrize("path", ["pull", "snapshot"])
def test_a_number_no_log_comes_to_is_not_taken(
    lobby: Lobby, path: str, query: dict[str, int]
) -> None:
    bearer = {"Authorization": f"Bearer {lobby.token}"}
    params = {"stream": "house", "epoch": lobby.epoch, "hash": "11" * 32} | query
    response = lobby.http.get(f"/sync/v1/{path}", params=params, headers=bearer)
    assert response.status_code == 422


def test_the_digest_is_that_of_all_states_pulled(lobby: Lobby) -> None:
    page = lobby.pull(lobby.stream, limit=1000, digest=1)
    assert not page.more
    assert page.digest
    total = sum(state_digest(s.kind, s.subject, s.state or "") for s in page.states)
    assert page.digest.count == len(page.states)
    assert page.digest.sum == total % 2**64


def test_a_long_poll_ends_soon_after_something_happened(lobby: Lobby, demo: Demo) -> None:
    here = lobby.everything(lobby.stream)
    found: list[tuple[float, Page]] = []

    def wait() -> None:
        page = lobby.pull(lobby.stream, here.to, here.hash, wait=25)
        found.append((time.monotonic(), page))

    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.3)
    pushed_at = time.monotonic()
    lobby.push(arrival(lobby, demo))
    waiting.join(timeout=5)
    assert [state.kind for state in found[0][1].states] == ["visit"]
    assert found[0][0] - pushed_at < 5.0


def test_a_long_poll_without_news_is_a_sign_of_life(lobby: Lobby) -> None:
    here = lobby.everything("house")
    began = time.monotonic()
    page = lobby.pull("house", here.to, here.hash, wait=1)
    assert time.monotonic() - began >= 0.9
    assert page.states == ()
    assert page.to == here.to
    assert page.hash == here.hash


def test_a_kiosk_revoked_while_it_waits_is_told_at_once(lobby: Lobby, command: Command) -> None:
    here = lobby.everything("house")
    answers: list[int] = []

    def wait() -> None:
        answers.append(lobby.get_page("house", here.to, here.hash, wait=25).status_code)

    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.3)
    command("revoke-kiosk", Subject(lobby.me.kiosk_id))
    waiting.join(timeout=5)
    assert answers == [403]


def test_an_erased_person_comes_down_as_such(lobby: Lobby, demo: Demo, command: Command) -> None:
    here = lobby.everything("house")
    command("erase-person", Subject(demo.ids["member"]))
    page = lobby.pull("house", here.to, here.hash)
    assert [(s.kind, s.subject, s.op) for s in page.states] == [
        ("person", demo.ids["member"], Op.ERASE)
    ]
    bearer = {"Authorization": f"Bearer {lobby.token}"}
    names = lobby.http.get("/sync/v1/names", headers=bearer).text
    assert "Jana" not in names


def test_a_snapshot_is_all_of_a_stream_from_the_beginning(lobby: Lobby) -> None:
    bearer = {"Authorization": f"Bearer {lobby.token}"}
    query = {"stream": lobby.stream, "limit": 1000}
    response = lobby.http.get("/sync/v1/snapshot", params=query, headers=bearer)
    page = decode(response.content, Page)
    assert page.states == lobby.everything(lobby.stream).states
    assert page.digest
    query = {"stream": "nowhere"}
    assert lobby.http.get("/sync/v1/snapshot", params=query, headers=bearer).status_code == 404
