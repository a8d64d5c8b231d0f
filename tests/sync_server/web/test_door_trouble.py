"""The door page when something is not as it should be: broker, lock, browser, address."""

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from domain.site import Site, SiteSet
from domain.subjects import site_stream
from ledger.unit import Unit
from sync_server.house import open_house
from sync_server.links import pass_token
from sync_server.settings import Settings
from tests.campaigns.door_house import PATIENCE_S
from tests.sync_server.conftest import Demo
from tests.sync_server.running import running
from tests.sync_server.web.browser import visiting
from tests.sync_server.web.door_stand import ServedDoors, served_doors
from tests.sync_server.web.furnishing import furnish
from tests.sync_server.web.look import look_at

PHONE = "+49 30 23125 012".replace(" ", "\u00a0")
PERSON = {"accept": "text/html"}


@pytest.fixture
def stand(founded: Demo, tmp_path: Path) -> Iterator[ServedDoors]:
    with served_doors(founded, tmp_path) as stand:
        yield stand


@pytest.fixture
def http(stand: ServedDoors) -> Iterator[httpx.Client]:
    origin = {"origin": stand.server.url} | PERSON
    with httpx.Client(
        base_url=stand.server.url, headers=origin, trust_env=False, timeout=10
    ) as http:
        yield http


def form_of(page: str) -> dict[str, str]:
    """The hidden fields of the first form on a page."""
    fields = re.findall(r'<input type="hidden" name="(csrf|request)" value="([^"]*)">', page)
    return dict(fields[:2])


def wait_for_the_broker(stand: ServedDoors, http: httpx.Client) -> None:
    """Until the page does not say any more that the doors cannot be reached."""
    until_s = time.monotonic() + PATIENCE_S
    while "can’t reach the doors" in http.get(stand.path("member")).text:
        assert time.monotonic() < until_s


@pytest.mark.parametrize("width", [360])
def test_a_house_cut_off_says_so_with_its_number_and_nothing_opens_later(
    stand: ServedDoors, http: httpx.Client, browser: Browser, language: str, width: int
) -> None:
    stand.doors.broker.kill()
    with visiting(browser, stand.server.url, language, width) as person:
        person.go(stand.path("booking"))
        assert PHONE in person.page.locator(".notice").inner_text()
        look_at(person, "door-away")
        began_s = time.monotonic()
        person.page.locator(".door-button").first.click()
        expect(person.page.locator(".answer.jam")).to_be_visible()
        assert time.monotonic() - began_s < 5
        assert PHONE in person.page.locator(".answer").inner_text()
        look_at(person, "door-away-asked")
    stand.doors.broker.start()
    wait_for_the_broker(stand, http)
    page = http.get(stand.path("member")).text
    door = stand.demo.ids["door"]
    answer = http.post(f"{stand.path('member')}/{door}", data=form_of(page))
    assert "The door is open." in answer.text
    assert len(stand.openings()) == 1


def test_a_lock_that_is_too_slow_is_told_within_five_seconds_and_opens_nothing(
    stand: ServedDoors, browser: Browser
) -> None:
    stand.mode("front", "slow", delay=3.7)
    with visiting(browser, stand.server.url, "en", 360) as person:
        person.go(stand.path("booking"))
        began_s = time.monotonic()
        person.page.locator(".door-button").first.click()
        expect(person.page.locator("h1")).to_contain_text("isn’t")
        assert time.monotonic() - began_s < 5
        look_at(person, "door-silent")
    stand.mode("front", "ok")
    assert stand.openings() == []


