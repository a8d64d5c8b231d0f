"""Day passes: one pool of places, credits first, the pass once the money is here."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.account import Account
from domain.booking import PayBy
from domain.calendar import local_date
from domain.day_pass import DayPass, DayProduct
from domain.payment import Payment, ProviderFact
from domain.site import Site
from sync_server.use_cases.asker import Anyone, Asker, Member
from sync_server.use_cases.booking.day_desk import DayDesk, read_day_desk
from sync_server.use_cases.booking.guests import Guest
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import No, PriceChanged
from sync_server.use_cases.booking.sell_day import (
    PAY_WITHIN,
    DaySold,
    DayWish,
    NotSold,
    sell_day_pass,
    sell_to_guest,
)
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.note_payment import Books
from tests.sync_server.booking.town import MEMBER, NOBODYS, SITE, TOMORROW, Town

DAY = local_date(TOMORROW, "Europe/Berlin")
PRODUCTS = (
    DayProduct("day", {"en": "Day pass"}, 2500, 1),
    DayProduct("evening", {"en": "Evening"}, 1200, 1, from_min=17 * 60),
    DayProduct("ten", {"en": "Ten days"}, 20000, 1, passes=10),
)


@pytest.fixture
async def shop(town: Town) -> Town:
    await town.set_site(day_products=PRODUCTS)
    return town


async def sell(shop: Town, person: str = NOBODYS, **of: Any) -> DaySold | NotSold:
    wish = DayWish(**{"product_id": "day", "day": DAY, "pay_by": PayBy.INVOICE, **of})
    return await shop.work(
        lambda unit: sell_day_pass(
            Making(unit, shop.house.keys, Ids()), SITE, person, wish, "simulated"
        )
    )


async def sold(shop: Town, person: str = NOBODYS, **of: Any) -> DaySold:
    made = await sell(shop, person, **of)
    assert isinstance(made, DaySold), made
    return made


async def desk(shop: Town, asker: Asker, day: date = DAY) -> DayDesk:
    site = await shop.state("site", SITE, Site)
    assert site is not None
    now = shop.clock()
    return await shop.ledger.read(lambda r: read_day_desk(r, (SITE, site), day, asker, now))


async def test_a_day_takes_one_of_the_places_and_brings_pass_and_mail(shop: Town) -> None:
    made = await sold(shop)
    bought = await shop.state("day_pass", made.day_pass_id, DayPass)
    assert bought == DayPass(
        NOBODYS, DAY, 1, amount_cents=2500, product_id="day", unit=f"day:{SITE}#1"
    )
    assert made.pass_id
    assert await shop.mails() == [("day_pass", NOBODYS)]
    assert (await desk(shop, Anyone())).left == 2


async def test_the_fourth_of_three_places_is_not_sold_and_another_day_is_offered(
    shop: Town,
) -> None:
    for _ in range(3):
        await sold(shop, product_id="evening")
    assert await sell(shop) is No.NO_PLACE_LEFT
    full = await desk(shop, Anyone())
    assert (full.left, full.other_day) == (0, DAY + timedelta(days=1))
    assert await sold(shop, day=full.other_day)


async def test_a_member_pays_from_credits_first(shop: Town) -> None:
    assert (await desk(shop, Member(MEMBER))).credits.passes == 2
    for left in (1, 0):
        made = await sold(shop, MEMBER, pay_by=None, expected_cents=0)
        bought = await shop.state("day_pass", made.day_pass_id, DayPass)
        assert bought is not None
        assert (bought.from_credit, bought.amount_cents) == (True, 0)
        seen = await desk(shop, Member(MEMBER))
        assert (seen.credits.passes, seen.credits_all) == (left, 2)
    assert isinstance(await sell(shop, MEMBER, expected_cents=0), PriceChanged)


async def test_the_last_credit_is_spent_once_however_often_it_is_sent(shop: Town) -> None:
    await sold(shop, MEMBER, pay_by=None)
    of: dict[str, Any] = {"pay_by": None, "expected_cents": 0, "request_id": "form"}
    last = await sold(shop, MEMBER, **of)
    assert await sold(shop, MEMBER, **of) == last


async def test_a_bundle_goes_to_the_account_and_is_used_from_there(shop: Town) -> None:
    made = await sold(shop, product_id="ten")
    assert (made.pass_id, made.passes) == ("", 10)
    assert await shop.state("account", NOBODYS, Account) == Account(bought_passes=10)
    await sold(shop, pay_by=None, expected_cents=0)
    assert (await desk(shop, Member(NOBODYS))).credits.passes == 9


async def test_by_link_the_pass_comes_with_the_money(shop: Town) -> None:
    made = await sold(shop, pay_by=PayBy.LINK)
    assert (made.pass_id, await shop.mails()) == ("", [])
    assert (await desk(shop, Anyone())).left == 2
    await _pays(shop, made)
    bought = await shop.state("day_pass", made.day_pass_id, DayPass)
    assert bought is not None
    assert bought.paid
    assert await shop.mails() == [("day_pass", NOBODYS)]
    shop.clock.move(minutes=60)
    assert (await desk(shop, Anyone())).left == 2


async def test_who_does_not_pay_gives_the_place_back(shop: Town) -> None:
    made = await sold(shop, pay_by=PayBy.LINK)
    shop.clock.move(minutes=PAY_WITHIN.total_seconds() / 60 + 1)
    for _ in range(3):
        await sold(shop)
    await _pays(shop, made)
    bought = await shop.state("day_pass", made.day_pass_id, DayPass)
    assert bought is not None
    assert not bought.paid  # staff are told, as for everything paid in vain


async def test_the_same_wish_twice_is_one(shop: Town) -> None:
    first = await sold(shop, request_id="form")
    assert await sold(shop, request_id="form") == first
    assert await sell(shop, request_id="form", product_id="evening") is No.KEY_REUSED
    assert (await desk(shop, Anyone())).left == 2


async def test_a_guest_is_known_from_then_on(shop: Town) -> None:
    wish = DayWish("day", DAY, PayBy.INVOICE, 2500)
    guest = Guest("Nora Winter", "nora@example.org")
    made = await shop.work(
        lambda unit: sell_to_guest(Making(unit, shop.house.keys, Ids()), SITE, guest, wish, "")
    )
    assert isinstance(made, DaySold)
    assert made.pass_id
    bad = Guest("Nora", "nowhere")
    refused = await shop.work(
        lambda unit: sell_to_guest(Making(unit, shop.house.keys, Ids()), SITE, bad, wish, "")
    )
    assert refused is No.BAD_GUEST


@pytest.mark.parametrize(
    "of", [{"product_id": "week"}, {"day": DAY - timedelta(days=2)}, {"day": date(2099, 1, 1)}]
)
async def test_what_is_not_on_offer_is_not_sold(shop: Town, of: dict[str, Any]) -> None:
    assert await sell(shop, **of) is No.UNKNOWN_PRODUCT


async def _pays(shop: Town, made: DaySold) -> None:
    payment = await shop.state("payment", made.payment_id, Payment)
    assert payment is not None
    fact = ProviderFact("r1", payment.currency, paid_cents=payment.amount_cents)
    await shop.work(
        lambda unit: Books(unit, shop.house.keys, SITE).note_fact(made.payment_id, fact)
    )
