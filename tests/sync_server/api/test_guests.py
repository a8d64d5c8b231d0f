"""Guests and problems of a booking over the API."""

from typing import Any

import pytest

from tests.sync_server.api.conftest import Programs

TOM = {"name": "Tom Vogt", "mail": "tom.vogt@example.org"}
EVA = {"mail": "eva@example.org"}


@pytest.fixture
def path(programs: Programs) -> str:
    return f"/bookings/{programs.booked(party=3)['id']}"


def test_each_guest_is_invited_once_and_listed(programs: Programs, path: str) -> None:
    made = programs.ask("POST", f"{path}/guests", json={"guests": [TOM, EVA]})
    assert made.status_code == 201, made.text
    names = [(each["name"], each["party"], each["page"]) for each in made.json()["guests"]]
    assert names == [("Tom Vogt", 1, None), ("eva", 1, None)]
    again = programs.ask("POST", f"{path}/guests", json={"guests": [EVA]})
    assert again.json() == {"guests": []}
    listed = programs.ask("GET", f"{path}/guests")
    assert listed.json() == made.json()


def test_one_pass_is_handed_on_by_its_host(programs: Programs, path: str) -> None:
    (party,) = programs.ask("POST", f"{path}/guests", json={"people": 4}).json()["guests"]
    assert (party["party"], party["name"]) == (4, "")
    assert "/b/" in party["page"]
    too_many = programs.ask("POST", f"{path}/guests", json={"people": 4})
    assert (too_many.status_code, too_many.json()["code"]) == (422, "too_many_guests")
    gone = programs.ask("DELETE", f"{path}/guests/{party['id']}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert programs.ask("GET", f"{path}/guests").json() == {"guests": []}
    for id_ in (party["id"], "nobody"):
        nobody = programs.ask("DELETE", f"{path}/guests/{id_}")
        assert (nobody.status_code, nobody.json()["code"]) == (404, "unknown_guest")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "bad_body"),
        ({"guests": [TOM], "people": 2}, "bad_body"),
        ({"people": 0}, "bad_body"),
        ({"guests": [{"mail": "nobody"}]}, "bad_guest"),
        ({"guests": [TOM] * 51}, "bad_body"),
        ({"guests": [{"mail": "a\0b@example.org"}]}, "bad_body"),
    ],
)
def test_who_cannot_be_invited_is_told(
    programs: Programs, path: str, body: dict[str, Any], code: str
) -> None:
    answer = programs.ask("POST", f"{path}/guests", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert programs.ask("GET", f"{path}/guests").json() == {"guests": []}


def test_a_problem_is_one_ticket_for_each_key(programs: Programs, path: str) -> None:
    body = {"trouble": "broken", "words": "The screen stays dark."}
    tickets = [
        programs.ask("POST", f"{path}/tickets", json=body, headers={"Idempotency-Key": key})
        for key in ("1", "1", "2")
    ]
    assert [each.status_code for each in tickets] == [201] * 3
    ids = [each.json()["ticket"] for each in tickets]
    assert (ids[0] == ids[1], ids[0] == ids[2]) == (True, False)
    for wrong in ({"trouble": "lonely"}, {"trouble": "dirty", "words": "x" * 501}, {}):
        headers = {"Idempotency-Key": "3"}
        answer = programs.ask("POST", f"{path}/tickets", json=wrong, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_body")


@pytest.mark.parametrize(
    ("method", "what", "body"),
    [
        ("GET", "/guests", None),
        ("POST", "/guests", {"people": 1}),
        ("DELETE", "/guests/x", None),
        ("POST", "/tickets", {"trouble": "dirty"}),
    ],
)
def test_for_everybody_else_the_booking_is_not_there(
    programs: Programs, path: str, method: str, what: str, body: Any
) -> None:
    def ask(asker: str | None, where: str = path) -> Any:
        headers = {"Idempotency-Key": "1"}
        return programs.ask(method, f"{where}{what}", asker, json=body, headers=headers)

    nothing = ask("other", "/bookings/nothing")
    assert (nothing.status_code, nothing.json()["code"]) == (404, "unknown_booking")
    for asker in ("other", "operator_elsewhere"):
        assert (ask(asker).status_code, ask(asker).json()) == (404, nothing.json())
    assert (ask(None).status_code, ask("auditor").status_code) == (401, 403)
