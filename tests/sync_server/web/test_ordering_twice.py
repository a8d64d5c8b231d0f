"""The order button pressed twice, the back button after it, and forms that no page of ours has."""

import asyncio
import re
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import httpx
import pytest
from starlette.datastructures import QueryParams

from domain.day_pass import DayProduct
from domain.passes import GrantKind, PassRevoked
from domain.resource import Resource, ResourceSet
from domain.site import Site, SiteSet
from domain.terms import BookingTerms
from ledger.unit import Unit
from sync_server.house import House, open_house
from sync_server.settings import Settings
from sync_server.use_cases.booking.holds import hold_id_of_token
from sync_server.use_cases.issue_pass import issue_booking_pass
from sync_server.use_cases.member_page import living_passes
from sync_server.web.series.asked import read_series
from tests.sync_server.api.conftest import NINE, TEN, TODAY, Small, small
from tests.sync_server.booking.town import HALL, MEMBER, ROOM, SITE, STREAM
from tests.sync_server.running import RunningServer, running
from tests.sync_server.web.let_in import new_secret

__all__ = ["small"]

T = TypeVar("T")

PETRA = {"name": "Petra Roth", "mail": "petra.roth@example.org"}


@dataclass(frozen=True, slots=True)
class Passer:
    """Somebody with a browser that knows no script."""

    http: httpx.Client

    def get(self, path: str) -> httpx.Response:
        return self.http.get(path, headers={"accept": "text/html"})

    def send(self, path: str, csrf: str, **fields: str) -> httpx.Response:
        headers = {"accept": "text/html", "origin": str(self.http.base_url).rstrip("/")}
        return self.http.post(path, data={"csrf": csrf, **fields}, headers=headers)

    def csrf(self, path: str) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.get(path).text)
        assert found
        return found[1]

    def held(self, resource: str = ROOM) -> tuple[str, str]:
        """The page of a held slot, and what its forms bring."""
        wish = {"resource": resource, "start": NINE, "end": TEN}
        csrf = self.csrf(f"/s/{SITE}/book?{urlencode(wish)}")
        answer = self.send(f"/s/{SITE}/book", csrf, **wish)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"], csrf


@pytest.fixture
def served(small: Small, tmp_path: Path) -> Iterator[RunningServer]:
    """A small house that takes money by link; its provider never answers."""
    folder = tmp_path / "small"
    shutil.copytree(small.folder, folder)
    secret = tmp_path / "secret"
    secret.write_bytes(b"00" * 32)
    secret.chmod(0o600)
    by_link = {"payments": "simulated", "payments_url": "http://127.0.0.1:9"}
    settings = Settings(folder, payments_secret_file=str(secret), **by_link)
    with running(settings) as server:
        server.clock.ahead = TODAY - datetime.now(UTC)
        yield server


@pytest.fixture
def passer(served: RunningServer) -> Iterator[Passer]:
    with httpx.Client(base_url=served.url, trust_env=False, timeout=20) as http:
        yield Passer(http)


def _work(served: RunningServer, fn: Callable[[Unit, House], T]) -> T:
    async def go() -> T:
        house = await open_house(served.settings, served.clock)
        try:
            return await house.ledger.work([STREAM], lambda unit: fn(unit, house))
        finally:
            await house.close()

    return asyncio.run(go())


def _set_hall(served: RunningServer, **changes: Any) -> None:
    def change(unit: Unit, _: House) -> None:
        hall = unit.full("resource", HALL, Resource)
        assert hall
        event = ResourceSet(replace(hall, **changes))
        unit.append(STREAM, "resource", HALL, event, actor="test")

    _work(served, change)


def test_an_order_pressed_twice_leads_to_the_same_pass(passer: Passer) -> None:
    path, csrf = passer.held()
    first = passer.send(path, csrf, pay_by="invoice", **PETRA)
    again = passer.send(path, csrf, pay_by="invoice", **PETRA)
    assert first.headers["location"].startswith("/b/")
    assert (again.status_code, again.headers["location"]) == (303, first.headers["location"])
    back = passer.get(path)
    assert (back.status_code, back.headers["location"]) == (303, first.headers["location"])


def test_orders_pressed_at_the_same_instant_lead_to_the_same_pass(passer: Passer) -> None:
    path, csrf = passer.held()

    def press(_: int) -> httpx.Response:
        return passer.send(path, csrf, pay_by="invoice", **PETRA)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(press, range(4)))
    assert {each.status_code for each in answers} == {303}, [each.text for each in answers]
    assert len({each.headers["location"] for each in answers}) == 1
    assert answers[0].headers["location"].startswith("/b/")


def test_an_order_by_link_pressed_twice_leads_to_the_same_payment(passer: Passer) -> None:
    path, csrf = passer.held()
    first = passer.send(path, csrf, pay_by="link", **PETRA)
    again = passer.send(path, csrf, pay_by="link", **PETRA)
    assert first.headers["location"].startswith("/pay/")
    assert (again.status_code, again.headers["location"]) == (303, first.headers["location"])
    assert passer.send(f"{path}/drop", csrf).status_code == 303
    assert passer.get(path).headers["location"] == first.headers["location"]


