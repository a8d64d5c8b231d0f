"""A day pass in a real browser: picked, ordered, in hand with its code."""

import pytest
from playwright.sync_api import Browser, expect

from tests.sync_server.running import RunningServer
from tests.sync_server.web.browser import visiting
from tests.sync_server.web.look import look_at
from tests.sync_server.web.slots import some_day
from tests.sync_server.web.test_booking import ORDER


@pytest.mark.parametrize("script", [True, False])
def test_a_guest_takes_a_desk_for_a_day(
    browser: Browser, shown: RunningServer, language: str, width: int, *, script: bool
) -> None:
    day = some_day(9).date()
    with visiting(browser, shown.url, language, width, script=script) as guest:
        guest.go(f"/s/ziegelhof?day={day}")
        guest.page.locator(".day-line a").click()
        guest.page.wait_for_url("**/day-pass**")
        guest.page.locator("a.remedy[href$='product=evening']").click()
        expect(guest.page.locator("#price .total td")).to_contain_text("12")
        guest.page.locator("#name").fill("Nora Winter")
        guest.page.get_by_role("button", name=ORDER[language]).click()
        assert guest.page.locator("#name").input_value() == "Nora Winter"
        assert guest.page.locator(".asked").count() >= 1
        if script:
            look_at(guest, "day-pass-asked")
        guest.page.locator("#mail").fill(f"day.{language}.{width}.{script}@example.org")
        guest.page.locator("#rules").check(force=True)
        guest.page.get_by_role("button", name=ORDER[language]).click()
        guest.page.wait_for_url("**/b/**")
        expect(guest.page.locator("h1")).to_contain_text("Nora")
        if script:
            look_at(guest, "day-pass-bought")
