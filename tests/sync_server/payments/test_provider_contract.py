"""What every payment provider keeps to: the one in memory, and the simulator as a process."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.payment import Ended
from sync_server.payments.ports import Order, PaymentProvider, ProviderAway, ProviderRefuses, Told
from tests.sync_server.payments.fake_provider import FakeProvider
from tests.sync_server.payments.simulator_process import LATE_S, Simulator, running_simulator

SOON = timedelta(minutes=10)


@dataclass
class Stand:
    """A provider with somebody who pays there, and a number that makes orders fresh."""

    provider: PaymentProvider
    pay: Callable[[str], object]
    pay_late: Callable[[str], object]
    decline: Callable[[str], object]
    next_call: Callable[[str], None]
    orders: int = 0

    def order(self, amount_cents: int = 2500) -> Order:
        self.orders += 1
        now = datetime.now(UTC)
        stamp = f"{now.timestamp()}-{self.orders}"
        return Order(stamp, amount_cents, "EUR", now + SOON, "https://house.example/back")


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    folder: Path = tmp_path_factory.mktemp("simulator")
    with running_simulator(folder) as running:
        yield running


@pytest.fixture(params=["memory", "simulator"])
async def stand(request: pytest.FixtureRequest) -> AsyncIterator[Stand]:
    if request.param == "memory":
        yield _in_memory()
        return
    simulator: Simulator = request.getfixturevalue("simulator")
    provider = simulator.provider()
    press = simulator.press
    yield Stand(
        provider,
        lambda reference: press(reference, "pay"),
        lambda reference: press(reference, "late"),
        lambda reference: press(reference, "decline"),
        simulator.expect,
    )
    await provider.close()


def _in_memory() -> Stand:
    fake = FakeProvider()

    def next_call(mood: str) -> None:
        fake.away, fake.lost = int(mood == "away"), int(mood == "loses")

    late = timedelta(seconds=LATE_S)
    return Stand(fake, fake.pay, lambda ref: fake.pay(ref, late), fake.decline, next_call)


async def until_paid(stand: Stand, reference: str) -> Told:
    until = time.monotonic() + 10
    while True:
        told = await stand.provider.look(reference)
        if told.fact.paid_cents or time.monotonic() > until:
            return told
        await asyncio.sleep(0.05)


async def test_a_fresh_payment_waits_at_a_page_of_its_own(stand: Stand) -> None:
    order, other = stand.order(), stand.order()
    told, second = await stand.provider.create(order), await stand.provider.create(other)
    assert told.payment_id == order.payment_id
    assert (told.fact.paid_cents, told.fact.ended) == (0, None)
    assert told.fact.pay_url.startswith("http")
    assert told.fact.currency == "EUR"
    assert second.fact.reference != told.fact.reference
    assert second.fact.pay_url != told.fact.pay_url


async def test_the_same_order_again_is_the_same_payment(stand: Stand) -> None:
    order = stand.order()
    first = await stand.provider.create(order)
    assert await stand.provider.create(order) == first
    stand.pay(first.fact.reference)
    again = await stand.provider.create(order)
    assert (again.fact.reference, again.fact.paid_cents) == (first.fact.reference, 2500)


@pytest.mark.parametrize("changed", [{"amount_cents": 2600}, {"currency": "CHF"}])
async def test_an_id_stands_for_one_sum(stand: Stand, changed: dict[str, object]) -> None:
    order = stand.order()
    await stand.provider.create(order)
    with pytest.raises(ProviderRefuses, match="id_reused"):
        await stand.provider.create(replace(order, **changed))  # type: ignore[arg-type]


async def test_what_is_paid_is_paid_once_however_often_it_is_looked_at(stand: Stand) -> None:
    told = await stand.provider.create(stand.order())
    for _ in range(2):
        stand.pay(told.fact.reference)
    looks = [await stand.provider.look(told.fact.reference) for _ in range(2)]
    assert looks[0] == looks[1]
    assert (looks[0].fact.paid_cents, looks[0].fact.ended) == (2500, None)
    assert looks[0].fact.method


@pytest.mark.parametrize("what", ["look", "cancel", "refund"])
async def test_nobody_knows_a_payment_that_never_was(stand: Stand, what: str) -> None:
    more = (100, "key") if what == "refund" else ()
    for reference in ("nothing", "../v1", ""):
        with pytest.raises(ProviderRefuses, match="unknown"):
            await getattr(stand.provider, what)(reference, *more)


async def test_a_declined_payment_has_failed_and_cannot_be_paid_any_more(stand: Stand) -> None:
    reference = (await stand.provider.create(stand.order())).fact.reference
    stand.decline(reference)
    stand.pay(reference)
    fact = (await stand.provider.look(reference)).fact
    assert (fact.ended, fact.paid_cents) == (Ended.FAILED, 0)


async def test_a_cancelled_payment_is_over_and_a_paid_one_stays_paid(stand: Stand) -> None:
    first, second = [(await stand.provider.create(stand.order())).fact.reference for _ in "ab"]
    stand.pay(second)
    for _ in range(2):
        assert (await stand.provider.cancel(first)).fact.ended is Ended.EXPIRED
        paid = (await stand.provider.cancel(second)).fact
        assert (paid.ended, paid.paid_cents) == (None, 2500)
    stand.pay(first)
    assert (await stand.provider.look(first)).fact.paid_cents == 0


async def test_a_payment_whose_time_is_over_has_expired(stand: Stand) -> None:
    order = replace(stand.order(), expires_at=datetime.now(UTC) - timedelta(seconds=1))
    told = await stand.provider.create(order)
    assert told.fact.ended is Ended.EXPIRED
    stand.pay(told.fact.reference)
    assert (await stand.provider.look(told.fact.reference)).fact.paid_cents == 0


async def test_money_may_come_after_the_end(stand: Stand) -> None:
    reference = (await stand.provider.create(stand.order())).fact.reference
    stand.pay_late(reference)
    assert (await stand.provider.cancel(reference)).fact.paid_cents == 0
    told = await until_paid(stand, reference)
    assert (told.fact.paid_cents, told.fact.ended) == (2500, None)


async def test_refunds_add_up_once_each_and_never_exceed_what_was_paid(stand: Stand) -> None:
    provider = stand.provider
    reference = (await provider.create(stand.order())).fact.reference
    with pytest.raises(ProviderRefuses, match="more_than_paid"):
        await provider.refund(reference, 1, "too early")
    stand.pay(reference)
    for _ in range(2):
        assert (await provider.refund(reference, 1000, "one")).fact.refunded_cents == 1000
    with pytest.raises(ProviderRefuses, match="id_reused"):
        await provider.refund(reference, 900, "one")
    for cents in (0, -5, 1501):
        with pytest.raises(ProviderRefuses, match="more_than_paid"):
            await provider.refund(reference, cents, f"two {cents}")
    fact = (await provider.refund(reference, 1500, "two")).fact
    assert (fact.paid_cents, fact.refunded_cents) == (2500, 2500)


async def test_nobody_there_changes_nothing(stand: Stand) -> None:
    order = stand.order()
    reference = (await stand.provider.create(order)).fact.reference
    stand.pay(reference)
    stand.next_call("away")
    with pytest.raises(ProviderAway):
        await stand.provider.refund(reference, 500, "r")
    assert (await stand.provider.look(reference)).fact.refunded_cents == 0


async def test_what_worked_before_the_line_was_lost_worked_once(stand: Stand) -> None:
    order = stand.order()
    stand.next_call("loses")
    with pytest.raises(ProviderAway):
        await stand.provider.create(order)
    reference = (await stand.provider.create(order)).fact.reference
    stand.pay(reference)
    stand.next_call("loses")
    with pytest.raises(ProviderAway):
        await stand.provider.refund(reference, 500, "r")
    assert (await stand.provider.look(reference)).fact.refunded_cents == 500
    assert (await stand.provider.refund(reference, 500, "r")).fact.refunded_cents == 500
