"""GET /api/v1/availability: the day of a site, or of one resource."""

import itertools
from datetime import datetime

import pytest

from tests.sync_server.api.conftest import Programs
from tests.sync_server.booking.town import DESKS, ROOM, SITE


def test_the_runs_of_a_day_have_no_gaps_and_show_what_is_taken(programs: Programs) -> None:
    programs.booked()
    answer = programs.ask("GET", "/availability", None, params={"site": SITE, "date": "2026-05-15"})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["site"], told["date"], told["zone"]) == (SITE, "2026-05-15", "Europe/Berlin")
    room = next(each for each in told["resources"] if each["id"] == ROOM)
    edges = [(run["start"], run["end"]) for run in room["runs"]]
    assert edges[0][0] == "2026-05-15T00:00:00+02:00"
    assert edges[-1][1] == "2026-05-16T00:00:00+02:00"
    assert all(before[1] == after[0] for before, after in itertools.pairwise(edges))
    taken = [run for run in room["runs"] if run["kind"] == "taken"]
    assert [(run["start"][11:16], run["end"][11:16]) for run in taken] == [("09:00", "10:00")]
    desks = next(each for each in told["resources"] if each["id"] == DESKS)
    assert max(run["free_units"] for run in desks["runs"]) == 3


def test_one_resource_can_be_asked_for_with_its_site_or_without(programs: Programs) -> None:
    for params in ({"resource": ROOM}, {"resource": ROOM, "site": SITE}):
        told = programs.ask("GET", "/availability", params={"date": "2026-10-25", **params}).json()
        assert [each["id"] for each in told["resources"]] == [ROOM]
        runs = told["resources"][0]["runs"]
        hours = (
            datetime.fromisoformat(runs[-1]["end"]) - datetime.fromisoformat(runs[0]["start"])
        ).total_seconds() / 3600
        assert hours == 25, "the clocks go back that night"


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({"date": "2026-05-15", "site": "nowhere"}, 404, "unknown_site"),
        ({"date": "2026-05-15", "resource": "nothing"}, 404, "unknown_resource"),
        ({"date": "2026-05-15", "resource": "a\0b"}, 422, "bad_request"),
        ({"site": SITE}, 422, "bad_request"),
        ({"date": "2026-05-15", "resource": "x" * 201}, 422, "bad_request"),
        *(
            ({"date": date, "site": SITE}, 422, "bad_date")
            for date in (
                "", "today", "2026-02-30", "0001-01-01", "9999-12-31", "1999-12-31", "2100-01-01",
                "1779000000", "2026-5-1", "٢٠٢٦-٠٥-١٥", "2026-05-15T00:00:00Z",
            )
        ),
    ],
)  # fmt: skip
def test_what_is_not_there_is_told(
    programs: Programs, params: dict[str, str], status: int, code: str
) -> None:
    answer = programs.ask("GET", "/availability", None, params=params)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
