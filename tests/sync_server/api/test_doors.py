"""Doors for programs: who may open which by whose pass, once for each key, and what it answers."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import NewToken
from tests.sync_server.conftest import Demo
from tests.sync_server.web.door_stand import ServedDoors, served_doors


@pytest.fixture(scope="module")
def stand(founded: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDoors]:
    with served_doors(founded, tmp_path_factory.mktemp("doors")) as stand:
        yield stand


@pytest.fixture
def http(stand: ServedDoors) -> Iterator[httpx.Client]:
    base = f"{stand.server.url}/api/v1/passes"
    with httpx.Client(base_url=base, trust_env=False, timeout=10) as http:
        yield http


def bearer(stand: ServedDoors, *scopes: str, person: str | None = None) -> dict[str, str]:
    made = ask(stand.server.settings, Asked("token create", NewToken(scopes, None, person)))
    assert isinstance(made, dict), made
    return {"Authorization": f"Bearer {made['token']}"}


def press(
    http: httpx.Client, stand: ServedDoors, of: str, key: str = "", door: str = "", **more: Any
) -> httpx.Response:
    headers = {"Idempotency-Key": key or str(uuid4())} | more.pop("headers", {})
    return http.post(f"/{of}/doors/{door or stand.demo.ids['door']}", headers=headers, **more)


def test_the_address_of_the_page_is_as_strong_as_the_pass(
    stand: ServedDoors, http: httpx.Client
) -> None:
    token = stand.token("booking")
    shown = http.get(f"/{token}/doors").json()
    assert [door["name"] for door in shown["doors"]] == ["Front door", "Courtyard door"]
    assert shown["connected"] is True
    before = len(stand.openings())
    first = press(http, stand, token, "key-1")
    assert first.status_code == 200
    assert first.json()["outcome"] in ("opened", "already_open")
    assert first.json()["sentence"].startswith("The door is open. In through “Front door”.")
    again = press(http, stand, token, "key-1").json()
    assert again == first.json() | {"again": True}
    other = press(http, stand, token, "key-1", stand.demo.ids["door2"])
    assert (other.status_code, other.json()["code"]) == (409, "id_reused")
    assert len(stand.openings()) == before + 1


def test_a_person_uses_their_own_passes_and_no_other(
    stand: ServedDoors, http: httpx.Client
) -> None:
    own, foreign = stand.demo.pass_id("member"), stand.demo.pass_id("host")
    member = bearer(stand, "book", person=stand.demo.ids["member"])
    assert press(http, stand, own, headers=member).status_code == 200
    for refused in (
        press(http, stand, foreign, headers=member),
        http.get(f"/{foreign}/doors", headers=member),
        http.post(f"/{foreign}/reports", headers=member, json={}),
        http.get(f"/{'0' * 16}/doors", headers=member),
    ):
        assert (refused.status_code, refused.json()["code"]) == (404, "unknown_pass")
    assert http.get(f"/{own}/doors").status_code == 401
    assert http.get(f"/{own}/doors", headers=bearer(stand, "read")).status_code == 403
    operator = bearer(stand, "operate")
    assert http.get(f"/{foreign}/doors", headers=operator).json()["doors"]


def test_who_is_not_let_in_gets_the_rules_code_and_sentence(
    stand: ServedDoors, http: httpx.Client
) -> None:
    token, german = stand.token("expired"), {"accept-language": "de"}
    shown = http.get(f"/{token}/doors", headers=german).json()
    refused = press(http, stand, token, headers=german)
    assert shown["doors"] == []
    assert (refused.status_code, refused.json()["code"]) == (403, "expired")
    assert refused.json()["sentence"] == shown["sentence"]


def test_what_cannot_be_meant_is_told(stand: ServedDoors, http: httpx.Client) -> None:
    token, door = stand.token("host"), stand.demo.ids["door"]
    assert press(http, stand, token, door="none").json()["code"] == "unknown_door"
    assert http.post(f"/{token}/doors/{door}").json()["code"] == "bad_key"
    assert press(http, stand, token, params={"people": 0}).json()["code"] == "bad_request"


def test_a_report_is_a_ticket_and_the_same_one_again(
    stand: ServedDoors, http: httpx.Client
) -> None:
    path, at_door = f"/{stand.token('group')}/reports", {"door": stand.demo.ids["door"]}
    first = http.post(path, json=at_door)
    second = http.post(path, json=at_door).json()
    assert first.status_code == 201
    assert first.json()["other_way"] == stand.demo.ids["door2"]
    assert second == first.json() | {"again": True}
    assert http.post(path, json={"door": "none"}).json()["code"] == "unknown_door"
    assert http.post(path, json={"window": 1}).json()["code"] == "bad_body"


def test_a_jam_is_an_answer_with_the_other_way(stand: ServedDoors, http: httpx.Client) -> None:
    stand.mode("front", "jam", seconds=10)
    jammed = press(http, stand, stand.token("host")).json()
    stand.mode("front", "ok")
    assert (jammed["outcome"], jammed["other_way"]) == ("jammed", stand.demo.ids["door2"])
    assert jammed["sentence"].startswith("It’s the door, not you.")
