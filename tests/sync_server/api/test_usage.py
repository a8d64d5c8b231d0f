"""GET /api/v1/usage: figures by resource and day, and the events behind them."""

import csv
from io import StringIO
from typing import Any

import pytest

from tests.sync_server.api.conftest import Programs
from tests.sync_server.booking.town import ROOM, SITE

DAY = {"from": "2026-05-15", "to": "2026-05-15"}


@pytest.mark.parametrize("asker", ["operator", "auditor"])
def test_every_figure_opens_its_events(programs: Programs, asker: str) -> None:
    made = programs.booked()
    programs.book("other")
    told = programs.ask("GET", "/usage", asker, params=DAY | {"site": SITE}).json()
    assert (told["site"], told["zone"], told["currency"]) == (SITE, "Europe/Berlin", "EUR")
    row = next(each for each in told["rows"] if each["resource"] == ROOM)
    assert (row["date"], row["booked_min"], row["taken"]) == ("2026-05-15", 60, 1)
    asked = DAY | {"resource": ROOM}
    booked = programs.ask("GET", "/usage/events", asker, params=asked | {"figure": "booked"})
    assert [each["subject"] for each in booked.json()["events"]] == [made["id"]]
    taken = programs.ask("GET", "/usage/events", asker, params=asked | {"figure": "taken"}).json()
    assert [each["kind"] for each in taken["events"]] == ["attempt.SlotWasTaken/1"]


def test_spreadsheets_get_a_table(programs: Programs) -> None:
    programs.booked()
    params = {"site": SITE, "from": "2026-05-15", "to": "2026-05-16"}
    headers = {"accept": "text/csv"}
    answer = programs.ask("GET", "/usage", "operator", params=params, headers=headers)
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert len(rows) == 8
    room = next(each for each in rows if each["resource"] == ROOM)
    assert (room["date"], room["booked_min"], room["currency"]) == ("2026-05-15", "60", "EUR")


def test_a_year_of_one_resource_and_a_month_of_all(programs: Programs) -> None:
    year = {"from": "2026-01-01", "to": "2026-12-31"}
    answer = programs.ask("GET", "/usage", "auditor", params=year)
    assert (answer.status_code, answer.json()["code"]) == (422, "too_many_days")
    rows = programs.ask("GET", "/usage", "auditor", params=year | {"resource": ROOM}).json()["rows"]
    assert {each["resource"] for each in rows} == {ROOM}


@pytest.mark.parametrize(
    ("asker", "params", "status", "code"),
    [
        (None, DAY, 401, "no_token"),
        ("member", DAY, 403, "forbidden"),
        ("operator_elsewhere", DAY, 403, "forbidden"),
        ("operator", {"from": "2026-05-15"}, 422, "bad_request"),
        ("operator", DAY | {"from": "2026-05-16"}, 422, "bad_date"),
        ("operator", DAY | {"to": "9999-12-31"}, 422, "bad_date"),
        ("operator", DAY | {"site": "nowhere"}, 404, "unknown_site"),
    ],
)
def test_who_may_not_and_what_is_no_span(
    programs: Programs, asker: str | None, params: dict[str, Any], status: int, code: str
) -> None:
    answer = programs.ask("GET", "/usage", asker, params=params)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
