"""POST /api/v1/check-ins: the answers of the contract, one by one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from domain.contradiction import Contradiction
from domain.visit import Visit
from tests.sync_server.conftest import Demo
from tests.sync_server.doorman import Doorman
from tests.sync_server.lobby import Lobby, fresh_id
from tests.sync_server.running import RunningServer
from tests.sync_server.seen import all_states, events_of

NewToken = Callable[..., str]


@pytest.fixture
def doorman(http: httpx.Client, new_token: NewToken, demo: Demo) -> Doorman:
    return Doorman(http, new_token(), demo.ids["door"])


def test_a_member_is_admitted_with_a_sentence_and_an_event(
    doorman: Doorman, demo: Demo, server: RunningServer
) -> None:
    response = doorman.ask(demo.code("member"))
    assert response.status_code == 201
    answer = response.json()
    assert set(answer) == {"outcome", "reason", "sentence", "until", "remedies", "event_id"}
    assert (answer["outcome"], answer["reason"], answer["remedies"]) == ("admitted", None, [])
    assert answer["sentence"].startswith("Welcome: Booth 2 is yours until ")
    assert datetime.fromisoformat(answer["until"]) > datetime.now(UTC)
    assert events_of(server.settings, answer["event_id"])


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("revoked", "revoked"),
        ("overdue", "expired"),
        ("expired", "expired"),
        ("early", "not_yet_valid"),
        ("unpaid", "not_paid"),
        ("other_site", "wrong_site"),
    ],
)
def test_a_refusal_names_its_reason_and_always_a_way_out(
    doorman: Doorman, demo: Demo, server: RunningServer, part: str, reason: str
) -> None:
    response = doorman.ask(demo.code(part))
    assert response.status_code == 403
    answer = response.json()
    assert (answer["outcome"], answer["reason"]) == ("refused", reason)
    assert answer["remedies"][-1]["kind"] == "ask_staff"
    assert all(remedy["sentence"] for remedy in answer["remedies"])
    assert events_of(server.settings, answer["event_id"])


def test_who_is_early_is_told_from_when_on(doorman: Doorman, demo: Demo) -> None:
    answer = doorman.ask(demo.code("early")).json()
    assert answer["remedies"][0]["kind"] == "wait"
    assert answer["until"] == answer["remedies"][0]["until"]


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Welcome: have a good day."), ("de", "Willkommen: Hab einen guten Tag.")],
)
def test_a_member_round_the_clock_is_told_no_end(
    doorman: Doorman, demo: Demo, server: RunningServer, language: str, told: str
) -> None:
    server.clock.ahead = timedelta(hours=6)  # the booking is over, the membership is not
    answer = doorman.ask(demo.code("member"), language=language).json()
    assert (answer["outcome"], answer["until"], answer["sentence"]) == ("admitted", None, told)


def test_the_sentence_is_in_the_language_asked_for(doorman: Doorman, demo: Demo) -> None:
    german = doorman.ask(demo.code("revoked"), language="fr;q=0.9, de-AT;q=0.8, en;q=0.1").json()
    english = doorman.ask(demo.code("revoked"), language="en").json()
    assert german["sentence"] != english["sentence"]
    assert "ruf" in german["sentence"] or "Empfang" in german["sentence"]


def test_the_same_request_gets_the_stored_answer(
    doorman: Doorman, demo: Demo, server: RunningServer
) -> None:
    for part, status in (("member", 201), ("revoked", 403)):
        id_ = fresh_id()
        first = doorman.ask(demo.code(part), id=id_)
        again = doorman.ask(demo.code(part), id=id_, language="de")
        assert (first.status_code, again.status_code) == (status, 200)
        assert again.json() == first.json()
    visit = dict(all_states(server.settings, "visit", Visit))[demo.ids["member"]]
    assert visit.entries == 1


def test_the_same_id_with_another_body_is_refused(doorman: Doorman, demo: Demo) -> None:
    id_ = fresh_id()
    doorman.ask(demo.code("member"), id=id_)
    for changed in ({"people": 2}, {"code": demo.code("host")}, {"place": demo.ids["site"]}):
        body = {"id": id_, "code": demo.code("member"), "place": demo.ids["door"]} | changed
        response = doorman.send(body)
        assert response.status_code == 409
        assert response.json() == {"code": "id_reused"}


def test_ids_are_per_token(doorman: Doorman, demo: Demo, new_token: NewToken) -> None:
    id_ = fresh_id()
    other = Doorman(doorman.http, new_token(), doorman.place)
    assert doorman.ask(demo.code("member"), id=id_).status_code == 201
    assert other.ask(demo.code("revoked"), id=id_).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"id": "1", "code": "x", "place": "DOOR"},
        {"id": "01900000-0000-7000-8000-000000000000", "place": "DOOR"},
        {"id": "01900000-0000-7000-8000-000000000000", "code": 1, "place": "DOOR"},
        {"id": "01900000-0000-7000-8000-000000000000", "code": "x", "place": "nowhere"},
        {"id": "01900000-0000-7000-8000-000000000000", "code": "x", "place": "DOOR", "people": 0},
        {"id": "01900000-0000-7000-8000-000000000000", "code": "x", "place": "DOOR", "at": "now"},
        {
            "id": "01900000-0000-7000-8000-000000000000",
            "code": "x",
            "place": "DOOR",
            "at": "2026-05-14T09:00:00",
        },
    ],
)
def test_a_body_that_is_none_is_not_taken(doorman: Doorman, body: object) -> None:
    if isinstance(body, dict) and body.get("place") == "DOOR":
        body = body | {"place": doorman.place}
    response = doorman.send(body)
    assert response.status_code == 422
    assert "outcome" not in response.json()


@pytest.mark.parametrize("token", ["nonsense", "foyer_0_x", "foyer_ü_x", "foyer__", "x" * 9000])
def test_without_a_good_token_nothing_is_said(http: httpx.Client, demo: Demo, token: str) -> None:
    headers = {"Authorization": b"Bearer " + token.encode()}
    body = {"id": fresh_id(), "code": demo.code("member"), "place": demo.ids["door"]}
    for sent in (headers, {}):
        response = http.post("/api/v1/check-ins", json=body, headers=sent)
        assert response.status_code == 401
        assert response.json() == {"code": "no_token"}


def test_a_token_of_another_site_is_forbidden(
    doorman: Doorman, demo: Demo, new_token: NewToken
) -> None:
    there = Doorman(doorman.http, new_token(site=demo.ids["site2"]), doorman.place)
    here = Doorman(doorman.http, new_token(site=demo.ids["site"]), doorman.place)
    for place in (demo.ids["door"], demo.ids["site"], "nowhere"):
        response = there.ask(demo.code("member"), place=place)
        assert response.status_code == 403
        assert response.json() == {"code": "forbidden"}
    assert here.ask(demo.code("member")).status_code == 201


def test_the_wrong_scope_is_forbidden(doorman: Doorman, demo: Demo, new_token: NewToken) -> None:
    other = Doorman(doorman.http, new_token("check-in:offline"), doorman.place)
    response = other.ask(demo.code("member"))
    assert response.status_code == 403
    assert response.json() == {"code": "forbidden"}


def test_a_short_code_is_as_good_as_the_square_one(doorman: Doorman, demo: Demo) -> None:
    code = demo.short_code("booking").lower()
    assert doorman.ask(f"{code[:5]} {code[5:]}").status_code == 201


def test_wrong_short_codes_sent_at_once_count_one_by_one(doorman: Doorman) -> None:
    with ThreadPoolExecutor(16) as many:
        answers = list(many.map(lambda _: doorman.ask("0000000000").status_code, range(32)))
    assert (answers.count(403), answers.count(429)) == (5, 27)


def test_the_stored_answer_to_a_short_code_is_given_while_its_token_waits(
    doorman: Doorman, demo: Demo
) -> None:
    id_, code = fresh_id(), demo.short_code("member")
    first = doorman.ask(code, id=id_)
    assert first.status_code == 201
    for _ in range(5):
        doorman.ask("0000000000")
    assert doorman.ask(code).status_code == 429
    again = doorman.ask(code, id=id_)
    assert (again.status_code, again.json()) == (200, first.json())
    other = doorman.ask("0000000000", id=id_)
    assert (other.status_code, other.json()) == (409, {"code": "id_reused"})


def test_after_five_wrong_short_codes_a_token_has_to_wait(
    doorman: Doorman, demo: Demo, new_token: NewToken
) -> None:
    for _ in range(5):
        assert doorman.ask("0000000000").json()["reason"] == "unknown_code"
    for code in ("0000000000", demo.short_code("member")):
        response = doorman.ask(code)
        assert response.status_code == 429
        assert response.json() == {"code": "too_many_tries"}
        assert 0 < int(response.headers["Retry-After"]) <= 60
    assert doorman.ask(demo.code("member")).status_code == 201
    other = Doorman(doorman.http, new_token(), doorman.place)
    assert other.ask(demo.short_code("member")).status_code == 201


@pytest.mark.parametrize(
    "code",
    ["", " ", "F1", "F2" + "A" * 40, "x" * 10_000, "\u0000\u0001", "😀", "https://example.org",
     "<script>alert(1)</script>", "' OR 1=1 --", "F1" + "0" * 169, "\ud7ff"],
)  # fmt: skip
def test_whatever_else_is_held_up_gets_a_reason(doorman: Doorman, code: str) -> None:
    response = doorman.ask(code)
    assert response.status_code == 403
    assert response.json()["reason"] in ("unknown_code", "unknown_version", "bad_signature")


def test_a_changed_code_is_not_one_of_ours(doorman: Doorman, demo: Demo) -> None:
    code = demo.code("member")
    changed = code[:30] + ("0" if code[30] != "0" else "1") + code[31:]
    assert doorman.ask(changed).json()["reason"] == "bad_signature"


def test_a_group_comes_in_parts_until_it_is_complete(doorman: Doorman, demo: Demo) -> None:
    assert doorman.ask(demo.code("group"), people=3).status_code == 201
    assert doorman.ask(demo.code("group"), people=5).status_code == 201
    ninth = doorman.ask(demo.code("group"), people=1)
    assert ninth.json()["reason"] == "party_full"
    too_many = doorman.ask(demo.code("host"), people=2).json()
    assert too_many["remedies"][0] | {"sentence": ""} == {
        "kind": "enter_fewer",
        "people": 1,
        "sentence": "",
    }


def test_sixteen_at_once_with_a_pass_for_one_entry(doorman: Doorman, demo: Demo, once: str) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: doorman.ask(once), range(16)))
    assert sorted(answer.status_code for answer in answers) == [201] + [403] * 15
    reasons = {a.json()["reason"] for a in answers if a.status_code == 403}
    assert reasons == {"already_used"}


@pytest.mark.parametrize("seconds", [-59, 0, 59])
def test_within_a_minute_it_is_decided_now(doorman: Doorman, demo: Demo, seconds: int) -> None:
    at = datetime.now(UTC) + timedelta(seconds=seconds)
    response = doorman.ask(demo.code("revoked"), at=at)
    assert response.status_code == 403
    assert response.json()["outcome"] == "refused"


@pytest.mark.parametrize("ago", [timedelta(seconds=62), timedelta(hours=71, minutes=59)])
def test_what_happened_is_recorded_and_judged(
    doorman: Doorman, demo: Demo, new_token: NewToken, server: RunningServer, ago: timedelta
) -> None:
    at = datetime.now(UTC) - ago
    plain = doorman.ask(demo.code("member"), at=at)
    assert (plain.status_code, plain.json()) == (403, {"code": "forbidden"})
    late = Doorman(doorman.http, new_token("check-in", "check-in:offline"), doorman.place)
    response = late.ask(demo.code("member"), at=at)
    assert response.status_code == 201
    assert response.json()["contradiction"] is None
    for code, why in ((demo.code("other_site"), "wrong_site"), ("nothing", "unknown_code")):
        answer = late.ask(code, at=at)
        assert answer.status_code == 201
        assert answer.json()["outcome"] == "admitted"
        assert answer.json()["contradiction"] == why
        assert events_of(server.settings, answer.json()["event_id"])
        raised = dict(all_states(server.settings, "contradiction", Contradiction))
        assert raised[answer.json()["event_id"]].code == why


@pytest.mark.parametrize("ahead", [timedelta(seconds=62), -timedelta(hours=72, seconds=2)])
def test_the_future_and_the_distant_past_are_not_taken(
    doorman: Doorman, demo: Demo, new_token: NewToken, ahead: timedelta
) -> None:
    late = Doorman(doorman.http, new_token("check-in", "check-in:offline"), doorman.place)
    response = late.ask(demo.code("member"), at=datetime.now(UTC) + ahead)
    assert (response.status_code, response.json()) == (422, {"code": "bad_time"})


def test_a_kiosk_sees_who_came_in_by_the_api(doorman: Doorman, demo: Demo, lobby: Lobby) -> None:
    before = lobby.everything(lobby.stream)
    doorman.ask(demo.code("member"))
    page = lobby.pull(lobby.stream, before.to, before.hash)
    assert {"visit"} <= {state.kind for state in page.states}
