"""Every operation, asked by everybody about somebody else's things: nothing is told or changed."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.sync_server.conftest import Demo
from tests.sync_server.security.house import STRANGERS, Asking, asked_house, told
from tests.sync_server.security.operations import Of, Operation, names_of, operations

LINKS = ("pass link", "payment link", "hold link")
REFUSED = (401, 403, 404, 422)


@pytest.fixture(scope="module")
def asking(founded: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with asked_house(founded, tmp_path_factory.mktemp("security")) as house:
        yield house


THINGS = {
    "payments": "payment",
    "bookings": "booking",
    "series": "series",
    "passes": "pass",
    "pay": "payment link",
    "b": "pass link",
    "hold": "hold link",
}
"""Which of Jana's things stands in an address, by a word of the path."""


def thing_of(operation: Operation) -> str:
    """What an operation takes in its address; else the person in its body."""
    words = operation.path.split("/") if operation.parameters else []
    return next((THINGS[word] for word in words if word in THINGS), "person")


def missing(thing: str) -> str:
    """An id of the right shape that nothing has."""
    if thing.endswith("link"):
        return secrets.token_urlsafe(24)
    return secrets.token_hex(8) if thing == "pass" else str(uuid4())


def body_of(operation: Operation, demo: Demo, person: str) -> dict[str, Any]:
    """A whole body for what needs one, about this person."""
    starts = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=3)
    ends = starts + timedelta(hours=1)
    times = {"start": starts.isoformat(), "end": ends.isoformat()}
    slot = {"resource": demo.ids["resource"], **times, "add_ons": []}
    if operation.path in ("/api/v1/bookings", "/api/v1/quotes"):
        return slot | {"person": person}
    if operation.path == "/api/v1/day-passes":
        day = starts.date().isoformat()
        return {"site": demo.ids["site"], "date": day, "product": "day", "person": person}
    if operation.path.startswith("/api/v1/series"):
        whole = slot | {"person": person, "rrule": "FREQ=DAILY;COUNT=2"}
        return {"date": starts.date().isoformat()} if operation.parameters else whole
    return {} if "/passes/" in operation.path else times


def asked(asking: Asking, who: str, operation: Operation, id_: str) -> tuple[int, str]:
    """What this asker is told about the thing with this id."""
    values = {
        name: id_ if "id" in name or name == "token" else "x" for name in operation.parameters
    }
    headers = {"idempotency-key": str(uuid4()), "accept": "text/html"}
    if operation.of is Of.ID:
        headers["accept"] = "application/json"
    sent: dict[str, Any] = {"headers": headers}
    if operation.method != "GET" and operation.of is Of.ID:
        sent["params"] = {"from": "2026-01-01"} if operation.method == "DELETE" else {}
        sent["json"] = body_of(operation, asking.demo, id_)
    answer = asking.askers[who].ask(operation.method, operation.filled(values), **sent)
    return told(answer, id_)


def test_every_operation_says_what_it_is_about() -> None:
    """Whoever adds one says in `operations.ABOUT` whose things it touches."""
    found = operations()
    assert len(found) > 30
    assert names_of(each for each in found if each.of is None) == []


@pytest.mark.parametrize("operation", operations(Of.ID), ids=str)
@pytest.mark.parametrize("who", STRANGERS)
def test_what_is_anothers_is_neither_told_nor_changed(
    asking: Asking, operation: Operation, who: str
) -> None:
    thing = thing_of(operation)
    before = asking.everything()
    theirs = asked(asking, who, operation, asking.things[thing])
    nobodys = asked(asking, who, operation, missing(thing))
    assert theirs == nobodys, "whether it is there cannot be seen"
    assert theirs[0] in REFUSED
    assert asking.everything() == before


@pytest.mark.parametrize(
    "operation",
    [each for each in operations(Of.ID) if each.method == "GET" and each.parameters],
    ids=str,
)
@pytest.mark.parametrize("who", ["own", "own browser", "operator", "operator here"])
def test_whose_it_is_and_who_runs_the_site_are_told(
    asking: Asking, operation: Operation, who: str
) -> None:
    """So what the others were refused was there to be had."""
    status, _ = asked(asking, who, operation, asking.things[thing_of(operation)])
    assert status == 200


@pytest.mark.parametrize("operation", operations(Of.OWN), ids=str)
@pytest.mark.parametrize("who", STRANGERS)
def test_a_list_holds_nothing_of_others(asking: Asking, operation: Operation, who: str) -> None:
    params = {"from": "2000-01-01T00:00:00Z", "site": asking.demo.ids["site"]}
    answer = asking.askers[who].ask(operation.method, operation.path, params=params)
    assert answer.status_code in (200, *REFUSED)
    for thing in ("booking", "person", "payment"):
        assert asking.things[thing] not in answer.text
    own = asking.askers["own"].ask(operation.method, operation.path, params=params)
    assert asking.things["person"] in own.text


