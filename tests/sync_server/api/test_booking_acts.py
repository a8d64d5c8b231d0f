"""What may happen to a booking over the API."""

from typing import Any

import pytest

from tests.sync_server.api.conftest import NINE, TEN, Programs
from tests.sync_server.booking.town import HALL, OTHER

ELEVEN = "2026-05-15T11:00:00+02:00"
ACTS = [
    ("PATCH", "", {"end": ELEVEN}),
    ("POST", "/change-quote", {"end": ELEVEN}),
    ("DELETE", "", None),
    ("POST", "/cancel-quote", None),
    ("POST", "/keep", None),
    ("POST", "/confirm", None),
    ("POST", "/decline", None),
]


def act(
    programs: Programs, asker: str | None, id_: str, method: str, what: str, body: Any = None
) -> Any:
    return programs.ask(method, f"/bookings/{id_}{what}", asker, json=body)


def test_a_change_costs_what_was_quoted_for_it(programs: Programs) -> None:
    made = programs.booked()
    body = {"end": "2026-05-15T13:00:00+02:00"}
    quote = act(programs, "member", made["id"], "POST", "/change-quote", body).json()
    assert quote["difference_cents"] == 4000, "two of four hours are included"
    wrong = act(programs, "member", made["id"], "PATCH", "", body | {"expected_cents": 1})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "price_changed")
    assert wrong.json()["total_cents"] == quote["price"]["total_cents"]
    body["expected_cents"] = quote["price"]["total_cents"]
    changed = act(programs, "member", made["id"], "PATCH", "", body)
    assert changed.status_code == 200, changed.text
    assert (changed.json()["start"], changed.json()["end"]) == (NINE, body["end"])
    assert changed.json()["price"]["total_cents"] == quote["price"]["total_cents"]
    assert programs.ask("GET", f"/bookings/{made['id']}").json() == changed.json()


def test_moving_to_where_somebody_is_tells_alternatives_and_moves_nothing(
    programs: Programs,
) -> None:
    made = programs.booked()
    programs.booked("other", start=TEN, end=ELEVEN)
    answer = act(programs, "member", made["id"], "PATCH", "", {"start": TEN, "end": ELEVEN})
    assert (answer.status_code, answer.json()["code"]) == (409, "slot_taken")
    assert answer.json()["alternatives"]
    assert programs.ask("GET", f"/bookings/{made['id']}").json() == made


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"start": TEN, "end": NINE}, "no_time"),
        ({"end": "2026-05-15T10:07:00+02:00"}, "off_grid"),
        ({"resource": "nothing"}, "unknown_resource"),
        ({"add_ons": [{"id": "gold"}]}, "unknown_add_on"),
        ({"start": "0001-01-01T00:00:00+23:59"}, "no_such_year"),
        ({"ends": TEN}, "bad_body"),
        ({"party": 2}, "bad_body"),
    ],
)
def test_what_the_rules_refuse_changes_nothing(
    programs: Programs, body: dict[str, Any], code: str
) -> None:
    made = programs.booked()
    for method, what in (("PATCH", ""), ("POST", "/change-quote")):
        answer = act(programs, "member", made["id"], method, what, body)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert programs.ask("GET", f"/bookings/{made['id']}").json() == made


def test_calling_off_costs_what_was_shown_and_can_be_said_twice(programs: Programs) -> None:
    made = programs.booked("other", resource=HALL, end=ELEVEN)
    terms = act(programs, "other", made["id"], "POST", "/cancel-quote").json()
    assert (terms["fee_cents"], terms["currency"], terms["minutes_back"]) == (0, "EUR", 120)
    other_fee = programs.ask("DELETE", f"/bookings/{made['id']}?expected_fee_cents=5", "other")
    assert (other_fee.status_code, other_fee.json()["code"]) == (409, "fee_changed")
    assert other_fee.json()["fee_cents"] == 0
    gone = act(programs, "other", made["id"], "DELETE", "")
    assert (gone.status_code, gone.json()["status"]) == (200, "cancelled")
    assert act(programs, "other", made["id"], "DELETE", "").json() == gone.json()
    assert programs.booked("member", resource=HALL, end=ELEVEN), "it is free again"
    for method, what, body in ACTS[:2]:
        answer = act(programs, "other", made["id"], method, what, body)
        assert (answer.status_code, answer.json()["code"]) == (409, "not_standing")


def test_a_host_keeps_theirs_and_leaves_wishes_to_staff(programs: Programs) -> None:
    made = programs.booked()
    kept = act(programs, "member", made["id"], "POST", "/keep")
    assert (kept.status_code, kept.json()["status"]) == (200, "confirmed")
    for what in ("/confirm", "/decline"):
        answer = act(programs, "member", made["id"], "POST", what)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert act(programs, "operator", made["id"], "POST", "/confirm").status_code == 200
    declined = act(programs, "operator", made["id"], "POST", "/decline")
    assert (declined.status_code, declined.json()["code"]) == (409, "not_standing")


@pytest.mark.parametrize(("method", "what", "body"), ACTS)
def test_for_everybody_else_it_is_not_there(
    programs: Programs, method: str, what: str, body: Any
) -> None:
    made = programs.booked(start=TEN, end=ELEVEN)
    nothing = act(programs, "other", "nothing", method, what, body)
    assert (nothing.status_code, nothing.json()["code"]) == (404, "unknown_booking")
    for asker in ("other", "operator_elsewhere"):
        answer = act(programs, asker, made["id"], method, what, body)
        assert (answer.status_code, answer.json()) == (404, nothing.json())
    assert act(programs, None, made["id"], method, what, body).status_code == 401
    assert act(programs, "auditor", made["id"], method, what, body).status_code == 403
    assert programs.ask("GET", f"/bookings/{made['id']}").json() == made


def test_operators_change_what_is_anybodys(programs: Programs) -> None:
    made = programs.booked("other")
    changed = act(programs, "operator", made["id"], "PATCH", "", {"start": TEN, "end": ELEVEN})
    assert (changed.status_code, changed.json()["person"]) == (200, OTHER)
    gone = programs.ask("DELETE", f"/bookings/{made['id']}?expected_fee_cents=0", "operator")
    assert (gone.status_code, gone.json()["fee_cents"]) == (200, 0)
