"""/api/v1/holds: what the pages do for somebody without an account."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.sync_server.api.conftest import NINE, TEN, Programs
from tests.sync_server.booking.town import ROOM

WISH = {"resource": ROOM, "start": NINE, "end": TEN, "add_ons": []}
PETRA = {"name": "Petra Roth", "mail": "petra.roth@example.org"}


def hold(programs: Programs, asker: str | None = None, **body: Any) -> httpx.Response:
    return programs.ask("POST", "/holds", asker, json=WISH | body)


def book(programs: Programs, token: str, **body: Any) -> httpx.Response:
    order = {"guest": PETRA, "pay_by": "invoice"} | body
    return programs.ask("POST", f"/holds/{token}/book", None, json=order)


def test_a_guest_holds_a_slot_and_books_it_once(programs: Programs) -> None:
    answer = hold(programs)
    assert answer.status_code == 201, answer.text
    held = answer.json()
    assert (held["start"], held["end"], held["price"]["total_cents"]) == (NINE, TEN, 2000)
    assert held["expires_at"].startswith("2026-05-14T10:1")
    assert held["pay_by"] == ["invoice"], "nobody takes money by link here"
    taken = programs.book("member")
    assert (taken.status_code, taken.json()["code"]) == (409, "slot_taken")
    first = book(programs, held["token"], expected_cents=2000)
    assert first.status_code == 201, first.text
    assert (first.json()["status"], first.json()["pay_by"]) == ("confirmed", "invoice")
    assert "/b/" in first.json()["page"]
    again = book(programs, held["token"])
    assert (again.status_code, again.json()) == (201, first.json())


def test_a_member_holds_and_books_at_their_own_price(programs: Programs) -> None:
    held = hold(programs, "member").json()
    assert held["price"]["total_cents"] == 0
    made = programs.ask("POST", f"/holds/{held['token']}/book", json={})
    assert (made.status_code, made.json()["person"]) == (201, "jana")


def test_what_is_given_up_is_free_at_once(programs: Programs) -> None:
    token = hold(programs).json()["token"]
    gone = programs.ask("DELETE", f"/holds/{token}", None)
    assert (gone.status_code, gone.content) == (204, b"")
    assert programs.ask("DELETE", f"/holds/{token}", None).json()["code"] == "unknown_hold"
    assert programs.book("member").status_code == 201
    assert book(programs, token).json()["code"] == "unknown_hold"


def test_after_ten_minutes_somebody_else_may_have_it(programs: Programs) -> None:
    token = hold(programs).json()["token"]
    programs.server.clock.ahead += timedelta(minutes=11)
    programs.booked("member")
    late = book(programs, token)
    assert late.status_code in (404, 409)
    assert late.json()["code"] in ("unknown_hold", "hold_gone", "slot_taken")


def test_five_holds_at_a_time_from_one_address(programs: Programs) -> None:
    day = "2026-05-15T{:02}:00:00+02:00"
    answers = [
        hold(programs, start=day.format(hour), end=day.format(hour + 1)) for hour in range(9, 15)
    ]
    assert [each.status_code for each in answers] == [201] * 5 + [429]
    assert answers[-1].json()["code"] == "too_many_holds"
    assert answers[-1].headers["Retry-After"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"guest": None}, "bad_guest"),
        ({"guest": {"name": "", "mail": "petra@example.org"}}, "bad_guest"),
        ({"guest": PETRA | {"mail": "petra"}}, "bad_guest"),
        ({"guest": PETRA | {"vat_id": "DE1"}}, "bad_vat_id"),
        ({"guest": PETRA | {"name": "x" * 301}}, "bad_body"),
        ({"guest": PETRA | {"age": 3}}, "bad_body"),
        ({"pay_by": "link"}, "way_to_pay"),
        ({"pay_by": "desk"}, "way_to_pay"),
    ],
)
def test_what_is_missing_is_told_and_the_slot_stays_held(
    programs: Programs, body: dict[str, Any], code: str
) -> None:
    token = hold(programs).json()["token"]
    answer = book(programs, token, **body)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert book(programs, token).status_code == 201


@pytest.mark.parametrize("token", ["x", "x.y", "é.é", "%00", "a" * 301])
def test_a_token_that_is_none_holds_nothing(programs: Programs, token: str) -> None:
    assert book(programs, token).status_code in (404, 422)
    assert programs.ask("DELETE", f"/holds/{token}", None).status_code in (404, 422)
