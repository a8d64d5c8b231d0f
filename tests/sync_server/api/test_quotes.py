"""POST /api/v1/quotes: the price of this slot for this person."""

from typing import Any

import httpx
import pytest

from tests.sync_server.api.conftest import NINE, TEN, Programs
from tests.sync_server.booking.town import MEMBER, ROOM


def quote(programs: Programs, asker: str | None, **body: Any) -> httpx.Response:
    language = body.pop("language", "en")
    wish = {"resource": ROOM, "start": NINE, "end": TEN} | body
    return programs.ask("POST", "/quotes", asker, json=wish, language=language)


def test_a_guest_is_told_lines_vat_and_ways_to_pay(programs: Programs) -> None:
    answer = quote(programs, None, party=3, add_ons=[{"id": "coffee", "quantity": 2}])
    assert answer.status_code == 200
    told = answer.json()
    price = told["price"]
    assert (price["currency"], price["total_cents"]) == ("EUR", 2000 + 3 * 2 * 300)
    assert sum(line["cents"] for line in price["lines"]) == price["total_cents"]
    (share,) = price["vat"]
    assert share["net_cents"] + share["vat_cents"] == share["gross_cents"] == price["total_cents"]
    assert price["net_cents"] == share["net_cents"]
    assert any("Coffee" in line["sentence"] for line in price["lines"])
    assert (told["free"], told["alternatives"], told["pay_by"]) == (True, [], ["link", "invoice"])
    assert (told["start"], told["end"]) == (NINE, TEN)


def test_a_member_is_told_what_their_plan_includes(programs: Programs) -> None:
    told = quote(programs, "member").json()
    assert (told["price"]["total_cents"], told["price"]["included_min"]) == (0, 60)
    asked_by_staff = quote(programs, "operator", person=MEMBER).json()
    assert asked_by_staff["price"] == told["price"]


def test_nobody_is_told_what_somebody_else_would_pay(programs: Programs) -> None:
    for asker in (None, "other", "auditor", "operator_elsewhere", "door"):
        answer = quote(programs, asker, person=MEMBER)
        assert (answer.status_code, answer.json()["code"]) == (422, "unknown_person")


def test_what_the_rules_refuse_has_their_code_and_words_in_the_language_asked_for(
    programs: Programs,
) -> None:
    off_grid = {"start": "2026-05-15T09:07:00+02:00"}
    english = quote(programs, None, **off_grid)
    german = quote(programs, None, language="de", **off_grid)
    assert (english.status_code, english.json()["code"]) == (422, "off_grid")
    assert german.json()["code"] == "off_grid"
    assert english.json()["sentence"] != german.json()["sentence"]


def test_what_somebody_has_is_not_free_but_has_a_price(programs: Programs) -> None:
    programs.booked()
    told = quote(programs, None).json()
    assert (told["free"], told["price"]["total_cents"]) == (False, 2000)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"resource": "nothing"}, "unknown_resource"),
        ({"resource": "a\0b"}, "bad_body"),
        ({"resource": ""}, "bad_body"),
        ({"resource": 7}, "bad_body"),
        ({"start": "2026-05-15T09:00:00"}, "bad_body"),
        ({"start": "2026-05-15"}, "bad_body"),
        ({"start": 1779000000}, "bad_body"),
        ({"start": "2026-06-30T23:59:60Z"}, "bad_body"),
        ({"start": "0001-01-01T00:00:00+23:59"}, "no_such_year"),
        ({"end": "9999-12-31T23:59:59-23:59"}, "no_such_year"),
        ({"start": TEN, "end": NINE}, "no_time"),
        ({"start": "2101-01-01T09:00:00Z", "end": "2101-01-01T10:00:00Z"}, "no_such_year"),
        ({"start": "2026-05-13T09:00:00Z", "end": "2026-05-13T10:00:00Z"}, "in_the_past"),
        ({"party": 0}, "no_party"),
        ({"party": 10**30}, "bad_body"),
        ({"party": 1.5}, "bad_body"),
        ({"party": 7}, "party_too_large"),
        ({"add_ons": [{"id": "gold"}]}, "unknown_add_on"),
        ({"add_ons": [{"id": "beamer", "quantity": 4}]}, "too_many_add_ons"),
        ({"add_ons": [{"id": "beamer", "quantity": 0}]}, "bad_body"),
        ({"add_ons": [{"id": "beamer"}] * 51}, "bad_body"),
        ({"add_on": []}, "bad_body"),
    ],
)
def test_what_cannot_be_is_told_as_such(
    programs: Programs, body: dict[str, Any], code: str
) -> None:
    answer = quote(programs, None, **body)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert answer.json()["sentence"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"resource": "clay", "resource": "kiln", "start": "%s", "end": "%s"}',
        b'{"resource": "\\ud800", "start": "%s", "end": "%s"}',
        b'{"resource": "clay", "start": "%s", "end": "%s", "party": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"resource": NaN}',
    ],
)
def test_what_is_no_good_json_is_not_taken(programs: Programs, raw: bytes) -> None:
    body = raw % (NINE.encode(), TEN.encode()) if b"%s" in raw else raw
    answer = programs.ask("POST", "/quotes", None, content=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_body")


def test_a_body_without_end_is_not_read(programs: Programs) -> None:
    answer = programs.ask("POST", "/quotes", None, content=b" " * 400_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
