"""The usage page: for staff of the site alone, in words and figures that open their events."""

import csv
from io import StringIO

import httpx
import pytest

from domain.subjects import SUBJECTS
from domain.usage import Figure
from tests.sync_server.conftest import Demo
from tests.sync_server.running import RunningServer
from tests.sync_server.web.browser import Visitor
from tests.sync_server.web.let_in import let_in, new_secret
from tests.sync_server.web.look import look_at
from tests.sync_server.web.people import AS_A_PERSON
from wording import codes

PAGES = ("/office/usage", "/office/usage.csv", "/office/usage/events")


def ask(shown: RunningServer, path: str, person: str | None, **params: str) -> httpx.Response:
    """A page as this person's browser gets it."""
    cookies = {"foyer": new_secret(shown.settings, person)} if person else {}
    with httpx.Client(
        base_url=shown.url, cookies=cookies, headers=AS_A_PERSON, trust_env=False, timeout=20
    ) as http:
        return http.get(path, params=params)


@pytest.mark.parametrize("path", PAGES)
def test_only_staff_of_the_site_sees_how_it_is_used(
    shown: RunningServer, founded: Demo, path: str
) -> None:
    of = {"resource": founded.ids["resource"], "figure": "booked"}
    assert ask(shown, path, None, **of).headers["location"].startswith("/sign-in")
    assert ask(shown, path, founded.ids["member"], **of).status_code == 403
    assert ask(shown, path, founded.ids["staff"], **of).status_code == 200
    elsewhere = ask(shown, path, founded.ids["staff"], site="werkhaus", **of)
    assert elsewhere.status_code == 403


def test_the_table_has_a_line_for_each_day_and_resource(
    shown: RunningServer, founded: Demo
) -> None:
    answer = ask(shown, "/office/usage.csv", founded.ids["staff"])
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert len({row["date"] for row in rows}) == 7
    assert {"Kiln", "Loft"} <= {row["name"] for row in rows}
    assert any(int(row["booked_min"]) for row in rows)


@pytest.mark.parametrize(
    "params",
    [
        {"from": "x", "to": "y"},
        {"from": "2020-01-01", "to": "2026-01-01"},
        {"from": "2026-01-02", "to": "2026-01-01"},
        {"resource": "nothing"},
    ],
)
def test_whatever_is_asked_for_a_page_comes(
    shown: RunningServer, founded: Demo, params: dict[str, str]
) -> None:
    assert ask(shown, "/office/usage", founded.ids["staff"], **params).status_code == 200


def test_a_figure_that_is_none_is_not_there(shown: RunningServer, founded: Demo) -> None:
    staff, room = founded.ids["staff"], founded.ids["resource"]
    events = "/office/usage/events"
    assert ask(shown, events, staff, resource=room, figure="luck").status_code == 404
    assert ask(shown, events, staff, figure="booked").status_code == 404


def test_the_page_is_for_everybody_and_opens_what_is_behind_it(
    visitor: Visitor, shown: RunningServer, founded: Demo
) -> None:
    let_in(visitor, shown.settings, founded.ids["staff"])
    assert visitor.go("/office/usage") == 200
    look_at(visitor, "office-usage")
    page = visitor.page
    assert page.locator("h1").count() == 1
    page.locator("h2 a", has_text="Kiln").click()
    page.wait_for_url("**/office/usage?*resource=*")
    look_at(visitor, "office-usage-days")
    page.locator("dd a[href*='figure=booked']").first.click()
    page.wait_for_url("**/office/usage/events?*")
    look_at(visitor, "office-usage-events")
    assert page.locator("ul.rows li").count() >= 1


def test_every_figure_and_event_has_words() -> None:
    kinds = ("booking", "attempt", "resource", "site")
    names = {name for kind in kinds for name in SUBJECTS[kind].events}
    wanted = {f"office.event.{name}" for name in names}
    wanted |= {f"office.usage.{figure.value}" for figure in Figure}
    wanted |= {f"office.usage.behind.{figure.value}" for figure in Figure}
    assert wanted <= codes("en")