def test_a_wish_sent_twice_says_the_same_twice(passer: Passer, served: RunningServer) -> None:
    _set_hall(served, terms=BookingTerms(needs_approval=True))
    path, csrf = passer.held(HALL)
    for _ in range(2):
        answer = passer.send(path, csrf, pay_by="invoice", **PETRA)
        assert answer.status_code == 200
        assert PETRA["mail"] in answer.text
    assert PETRA["mail"] in passer.get(path).text


def test_once_the_code_was_replaced_the_old_address_leads_to_none(
    passer: Passer, served: RunningServer
) -> None:
    path, csrf = passer.held()
    passer.send(path, csrf, pay_by="invoice", **PETRA)
    hold_token = path.rpartition("/")[2]

    def lose_phone(unit: Unit, house: House) -> None:
        booking_id = str(hold_id_of_token(house.keys, hold_token))
        (old,) = living_passes(unit, GrantKind.BOOKING, booking_id)
        unit.append(STREAM, "pass", old, PassRevoked(unit.now), actor="test")
        issue_booking_pass(unit, house.keys, SITE, booking_id)

    _work(served, lose_phone)
    assert passer.get(path).status_code == 404
    order = {"guest": PETRA, "pay_by": "invoice"}
    told = passer.http.post(f"/api/v1/holds/{hold_token}/book", json=order).json()
    assert told.get("page") is None


@pytest.mark.parametrize("field", ["expected", "pay_by"])
@pytest.mark.parametrize("text", ["9" * 5000, "\u0661", "-1", "cash", "nothing"])
def test_fields_that_no_form_of_ours_brings_break_nothing(
    passer: Passer, served: RunningServer, field: str, text: str
) -> None:
    _set_hall(served, hour_price_cents=0)
    path, csrf = passer.held(HALL)
    answer = passer.send(path, csrf, **PETRA, **{field: text})
    assert answer.status_code in (303, 422)


def test_a_price_of_five_thousand_digits_is_none(passer: Passer, served: RunningServer) -> None:
    passer.http.cookies.set("foyer", new_secret(served.settings, MEMBER))
    wish = {"resource": ROOM, "start": NINE, "end": TEN}
    csrf = passer.csrf(f"/s/{SITE}/book?{urlencode(wish)}")
    answer = passer.send(f"/s/{SITE}/book", csrf, **wish, expected="9" * 5000)
    assert answer.status_code == 303


@pytest.mark.parametrize("end", ["9990-01-01T00:00Z", "2099-12-31T00:00Z", "2027-05-01T00:00Z"])
def test_a_slot_of_many_years_is_refused_and_not_searched_around(passer: Passer, end: str) -> None:
    wish = {"resource": ROOM, "start": NINE, "end": end}
    began = time.process_time()
    answer = passer.get(f"/s/{SITE}/book?{urlencode(wish)}")
    assert answer.status_code == 422
    assert time.process_time() - began < 1


def test_a_day_pass_at_no_price_of_ours_breaks_nothing(
    passer: Passer, served: RunningServer
) -> None:
    def sell_days(unit: Unit, _: House) -> None:
        site = unit.full("site", SITE, Site)
        assert site
        offered = replace(site, day_products=(DayProduct("day", {"en": "Day"}, 2000, zones=1),))
        unit.append(STREAM, "site", SITE, SiteSet(offered), actor="test")

    _work(served, sell_days)
    path = f"/s/{SITE}/day-pass"
    fields = {"product": "day", "day": "2026-05-15", "pay_by": "invoice", "expected": "9" * 5000}
    answer = passer.send(path, passer.csrf(path), **fields, **PETRA)
    assert answer.status_code in (303, 422)


def test_a_series_of_slots_of_many_years_is_refused(passer: Passer, served: RunningServer) -> None:
    passer.http.cookies.set("foyer", new_secret(served.settings, MEMBER))
    for end in ("9990-01-01T00:00Z", "2099-12-31T00:00Z", "2027-05-01T00:00Z"):
        wish = {"resource": ROOM, "start": NINE, "end": end, "rhythm": "workdays", "times": "99"}
        began = time.process_time()
        assert passer.get(f"/s/{SITE}/series?{urlencode(wish)}").status_code in (200, 422)
        assert time.process_time() - began < 2


def test_what_a_series_asks_is_told_alike_by_every_server() -> None:
    days = [f"2026-05-{day:02}" for day in (15, 22, 29)]
    fields = [("resource", ROOM), ("start", NINE), ("end", TEN), ("times", "3")]
    ticks = [("of", "FREQ=WEEKLY;COUNT=3"), *(("on", day) for day in days)]
    asked = read_series(QueryParams([*fields, *ticks]), "Europe/Berlin")
    assert asked is not None
    assert asked.wanted is not None
    assert [asked.content.index(repr(day)) for day in sorted(asked.wanted)] == sorted(
        asked.content.index(repr(day)) for day in asked.wanted
    )