@pytest.mark.parametrize("operation", operations(Of.STAFF), ids=str)
@pytest.mark.parametrize("who", [*STRANGERS, "own", "own browser"])
def test_what_is_for_staff_is_for_nobody_else(
    asking: Asking, operation: Operation, who: str
) -> None:
    query = {"site": asking.demo.ids["site"], "from": "2026-05-14", "to": "2026-05-14"}
    query |= {"resource": asking.demo.ids["resource"], "figure": "booked"}
    body = {"text": ""} if operation.method == "POST" else None
    before = asking.everything()
    answer = asking.askers[who].ask(operation.method, operation.path, params=query, json=body)
    assert answer.status_code in (401, 403)
    assert set(answer.json()) == {"code", "sentence"}
    assert asking.everything() == before


@pytest.mark.parametrize("operation", operations(Of.LINK), ids=str)
def test_a_link_that_is_almost_right_opens_nothing(asking: Asking, operation: Operation) -> None:
    """Whoever asks; and an operator's token is no way around it."""
    right = asking.things[thing_of(operation)]
    other = next(each for each in LINKS if asking.things[each] != right)
    almost = (
        *(right[:-1], f"{right}A", _one_changed(right)),
        *(asking.things[other], "no-link", missing("link")),
    )
    before = asking.everything()
    for who in ("nobody", "own browser", "other member's browser", "operator"):
        told_ = {asked(asking, who, operation, wrong) for wrong in almost}
        assert len({text for _, text in told_}) == 1, told_
        assert {status for status, _ in told_} <= {303, 403, 404}
    assert asking.everything() == before


def _one_changed(link: str) -> str:
    """The same with one bit of its first byte turned."""
    return ("B" if link[0] != "B" else "C") + link[1:]


@pytest.mark.parametrize("operation", operations(Of.SELF), ids=str)
@pytest.mark.parametrize("who", [each for each in STRANGERS if each != "other member's browser"])
def test_nobody_is_anybody_without_signing_in(
    asking: Asking, operation: Operation, who: str
) -> None:
    """A token is for programs; no page takes it for a person."""
    before = asking.everything()
    data = {"passkey": asking.things["passkey"], "language": "de"}
    answer = asking.askers[who].ask(
        operation.method, operation.path, data=data if operation.method != "GET" else None
    )
    assert answer.status_code in (303, 403)
    assert answer.headers.get("location", "/sign-in").startswith(("/sign-in", "/"))
    assert "Jana" not in answer.text
    assert asking.everything() == before


def test_the_passkey_of_another_cannot_be_dropped(asking: Asking) -> None:
    before = asking.everything()
    browser = asking.askers["other member's browser"]
    answers = [
        told(browser.ask("POST", "/me/passkeys/drop", data={"passkey": key}), key)
        for key in (asking.things["passkey"], "no-such-key")
    ]
    assert answers[0] == answers[1]
    assert asking.everything() == before


@pytest.mark.parametrize("operation", operations(Of.KIOSK), ids=str)
@pytest.mark.parametrize("who", [*(each for each in STRANGERS if each != "kiosk"), "operator"])
def test_only_kiosks_get_what_is_for_kiosks(asking: Asking, operation: Operation, who: str) -> None:
    query = {"stream": f"site:{asking.demo.ids['site']}", "epoch": "x"}
    answer = asking.askers[who].ask(operation.method, operation.path, params=query)
    assert answer.status_code == 401
    assert answer.json() == {"code": "hello_first"}


@pytest.mark.parametrize("operation", operations(Of.NOBODY), ids=str)
@pytest.mark.parametrize("who", ["nobody", "other member's browser", "operator elsewhere"])
def test_what_is_for_everybody_names_nobody(asking: Asking, operation: Operation, who: str) -> None:
    fill = {"slug": "ziegelhof", "name": "imprint", "fingerprint": "x"}
    values = {name: fill.get(name, "x") for name in operation.parameters}
    site, today = asking.demo.ids["site"], datetime.now(UTC).date().isoformat()
    answer = asking.askers[who].ask(
        operation.method, operation.filled(values), params={"site": site, "date": today}
    )
    private = [asking.things["booking"], asking.things["person"], asking.things["payment"]]
    for word in ("Jana", "Kessler", "jana@", *private):
        assert word not in answer.text


def test_a_cookie_alone_changes_nothing_over_the_api(asking: Asking) -> None:
    """A page of somebody else's can send it along; it cannot send the header."""
    operation = Operation("POST", "/api/v1/bookings", Of.ID)
    browser = asking.askers["own browser"]
    assert browser.client
    body = body_of(operation, asking.demo, asking.things["person"])
    before = asking.everything()
    for headers in ({}, {"origin": asking.url}, {"origin": "https://evil.example"}):
        answer = browser.client.post(
            operation.path, json=body, headers=headers | {"idempotency-key": str(uuid4())}
        )
        assert answer.status_code == 401
    assert asking.everything() == before
