"""A site in a browser: a slot is found with and without a script, by tap and by list."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser

from tests.sync_server.running import RunningServer
from tests.sync_server.web.browser import Visitor, visiting

KILN = 24
PICKED = f"/s/ziegelhof?pick={KILN}"


@pytest.fixture
def guest(browser: Browser, thursday: RunningServer) -> Iterator[Visitor]:
    with visiting(browser, thursday.url) as visitor:
        yield visitor


def asked_in(visitor: Visitor) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visitor.page.url).query)


def booked_by(visitor: Visitor) -> dict[str, list[str]]:
    href = visitor.page.locator(".cart a").get_attribute("href")
    assert href
    assert href.startswith("/s/ziegelhof/book?")
    return parse_qs(urlsplit(href).query)


def test_without_a_script_a_slot_is_picked_and_its_price_told(
    browser: Browser, thursday: RunningServer
) -> None:
    with visiting(browser, thursday.url, width=360, script=False) as visitor:
        page = visitor.page
        visitor.go("/s/ziegelhof")
        page.get_by_role("link", name="Pick Kiln").click()
        page.get_by_label("From", exact=True).select_option("14:00")
        page.get_by_role("button", name="Show").last.click()
        page.get_by_label("For", exact=True).select_option("120")
        page.get_by_role("button", name="Show").last.click()
        assert "Kiln, €64" in page.locator(".cart").inner_text().replace("\n", " ")
        slot = booked_by(visitor)
        assert slot["start"][0][11:] == "13:00Z"
        assert slot["end"][0][11:] == "15:00Z"


def test_with_a_script_only_the_day_is_fetched_and_the_focus_stays(guest: Visitor) -> None:
    page = guest.page
    guest.go(PICKED)
    page.evaluate("() => { document.body.dataset.same = 'page'; }")
    page.locator("#start").focus()
    page.locator("#start").select_option("14:00")
    page.locator(".cart .long", has_text="14:00 to 15:00").wait_for()
    assert page.evaluate("() => document.activeElement.id") == "start"
    assert page.evaluate("() => document.body.dataset.same") == "page"
    assert asked_in(guest)["pick"] == [str(KILN)]
    page.go_back()
    page.locator(".cart .long", has_text="14:00").wait_for(state="detached")


def test_a_tap_on_a_free_stretch_picks_the_time_that_was_tapped(guest: Visitor) -> None:
    guest.go("/s/ziegelhof")
    row = guest.page.locator(f"#row-{KILN}")
    long_one = row.locator("a.free").nth(1)
    box = long_one.bounding_box()
    assert box
    long_one.click(position={"x": box["width"] * 0.5, "y": box["height"] / 2})
    guest.page.locator(".cart").wait_for()
    assert booked_by(guest)["start"][0][11:] == "13:45Z"
    assert guest.page.locator(".bar text").text_content() == "14:45 to 15:45"


def test_a_week_is_clicked_where_it_is_free(guest: Visitor) -> None:
    guest.go(f"/s/ziegelhof/r/{KILN}")
    page = guest.page
    page.locator(".ec-body").wait_for()
    days = page.locator(".ec-time-grid .ec-day")
    box = days.last.bounding_box()
    assert box
    days.last.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    page.wait_for_url("**/s/ziegelhof?pick=*")
    assert page.locator(".cart").is_visible()
    assert guest.complaints == []


def test_the_list_beside_the_week_says_what_is_free(guest: Visitor) -> None:
    guest.go(f"/s/ziegelhof/r/{KILN}")
    guest.page.get_by_text("The same as a list").click()
    guest.page.get_by_role("link", name="12:30 to 17:00").click()
    guest.page.locator(".cart", has_text="12:30 to 13:30").wait_for()


def test_another_day_and_other_kinds_are_one_click_away(guest: Visitor) -> None:
    page = guest.page
    guest.go("/s/ziegelhof")
    page.get_by_role("link", name="Booths").click()
    page.locator(f"#row-{KILN}").wait_for(state="detached")
    assert page.locator(".resource").count() == 2
    page.locator(".date").nth(1).click()
    page.locator(".date[aria-current]", has_text="Fri").wait_for()
    assert asked_in(guest)["kind"] == ["booth"]


def test_screen_readers_hear_what_is_free(guest: Visitor) -> None:
    guest.go("/s/ziegelhof")
    told = guest.page.locator(f"#row-{KILN} .only-read").first.inner_text()
    assert told == "free 8:30 to 9:30, 12:30 to 17:00, 18:00 to 20:00"


@pytest.mark.parametrize(
    "query",
    ["day=x", "day=9999-12-31", "pick=-1", "pick=99999999999", "start=x&pick=24", "for=-3&pick=24",
     "with=<script>", "seats=9999999", "kind=castle", "pick=24&start=0001-01-01T00:00Z",
     "pick=25&for=527040", "day=0001-01-01", "pick=20&for=1"],
)  # fmt: skip
def test_nonsense_in_the_address_is_no_trouble(thursday: RunningServer, query: str) -> None:
    answer = httpx.get(f"{thursday.url}/s/ziegelhof?{query}", trust_env=False)
    assert answer.status_code == 200
    assert "<script>" not in answer.text.replace("<script src", "")


@pytest.mark.parametrize("path", ["r/0", "r/x", "r/99999999999999", "pictures/x.jpg",
                                  "pictures/..%2Ffoyer.sqlite"])  # fmt: skip
def test_what_is_not_shown_is_not_there(thursday: RunningServer, path: str) -> None:
    answer = httpx.get(f"{thursday.url}/s/ziegelhof/{path}", trust_env=False)
    assert answer.status_code == 404
    assert httpx.get(f"{thursday.url}/s/nowhere/{path}", trust_env=False).status_code == 404
