"""Day passes over the API: what is on offer, and buying one once for each key."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.day_pass import DayProduct
from domain.site import Site, SiteSet
from ledger.unit import Unit
from sync_server.house import open_house
from tests.sync_server.api.conftest import Programs
from tests.sync_server.booking.town import MEMBER, NOBODYS, SITE, STREAM

DAY = "2026-05-15"


@pytest.fixture
def shop(programs: Programs) -> Programs:
    """The house sells a day and an evening."""

    async def furnish() -> None:
        house = await open_house(programs.server.settings)

        def offer(unit: Unit) -> None:
            site = unit.full("site", SITE, Site)
            assert site is not None
            products = (
                DayProduct("day", {"en": "Day pass"}, 2500, 1),
                DayProduct("evening", {"en": "Evening"}, 1200, 1, from_min=17 * 60),
            )
            event = SiteSet(replace(site, day_products=products))
            unit.append(STREAM, "site", SITE, event, actor="test")

        await house.ledger.work([STREAM], offer)
        await house.close()

    asyncio.run(furnish())
    return programs


def buy(shop: Programs, asker: str | None, key: str = "", **body: Any) -> httpx.Response:
    wish = {"site": SITE, "date": DAY, "product": "day"} | body
    headers = {"Idempotency-Key": key or str(uuid4())}
    return shop.ask("POST", "/day-passes", asker, json=wish, headers=headers)


def test_anyone_sees_what_is_on_offer_and_a_member_their_credits(shop: Programs) -> None:
    params = {"site": SITE, "date": DAY}
    answer = shop.ask("GET", "/day-passes", None, params=params)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["left"], told["credits"], told["other_date"]) == (3, 0, None)
    assert [each["id"] for each in told["products"]] == ["day", "evening"]
    evening = told["products"][1]
    assert evening["start"] == f"{DAY}T17:00:00+02:00"
    assert evening["price"]["total_cents"] == 1200
    mine = shop.ask("GET", "/day-passes", "member", params=params).json()
    assert mine["credits"] == 2
    assert mine["products"][0]["from_credit"] is True


def test_the_same_key_buys_once(shop: Programs) -> None:
    first = buy(shop, "member", "key")
    assert first.status_code == 201, first.text
    assert first.json()["page"]
    assert buy(shop, "member", "key").json() == first.json()
    other = buy(shop, "member", "key", product="evening")
    assert (other.status_code, other.json()["code"]) == (409, "id_reused")


def test_staff_buy_for_somebody_until_all_places_are_taken(shop: Programs) -> None:
    for _ in range(3):
        made = buy(shop, "operator", person=NOBODYS, pay_by="invoice")
        assert made.status_code == 201, made.text
    full = buy(shop, "operator", person=NOBODYS, pay_by="invoice")
    assert (full.status_code, full.json()["code"]) == (409, "no_place_left")


@pytest.mark.parametrize(
    ("asker", "body", "status", "code"),
    [
        (None, {}, 401, "no_token"),
        ("auditor", {}, 403, "forbidden"),
        ("other", {"person": MEMBER}, 422, "unknown_person"),
        ("operator_elsewhere", {"person": MEMBER}, 422, "unknown_person"),
        ("member", {"site": "nowhere"}, 404, "unknown_site"),
        ("member", {"product": "week"}, 422, "unknown_product"),
        ("member", {"date": "1970-01-01"}, 422, "bad_date"),
        ("member", {"date": "today"}, 422, "bad_body"),
        ("member", {"expected_cents": 7}, 409, "price_changed"),
    ],
)
def test_what_is_not_sold_says_why(
    shop: Programs, asker: str | None, body: dict[str, Any], status: int, code: str
) -> None:
    answer = buy(shop, asker, **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.json()["sentence"]


GUEST = {"name": "Petra Roth", "mail": "petra.roth@example.org"}


def test_a_guest_buys_without_an_account_once_for_each_key(shop: Programs) -> None:
    told = [buy(shop, None, "mine", guest=GUEST, pay_by="invoice") for _ in range(2)]
    assert [each.status_code for each in told] == [201, 201], told[0].text
    assert told[0].json() == told[1].json()
    assert "/b/" in told[0].json()["page"]
    for body, status, code in (
        ({}, 401, "no_token"),
        ({"guest": GUEST | {"mail": "x"}}, 422, "bad_guest"),
        ({"guest": GUEST, "pay_by": "link"}, 422, "way_to_pay"),
    ):
        answer = buy(shop, None, **{"pay_by": "invoice", **body})
        assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_nobody_is_offered_a_link_where_nobody_takes_money_by_it(shop: Programs) -> None:
    told = shop.ask("GET", "/day-passes", None, params={"site": SITE, "date": DAY}).json()
    assert told["pay_by"] == ["invoice"]


def test_a_day_is_called_off_before_it_begins_and_its_credit_is_back(shop: Programs) -> None:
    def left() -> int:
        asked = {"site": SITE, "date": DAY}
        return int(shop.ask("GET", "/day-passes", params=asked).json()["credits"])

    before = left()
    sold = buy(shop, "member").json()
    assert left() == before - 1
    path = f"/day-passes/{sold['id']}"
    nothing = shop.ask("DELETE", "/day-passes/nothing", "other")
    assert (nothing.status_code, nothing.json()["code"]) == (404, "unknown_day_pass")
    for asker in ("other", "operator_elsewhere"):
        assert shop.ask("DELETE", path, asker).json() == nothing.json()
    assert shop.ask("DELETE", path, None).status_code == 401
    assert shop.ask("DELETE", path, "auditor").status_code == 403
    for _ in range(2):
        assert shop.ask("DELETE", path).status_code == 204
    assert left() == before