def test_the_page_works_without_a_script_and_a_form_sent_twice_commands_once(
    stand: ServedDoors, http: httpx.Client, browser: Browser
) -> None:
    with visiting(browser, stand.server.url, "en", 360, script=False) as person:
        person.go(stand.path("booking"))
        person.page.locator(".door-button").first.click()
        expect(person.page).to_have_title("The door is open.")
    page = http.get(stand.path("host")).text
    for _ in range(2):
        answer = http.post(f"{stand.path('host')}/{stand.demo.ids['door']}", data=form_of(page))
        assert "The door is open." in answer.text
    assert len(stand.openings()) == 2
    stand.server.clock.ahead += timedelta(minutes=2)
    late = http.post(f"{stand.path('host')}/{stand.demo.ids['door']}", data=form_of(page))
    assert (late.status_code, late.headers["location"]) == (303, stand.path("host"))
    assert len(stand.openings()) == 2


def test_no_other_page_and_no_guess_opens_a_door(stand: ServedDoors, http: httpx.Client) -> None:
    door = stand.demo.ids["door"]
    page = http.get(stand.path("host")).text
    form = form_of(page)
    assert http.post(f"{stand.path('host')}/{door}", data={"request": "r-1"}).status_code == 403
    foreign = {"origin": "https://elsewhere.example.org"}
    answer = http.post(f"{stand.path('host')}/{door}", data=form, headers=foreign)
    assert answer.status_code == 403
    guessed = pass_token(stand.demo.keys, stand.demo.pass_id("host"))[:-1] + "A"
    assert http.get(f"/b/{guessed}/door").status_code == 404
    assert http.post(f"/b/{guessed}/door/{door}", data=form).status_code == 404
    nobody = pass_token(stand.demo.keys, "ff" * 8)
    assert http.get(f"/b/{nobody}/door").status_code == 404
    assert http.post(f"/b/{nobody}/cannot-get-in", data=form).status_code == 404
    assert http.post(f"{stand.path('host')}/no-door", data=form).status_code == 404
    spoiled = http.post(f"{stand.path('host')}/{door}", data=form | {"people": "٣"})
    assert spoiled.status_code == 422
    assert http.get(f"{stand.path('host')}/{door}").headers["location"] == stand.path("host")
    assert stand.openings() == []


def test_a_site_without_doors_shows_none_and_its_number(
    stand: ServedDoors, http: httpx.Client
) -> None:
    page = http.get(stand.path("other_site")).text
    assert "no door opens from this page" in page.replace("\u00a0", " ")
    assert PHONE in page


def test_a_house_without_a_broker_shows_no_button(demo: Demo, settings: Settings) -> None:
    furnish(settings)
    with running(settings) as server, httpx.Client(base_url=server.url, trust_env=False) as http:
        path = f"/b/{pass_token(demo.keys, demo.pass_id('host'))}/door"
        page = http.get(path, headers=PERSON).text
        assert "no door opens from this page" in page.replace("\u00a0", " ")
        assert "door-button" not in page
        form, origin = form_of(page), {"origin": server.url} | PERSON
        answer = http.post(f"{path}/{demo.ids['door']}", data=form, headers=origin)
        assert answer.headers["location"] == path
    assert asyncio.run(asked_doors(settings, demo)) == 0


async def asked_doors(settings: Settings, demo: Demo) -> int:
    """How often a door was asked, by the state of it."""
    house = await open_house(settings)
    try:
        door = demo.ids["door"]
        return await house.ledger.read(lambda reader: len(reader.rows_of("door", door)))
    finally:
        await house.close()


def test_a_house_that_says_sie_says_so_at_the_door(stand: ServedDoors, http: httpx.Client) -> None:
    asyncio.run(be_formal(stand))
    page = http.get(stand.path("booking"), headers={"accept-language": "de"}).text
    assert "Vor welcher Tür stehen Sie?" in page.replace("\u00a0", " ")


async def be_formal(stand: ServedDoors) -> None:
    house = await open_house(Settings(stand.demo.folder))
    site_id = stand.demo.ids["site"]

    def change(unit: Unit) -> None:
        site = unit.full("site", site_id, Site)
        assert site
        event = SiteSet(replace(site, formal=True))
        unit.append(site_stream(site_id), "site", site_id, event, actor="test")

    try:
        await house.ledger.work([site_stream(site_id)], change)
    finally:
        await house.close()
