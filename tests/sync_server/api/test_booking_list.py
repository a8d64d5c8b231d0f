"""GET /api/v1/bookings: one's own, or all of a site, page by page."""

from typing import Any

import pytest

from tests.sync_server.api.conftest import Programs
from tests.sync_server.booking.town import MEMBER, OTHER, SITE


def at(hour: int) -> dict[str, Any]:
    return {
        "start": f"2026-05-15T{hour:02}:00:00+02:00",
        "end": f"2026-05-15T{hour:02}:30:00+02:00",
    }


@pytest.fixture
def booked(programs: Programs) -> list[dict[str, Any]]:
    """Five in a row, the third is Tom's; as lists tell them, without their pages."""
    made = (
        programs.booked("other" if hour == 11 else "member", **at(hour)) for hour in range(9, 14)
    )
    return [each | {"page": None} for each in made]


def ids(told: dict[str, Any]) -> list[str]:
    return [each["id"] for each in told["bookings"]]


def test_a_member_lists_their_own_and_no_others(
    programs: Programs, booked: list[dict[str, Any]]
) -> None:
    for params in ({}, {"site": SITE}):
        told = programs.ask("GET", "/bookings", params=params).json()
        assert told == {"bookings": [booked[n] for n in (0, 1, 3, 4)], "next": None}
    told = programs.ask("GET", "/bookings", "other").json()
    assert told["bookings"] == [booked[2]]


@pytest.mark.parametrize("asker", ["operator", "auditor"])
def test_who_runs_or_audits_a_site_lists_all_of_it(
    programs: Programs, booked: list[dict[str, Any]], asker: str
) -> None:
    told = programs.ask("GET", "/bookings", asker).json()
    assert ids(told) == [each["id"] for each in booked]
    assert {each["person"] for each in told["bookings"]} == {MEMBER, OTHER}


def test_pages_follow_each_other_without_gap_or_double(
    programs: Programs, booked: list[dict[str, Any]]
) -> None:
    found, after = [], None
    for _ in range(4):
        params = {"limit": 2, **({"after": after} if after else {})}
        told = programs.ask("GET", "/bookings", "operator", params=params).json()
        found += ids(told)
        after = told["next"]
        if after is None:
            break
    assert found == [each["id"] for each in booked]


def test_a_span_is_of_beginnings(programs: Programs, booked: list[dict[str, Any]]) -> None:
    span = {"from": "2026-05-15T10:00:00+02:00", "to": "2026-05-15T12:00:00+02:00"}
    told = programs.ask("GET", "/bookings", "operator", params=span).json()
    assert ids(told) == [each["id"] for each in booked[1:3]]
    path = "/bookings?from=2026-05-15T10:00:00+02:00&to=2026-05-15T12:00:00+02:00"
    assert programs.ask("GET", path, "operator").json() == told, "a plus that became a blank"


def test_a_booking_is_told_to_its_host_and_to_those_who_may_see_all(
    programs: Programs, booked: list[dict[str, Any]]
) -> None:
    path = f"/bookings/{booked[0]['id']}"
    for asker in ("member", "operator", "auditor"):
        told = programs.ask("GET", path, asker).json()
        assert (told["page"] is None) == (asker == "auditor"), "it is as strong as the pass"
        assert told | {"page": None} == booked[0]
    nothing = programs.ask("GET", "/bookings/nothing", "other")
    assert (nothing.status_code, nothing.json()["code"]) == (404, "unknown_booking")
    for asker in ("other", "operator_elsewhere"):
        answer = programs.ask("GET", path, asker)
        assert (answer.status_code, answer.json()) == (404, nothing.json())
    assert programs.ask("GET", path, None).status_code == 401


@pytest.mark.parametrize(
    ("asker", "params", "status", "code"),
    [
        (None, {}, 401, "no_token"),
        ("door", {}, 401, "no_token"),
        ("operator_elsewhere", {}, 403, "forbidden"),
        ("operator", {"site": "nowhere"}, 404, "unknown_site"),
        ("member", {"from": "today"}, 422, "bad_date"),
        ("member", {"from": "2026-05-15T10:00:00"}, 422, "bad_date"),
        ("member", {"to": "2026-02-30T10:00:00Z"}, 422, "bad_date"),
        ("member", {"from": "0001-01-01T00:00:00+23:59"}, 422, "bad_date"),
        ("member", {"from": "\0"}, 422, "bad_request"),
        ("member", {"limit": 0}, 422, "bad_request"),
        ("member", {"limit": 10**30}, 422, "bad_request"),
        ("member", {"after": "x"}, 422, "bad_request"),
        ("member", {"after": "9" * 19 + ".x"}, 422, "bad_request"),
        ("member", {"after": "1779000000000000.\0"}, 422, "bad_request"),
        ("member", {"after": "٣.x"}, 422, "bad_request"),
    ],
)
def test_what_is_no_question_is_told(
    programs: Programs, asker: str | None, params: dict[str, Any], status: int, code: str
) -> None:
    answer = programs.ask("GET", "/bookings", asker, params=params)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
