"""/api/v1/series: looked at, booked, a date skipped and added again, ended; or why not."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.sync_server.api.conftest import NINE, TEN, Programs
from tests.sync_server.booking.town import MEMBER, OTHER, ROOM

WEEKS = "FREQ=WEEKLY;COUNT=3"
FIRST = date(2026, 5, 15)
DAYS = [(FIRST + timedelta(weeks=n)).isoformat() for n in range(3)]


def ask(
    programs: Programs, asker: str | None = "member", path: str = "", key: str = "", **body: Any
) -> Any:
    wish = {"resource": ROOM, "start": NINE, "end": TEN, "rrule": WEEKS} | body
    headers = {"Idempotency-Key": key or str(uuid4())}
    return programs.ask("POST", f"/series{path}", asker, json=wish, headers=headers)


def test_a_member_books_a_series_and_is_told_every_date(programs: Programs) -> None:
    shown = ask(programs, path="/preview").json()
    assert [each["date"] for each in shown["dates"]] == DAYS
    assert [each["cents"] for each in shown["dates"]] == [0, 0, 2000]
    made = ask(programs, expected_cents=shown["total_cents"])
    assert made.status_code == 201, made.text
    told = made.json()
    assert [each["state"] for each in told["dates"]] == ["booked"] * 3
    assert [each["cents"] for each in told["dates"]] == [0, 0, 2000]
    assert told["dates"][0]["start"] == NINE
    assert told["person"] == MEMBER
    for each in told["dates"]:
        booking = programs.ask("GET", f"/bookings/{each['booking']}").json()
        assert booking["series"] == told["id"]
    assert programs.ask("GET", f"/series/{told['id']}").json() == told


def test_the_same_request_with_the_same_key_gets_the_same_series(programs: Programs) -> None:
    first, again = ask(programs, key="mine"), ask(programs, key="mine")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = ask(programs, key="mine", rrule="FREQ=WEEKLY;COUNT=2")
    assert (other.status_code, other.json()["code"]) == (409, "id_reused")


def test_what_is_taken_is_shown_before_and_told_after(programs: Programs) -> None:
    programs.booked("other", start=f"{DAYS[1]}T09:30:00+02:00", end=f"{DAYS[1]}T10:30:00+02:00")
    shown = ask(programs, path="/preview").json()["dates"][1]
    assert (shown["bookable"], shown["code"]) == (False, "slot_taken")
    assert shown["alternatives"]
    told = ask(programs).json()["dates"]
    assert [each["state"] for each in told] == ["booked", "skipped", "booked"]
    assert (told[1]["code"], told[1]["booking"]) == ("slot_taken", None)
    none = ask(programs, "other")
    assert (none.status_code, none.json()["code"]) == (409, "no_date_left")
    assert [each["code"] for each in none.json()["dates"]] == ["slot_taken"] * 3


def test_at_more_than_was_shown_nothing_is_booked(programs: Programs) -> None:
    answer = ask(programs, expected_cents=1999)
    assert (answer.status_code, answer.json()["code"]) == (409, "price_changed")
    assert answer.json()["total_cents"] == 2000
    assert ask(programs, "other").status_code == 201


def test_a_date_is_skipped_and_added_again(programs: Programs) -> None:
    id_ = ask(programs).json()["id"]
    body = {"date": DAYS[1], "expected_fee_cents": 0}
    skipped = programs.ask("POST", f"/series/{id_}/skip", json=body)
    assert skipped.status_code == 200, skipped.text
    assert [each["state"] for each in skipped.json()["dates"]] == ["booked", "skipped", "booked"]
    assert skipped.json()["dates"][1]["code"] is None
    again = programs.ask("POST", f"/series/{id_}/skip", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "not_standing")
    added = programs.ask("POST", f"/series/{id_}/add-again", json={"date": DAYS[1]})
    assert [each["state"] for each in added.json()["dates"]] == ["booked"] * 3
    no_day = programs.ask("POST", f"/series/{id_}/add-again", json={"date": "2026-05-16"})
    assert (no_day.status_code, no_day.json()["code"]) == (409, "not_standing")


def test_a_series_ends_from_a_date_on(programs: Programs) -> None:
    id_ = ask(programs).json()["id"]
    other = programs.ask("DELETE", f"/series/{id_}?from={DAYS[1]}&expected_fee_cents=5")
    assert (other.status_code, other.json()["code"]) == (409, "fee_changed")
    assert other.json()["fee_cents"] == 0
    ended = programs.ask("DELETE", f"/series/{id_}?from={DAYS[1]}&expected_fee_cents=0")
    assert ended.status_code == 200, ended.text
    assert [each["state"] for each in ended.json()["dates"]] == ["booked", "over", "over"]
    assert ended.json()["ended_from"] == DAYS[1]
    bad = programs.ask("DELETE", f"/series/{id_}?from=tomorrow")
    assert (bad.status_code, bad.json()["code"]) == (422, "bad_date")


@pytest.mark.parametrize(
    ("asker", "body", "status", "code"),
    [
        (None, {}, 401, "no_token"),
        ("auditor", {"person": MEMBER}, 403, "forbidden"),
        ("other", {"person": MEMBER}, 422, "unknown_person"),
        ("operator", {}, 422, "unknown_person"),
        ("member", {"resource": "nothing"}, 422, "unknown_resource"),
        ("member", {"rrule": "FREQ=HOURLY;COUNT=2"}, 422, "series_rule"),
        ("member", {"rrule": "FREQ=WEEKLY"}, 422, "series_no_end"),
        ("member", {"rrule": "FREQ=WEEKLY;UNTIL=20200101"}, 422, "series_none"),
        ("member", {"rrule": "FREQ=DAILY;COUNT=121"}, 422, "series_too_many"),
        ("member", {"end": "2026-05-16T15:00:00+02:00", "rrule": "FREQ=DAILY;COUNT=2"},
         422, "series_overlaps"),
        ("member", {"end": "2026-05-19T10:00:00+02:00"}, 422, "series_hours"),
        ("member", {"pay_by": "link"}, 422, "way_to_pay"),
        ("member", {"without": ["yesterday"]}, 422, "bad_body"),
    ],
)  # fmt: skip
def test_who_may_not_and_what_cannot_be(
    programs: Programs, asker: str | None, body: dict[str, Any], status: int, code: str
) -> None:
    for path in ("", "/preview"):
        answer = ask(programs, asker, path, **body)
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
        assert answer.json()["sentence"]


def test_somebody_elses_series_is_as_unknown_as_none(programs: Programs) -> None:
    id_ = ask(programs).json()["id"]
    for asker in ("other", "operator_elsewhere"):
        for method, path, body in (
            ("GET", "", None),
            ("POST", "/skip", {"date": DAYS[0]}),
            ("POST", "/add-again", {"date": DAYS[0]}),
            ("DELETE", f"?from={DAYS[0]}", None),
        ):
            theirs = programs.ask(method, f"/series/{id_}{path}", asker, json=body)
            none = programs.ask(method, f"/series/{uuid4()}{path}", asker, json=body)
            assert (theirs.status_code, theirs.json()) == (404, none.json())
    assert ask(programs, "operator", person=OTHER, start=f"{DAYS[0]}T12:00:00+02:00",
               end=f"{DAYS[0]}T13:00:00+02:00").json()["person"] == OTHER  # fmt: skip
    assert programs.ask("GET", f"/series/{id_}", "auditor").status_code == 200
