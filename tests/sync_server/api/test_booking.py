"""POST /api/v1/bookings: booked once for each key, or why not."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.sync_server.api.conftest import NINE, TEN, Programs
from tests.sync_server.booking.town import MEMBER, OTHER, ROOM, SITE


def test_a_member_books_and_is_told_all_of_it(programs: Programs) -> None:
    made = programs.book(end="2026-05-15T12:00:00+02:00", add_ons=[{"id": "beamer"}])
    assert made.status_code == 201
    told = made.json()
    assert (told["site"], told["resource"], told["person"]) == (SITE, ROOM, MEMBER)
    assert (told["start"], told["end"]) == (NINE, "2026-05-15T12:00:00+02:00")
    assert (told["status"], told["party"], told["fee_cents"]) == ("confirmed", 1, 0)
    assert told["add_ons"] == [{"id": "beamer", "quantity": 1}]
    assert (told["price"]["total_cents"], told["price"]["included_min"]) == (2000 + 1500, 120)
    assert (told["pay_by"], told["paid"], told["series"]) == ("invoice", True, None)
    assert told["made_at"].startswith("2026-05-14T10:00:")


def test_the_same_request_with_the_same_key_gets_the_same_booking(programs: Programs) -> None:
    first = programs.book(key="mine")
    again = programs.book(key="mine", start="2026-05-15T07:00:00Z")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json(), "the same instants, however they are written"
    other = programs.book(key="mine", party=2)
    assert (other.status_code, other.json()["code"]) == (409, "id_reused")


def test_keys_of_two_people_have_nothing_to_do_with_each_other(programs: Programs) -> None:
    assert programs.book("member", key="1").status_code == 201
    assert programs.book("other", key="1").json()["code"] == "slot_taken"


def test_of_many_with_one_key_all_get_the_one_booking(programs: Programs) -> None:
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda _: programs.book(key="mine"), range(16)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_a_taken_slot_is_a_conflict_with_alternatives(programs: Programs) -> None:
    programs.booked()
    answer = programs.book("other")
    assert answer.status_code == 409
    told = answer.json()
    assert set(told) == {"code", "sentence", "alternatives"}
    assert told["code"] == "slot_taken"
    assert isinstance(told["alternatives"], list)


def test_at_another_price_than_was_shown_nothing_is_booked(programs: Programs) -> None:
    answer = programs.book(expected_cents=1)
    assert answer.status_code == 409
    assert (answer.json()["code"], answer.json()["total_cents"]) == ("price_changed", 0)
    assert programs.book(expected_cents=0).status_code == 201


def test_operators_book_for_whom_they_name(programs: Programs) -> None:
    assert programs.booked("operator", person=OTHER)["person"] == OTHER
    for body in ({}, {"person": "nobody"}):
        answer = programs.book("operator", start=TEN, end="2026-05-15T11:00:00+02:00", **body)
        assert (answer.status_code, answer.json()["code"]) == (422, "unknown_person")


@pytest.mark.parametrize(
    ("asker", "body", "status", "code"),
    [
        (None, {}, 401, "no_token"),
        ("door", {}, 401, "no_token"),
        ("auditor", {"person": MEMBER}, 403, "forbidden"),
        ("other", {"person": MEMBER}, 422, "unknown_person"),
        ("operator_elsewhere", {"person": MEMBER}, 422, "unknown_person"),
        ("member", {"resource": "nothing"}, 422, "unknown_resource"),
        ("member", {"start": "2026-05-15T09:05:00+02:00"}, 422, "off_grid"),
        ("member", {"end": "2026-05-15T13:00:00+02:00", "pay_by": "desk"}, 422, "way_to_pay"),
        ("member", {"pay_by": "gold"}, 422, "bad_body"),
    ],
)
def test_who_may_not_and_what_cannot_be(
    programs: Programs, asker: str | None, body: dict[str, Any], status: int, code: str
) -> None:
    answer = programs.book(asker, **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert programs.booked("operator", person=OTHER), "nothing was held by it"


@pytest.mark.parametrize("key", [None, "", "two words", "ü", "x" * 201])
def test_without_a_key_of_its_own_no_request_books(programs: Programs, key: str | None) -> None:
    headers = {} if key is None else {"Idempotency-Key": key.encode()}
    wish = {"resource": ROOM, "start": NINE, "end": TEN}
    answer = programs.ask("POST", "/bookings", json=wish, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_key")
