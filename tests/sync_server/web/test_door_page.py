""" "I'm at the door" in a real browser, in front of simulated doors on a real broker."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.sync_server.conftest import Demo
from tests.sync_server.web.browser import Visitor, visiting
from tests.sync_server.web.door_stand import ServedDoors, served_doors
from tests.sync_server.web.look import look_at

OPEN = {"en": "Open “Front door”", "de": "„Front door“ öffnen"}
OPENED = {"en": "The door is open.", "de": "Die Tür ist offen."}
JAMS = {"en": "It’s the door, not you.", "de": "Es liegt an der Tür, nicht an dir."}
SILENT = {"en": "The door isn’t answering.", "de": "Die Tür antwortet nicht."}
TELL = {"en": "Tell the house", "de": "Dem Haus Bescheid geben"}


@pytest.fixture(scope="module")
def stand(founded: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDoors]:
    with served_doors(founded, tmp_path_factory.mktemp("doors")) as stand:
        yield stand


@pytest.fixture
def person(browser: Browser, stand: ServedDoors, language: str, width: int) -> Iterator[Visitor]:
    with visiting(browser, stand.server.url, language, width) as visitor:
        yield visitor


def press(visitor: Visitor, name: str) -> None:
    visitor.page.get_by_role("button", name=name).click()


def big(visitor: Visitor) -> str:
    return str(visitor.page.locator("h1").inner_text()).replace("\u00a0", " ").replace("\n", " ")


def test_one_press_opens_the_door_and_the_page_says_what_the_lock_said(
    stand: ServedDoors, person: Visitor
) -> None:
    before = len(stand.openings())
    assert person.go(stand.path("booking")) == 200
    look_at(person, "door")
    began_s = time.monotonic()
    press(person, OPEN[person.language])
    expect(person.page).to_have_title(OPENED[person.language])
    assert time.monotonic() - began_s < 5
    assert "Front door" in person.page.locator(".answer").inner_text()
    look_at(person, "door-open")
    assert len(stand.openings()) == before + 1
    person.page.reload()
    assert big(person) == OPENED[person.language]
    assert len(stand.openings()) == before + 1


def test_a_jam_shows_the_other_door_and_it_opens(stand: ServedDoors, person: Visitor) -> None:
    stand.mode("front", "jam", seconds=20)
    person.go(stand.path("booking"))
    press(person, OPEN[person.language])
    expect(person.page).to_have_title(JAMS[person.language])
    assert "Courtyard door" in person.page.locator(".answer").inner_text()
    look_at(person, "door-jams")
    stand.mode("front", "ok")
    press(person, OPEN[person.language].replace("Front", "Courtyard"))
    expect(person.page).to_have_title(OPENED[person.language])
    assert stand.openings()[-1]["lock"] == "courtyard"


@pytest.mark.parametrize("part", ["early", "expired", "unpaid", "revoked"])
def test_who_is_not_let_in_sees_no_door_but_why_and_who_helps(
    stand: ServedDoors, person: Visitor, part: str
) -> None:
    before = len(stand.openings())
    assert person.go(stand.path(part)) == 200
    assert person.page.locator(".door-button").count() == 0
    look_at(person, f"door-{part}")
    assert person.page.locator("a[href^='tel:']").count() == 1
    assert len(stand.openings()) == before


def test_somebody_who_cannot_get_in_is_heard(stand: ServedDoors, person: Visitor) -> None:
    person.go(stand.path("host"))
    press(person, TELL[person.language])
    said = person.page.locator(".notice").inner_text()
    assert "+49 30 23125 012" in said.replace("\u00a0", " ")
    look_at(person, "door-told")


def test_a_group_says_how_many_come_in(stand: ServedDoors, person: Visitor) -> None:
    person.go(stand.path("group"))
    person.page.get_by_role("combobox").select_option("2")
    look_at(person, "door-group")
    press(person, OPEN[person.language])
    expect(person.page).to_have_title(OPENED[person.language])
