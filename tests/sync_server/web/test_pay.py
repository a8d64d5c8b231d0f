"""Paying by link in a real browser: there, back, and whatever may come between."""

import asyncio
import shutil
import socket
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx
import pytest
from playwright.sync_api import Browser, expect

from domain.booking import BookingCancelled
from domain.payment import Payment, PaymentStatus
from sync_server.house import open_house
from sync_server.links import payment_token
from sync_server.payments.reconciling import Reconciler
from sync_server.settings import Settings
from tests.sync_server.conftest import Demo
from tests.sync_server.payments.counter import Counter
from tests.sync_server.payments.simulator_process import Simulator, running_simulator
from tests.sync_server.running import RunningServer, running
from tests.sync_server.web.browser import Visitor, visiting
from tests.sync_server.web.furnishing import furnish
from tests.sync_server.web.look import look_at

T = TypeVar("T")
NEXT_WEEK = datetime(2026, 6, 15, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shop:
    """A house with a payment provider, and what goes on behind its pages."""

    server: RunningServer
    simulator: Simulator
    demo: Demo

    def behind(self, act: Callable[[Counter], Coroutine[Any, Any, T]]) -> T:
        async def go() -> T:
            house = await open_house(self.server.settings)
            try:
                return await act(Counter(house, self.demo.ids["site"], Reconciler(house, {})))
            finally:
                await house.close()

        return asyncio.run(go())

    def bill(self) -> tuple[str, str, str]:
        """A booked room to be paid: its id, its payment, and the path of the payment's page."""

        async def act(counter: Counter) -> tuple[str, str, str]:
            booking = await counter.booked(self.demo.ids["resource"], NEXT_WEEK)
            payment = await counter.started(booking, for_kind="booking")
            return booking, payment, f"/pay/{payment_token(counter.house.keys, payment)}"

        return self.behind(act)

    def payment(self, payment_id: str) -> Payment:
        return self.behind(lambda counter: counter.payment(payment_id))

    def pay(self, payment_id: str, act: str) -> None:
        """Press a button at the provider's without a browser."""
        self.simulator.press(self.payment(payment_id).reference, act)

    def cancel(self, booking_id: str) -> None:
        async def act(counter: Counter) -> None:
            gone = BookingCancelled(datetime.now(UTC))
            await counter.work(
                lambda unit: unit.append(counter.stream, "booking", booking_id, gone, actor="test")
            )

        self.behind(act)


@pytest.fixture(scope="module")
def shop(founded: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("shop")
    shutil.copytree(founded.folder, folder / "house")
    furnish(Settings(folder / "house"))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with running_simulator(folder) as simulator:
        settings = Settings(
            folder / "house",
            public_url=f"http://127.0.0.1:{port}",
            payments="simulated",
            payments_url=simulator.url,
            payments_secret_file=str(simulator.secret_file),
        )
        with running(settings, port) as server:
            yield Shop(server, simulator, founded)


@pytest.fixture
def payer(browser: Browser, shop: Shop, language: str, width: int) -> Iterator[Visitor]:
    with visiting(browser, shop.server.url, language, width) as visitor:
        yield visitor


def says(visitor: Visitor, english: str, german: str) -> None:
    """The page's one headline begins like this; waited for, since some pages look by themselves."""
    words = english if visitor.language == "en" else german
    expect(visitor.page.locator("h1")).to_contain_text(words, timeout=15_000)


def press(visitor: Visitor, english: str, german: str) -> None:
    words = english if visitor.language == "en" else german
    visitor.page.get_by_text(words, exact=True).first.click()


def test_paid_at_the_provider_and_back_again(payer: Visitor, shop: Shop) -> None:
    booking, payment_id, path = shop.bill()
    assert payer.go(path) == 200
    says(payer, "€25 for Loft.", "25 € für Loft.")
    look_at(payer, "pay-open")
    press(payer, "Pay €25", "25 € zahlen")
    payer.page.wait_for_url(f"{shop.simulator.url}/**")
    look_at(payer, "pay-provider")
    payer.page.get_by_role("button").first.click()
    payer.page.wait_for_url(f"{shop.server.url}/**")
    says(payer, "Paid, thank you.", "Bezahlt, danke.")
    look_at(payer, "pay-paid")
    assert shop.payment(payment_id).status is PaymentStatus.PAID
    assert shop.behind(lambda counter: counter.events(booking)) == ["BookingMade", "BookingPaid"]


def test_who_is_back_before_the_money_waits_and_is_told_by_the_page_itself(
    payer: Visitor, shop: Shop
) -> None:
    _, payment_id, path = shop.bill()
    shop.behind(lambda counter: _asked(shop, counter, payment_id))
    payer.go(f"{path}?back=1")
    says(payer, "Waiting for the money.", "Wir warten auf das Geld.")
    look_at(payer, "pay-waiting")
    shop.pay(payment_id, "quiet")
    says(payer, "Paid, thank you.", "Bezahlt, danke.")


def test_what_the_bank_declined_is_tried_again_while_it_is_to_be_had(
    payer: Visitor, shop: Shop
) -> None:
    booking, payment_id, path = shop.bill()
    shop.behind(lambda counter: _asked(shop, counter, payment_id))
    shop.pay(payment_id, "decline")
    payer.go(f"{path}?back=1")
    says(payer, "That did not go through.", "Das hat nicht geklappt.")
    look_at(payer, "pay-failed")
    press(payer, "Try again", "Noch einmal versuchen")
    payer.page.wait_for_url(f"{shop.simulator.url}/**")
    payer.page.get_by_role("button").first.click()
    payer.page.wait_for_url(f"{shop.server.url}/**")
    says(payer, "Paid, thank you.", "Bezahlt, danke.")
    assert shop.payment(payment_id).status is PaymentStatus.FAILED
    assert shop.behind(lambda counter: counter.events(booking)) == ["BookingMade", "BookingPaid"]


def test_what_is_not_to_be_had_any_more_is_not_paid_again(payer: Visitor, shop: Shop) -> None:
    booking, payment_id, path = shop.bill()
    shop.behind(lambda counter: _asked(shop, counter, payment_id))
    shop.pay(payment_id, "expire")
    shop.cancel(booking)
    payer.go(f"{path}?back=1")
    says(payer, "The time for this payment is over.", "Die Zeit für diese Zahlung ist um.")
    look_at(payer, "pay-over")
    assert payer.page.locator("main form").count() == 0


def test_money_for_what_is_gone_is_told_to_the_payer_and_to_staff(
    payer: Visitor, shop: Shop
) -> None:
    booking, payment_id, path = shop.bill()
    shop.behind(lambda counter: _asked(shop, counter, payment_id))
    shop.cancel(booking)
    shop.pay(payment_id, "pay")
    payer.go(f"{path}?back=1")
    says(payer, "Your money is here.", "Dein Geld ist da.")
    look_at(payer, "pay-in-vain")
    assert ("paid_in_vain", payment_id) in shop.behind(lambda counter: counter.told_staff())


def test_it_works_without_a_script(browser: Browser, shop: Shop) -> None:
    _, payment_id, path = shop.bill()
    with visiting(browser, shop.server.url, "en", 360, script=False) as payer:
        payer.go(path)
        press(payer, "Pay €25", "")
        payer.page.wait_for_url(f"{shop.simulator.url}/**")
        payer.go(f"{path}?back=1")
        says(payer, "Waiting for the money.", "")
        shop.pay(payment_id, "quiet")
        says(payer, "Paid, thank you.", "")


def test_a_provider_that_is_away_takes_nothing_and_can_be_asked_again(
    browser: Browser, shop: Shop
) -> None:
    _, payment_id, path = shop.bill()
    with visiting(browser, shop.server.url, "de", 360) as payer:
        payer.go(path)
        shop.simulator.expect("away")
        press(payer, "", "25 € zahlen")
        expect(payer.page.get_by_role("status")).to_contain_text("antwortet gerade nicht")
        look_at(payer, "pay-away")
        press(payer, "", "25 € zahlen")
        payer.page.wait_for_url(f"{shop.simulator.url}/**")
    assert shop.payment(payment_id).status is PaymentStatus.PENDING


@pytest.mark.parametrize("token", ["x", "a" * 43, "%2e%2e", "ü"])
def test_a_link_that_is_not_ours_leads_nowhere(shop: Shop, token: str) -> None:
    with httpx.Client(base_url=shop.server.url, trust_env=False) as http:
        assert http.get(f"/pay/{token}").status_code == 404
        assert http.post(f"/pay/{token}").status_code == 403, "no form of ours"


async def _asked(shop: Shop, counter: Counter, payment_id: str) -> None:
    """As if the payer had been sent to the provider before."""
    provider = shop.simulator.provider()
    await Reconciler(counter.house, {"simulated": provider}).step(payment_id)
    await provider.close()
