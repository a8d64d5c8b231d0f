"""Payments come nearer to the truth step by step, whatever is lost on the way."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.payment import (
    Ended,
    NotPayable,
    NotRefundable,
    PaymentStatus,
    ProviderFact,
    RefundStatus,
)
from domain.payment.steps import LATE_MONEY
from sync_server.house import open_house
from sync_server.jobs.payments import reconcile_payments
from sync_server.payments.ports import Order, ProviderAway
from sync_server.payments.reconciling import Reconciler
from sync_server.settings import Settings
from sync_server.use_cases.note_payment import Books
from sync_server.use_cases.payments import PayWish, start_payment
from tests.sync_server.conftest import Demo
from tests.sync_server.payments.counter import EUR_25, TEN_MIN, Counter
from tests.sync_server.payments.fake_provider import FakeProvider
from tests.sync_server.running import MovableClock

S = PaymentStatus


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def fake(clock: MovableClock) -> FakeProvider:
    return FakeProvider(clock)


@pytest.fixture
async def counter(
    settings: Settings, demo: Demo, clock: MovableClock, fake: FakeProvider
) -> AsyncIterator[Counter]:
    house = await open_house(settings, clock)
    yield Counter(house, demo.ids["site"], Reconciler(house, {"simulated": fake}))
    await house.close()


A_WHILE = timedelta(seconds=70)
"""Longer than a claim of a timer and than the first pauses."""


async def look_after_all(counter: Counter, clock: MovableClock) -> None:
    clock.ahead += A_WHILE
    await reconcile_payments(counter.house, counter.reconciler)


async def until_pending(counter: Counter, day_pass: str | None = None) -> tuple[str, str]:
    """A payment and its reference at the provider."""
    payment_id = await counter.started(day_pass)
    await counter.reconciler.step(payment_id)
    return payment_id, (await counter.payment(payment_id)).reference


async def test_a_payment_is_recorded_asked_for_paid_and_handed_over_once(
    counter: Counter, fake: FakeProvider
) -> None:
    day_pass = await counter.sold()
    payment_id = await counter.started(day_pass)
    assert (await counter.payment(payment_id)).status is S.CREATED
    await counter.reconciler.step(payment_id)
    pending = await counter.payment(payment_id)
    assert (pending.status, pending.pay_url[:8]) == (S.PENDING, "https://")
    fake.pay(pending.reference)
    for _ in range(3):
        await counter.reconciler.step(payment_id)
    paid = await counter.payment(payment_id)
    assert (paid.status, paid.paid_cents, paid.method) == (S.PAID, EUR_25, "card")
    assert await counter.events(payment_id) == ["PaymentCreated", "PaymentPending", "PaymentPaid"]
    assert await counter.events(day_pass) == ["DayPassSold", "DayPassPaid"]
    assert await counter.told_staff() == []


async def test_the_provider_hears_our_id_the_page_to_come_back_to_and_the_language(
    counter: Counter, fake: FakeProvider
) -> None:
    payment_id = await counter.started(language="de")
    await counter.reconciler.step(payment_id)
    order = fake.kept[f"ref-{payment_id}"].order
    assert (order.payment_id, order.language) == (payment_id, "de")
    assert "/pay/" in order.return_url
    assert payment_id not in order.return_url


async def test_one_that_nobody_asked_for_yet_is_asked_for_by_the_job(
    counter: Counter, fake: FakeProvider, clock: MovableClock
) -> None:
    payment_id = await counter.started()
    await look_after_all(counter, clock)
    assert (await counter.payment(payment_id)).status is S.PENDING
    assert fake.calls == ["create"]


async def test_an_answer_that_was_lost_is_asked_for_again_under_the_same_id(
    counter: Counter, fake: FakeProvider, clock: MovableClock
) -> None:
    payment_id = await counter.started()
    fake.lost = 1
    with pytest.raises(ProviderAway):
        await counter.reconciler.step(payment_id)
    assert (await counter.payment(payment_id)).status is S.CREATED
    await look_after_all(counter, clock)
    assert (await counter.payment(payment_id)).status is S.PENDING
    assert len(fake.kept) == 1


async def test_money_that_nobody_told_us_of_is_found_by_the_job(
    counter: Counter, fake: FakeProvider, clock: MovableClock
) -> None:
    payment_id, reference = await until_pending(counter)
    fake.pay(reference)
    fake.lost = 1
    await look_after_all(counter, clock)
    assert (await counter.payment(payment_id)).status is S.PENDING
    await look_after_all(counter, clock)
    assert (await counter.payment(payment_id)).paid_cents == EUR_25


async def test_a_provider_that_is_away_keeps_nothing_else_waiting(
    counter: Counter, fake: FakeProvider, clock: MovableClock
) -> None:
    ids = [await counter.started() for _ in range(3)]
    fake.away = 2
    await look_after_all(counter, clock)
    states = [(await counter.payment(id_)).status for id_ in ids]
    assert sorted(states) == [S.CREATED, S.CREATED, S.PENDING]
    clock.ahead += timedelta(minutes=2)
    await look_after_all(counter, clock)
    assert {(await counter.payment(id_)).status for id_ in ids} == {S.PENDING}


async def test_a_declined_payment_fails_and_the_next_one_for_the_same_thing_is_a_fresh_one(
    counter: Counter, fake: FakeProvider
) -> None:
    day_pass = await counter.sold()
    payment_id, reference = await until_pending(counter, day_pass)
    assert await counter.started(day_pass) == payment_id, "open: taken again"
    fake.decline(reference)
    await counter.reconciler.step(payment_id)
    assert (await counter.payment(payment_id)).status is S.FAILED
    second, reference = await until_pending(counter, day_pass)
    assert second != payment_id
    fake.pay(reference)
    await counter.reconciler.step(second)
    assert await counter.is_paid(day_pass)


async def test_two_payments_for_one_thing_are_both_kept_and_staff_are_told_of_the_second(
    counter: Counter, fake: FakeProvider
) -> None:
    day_pass = await counter.sold()
    first, reference = await until_pending(counter, day_pass)
    fake.decline(reference)
    await counter.reconciler.step(first)
    second, other = await until_pending(counter, day_pass)
    fake.pay(other)
    fake.kept[reference].ended, fake.kept[reference].came_at = None, fake.now()
    for payment_id in (second, first, second, first):
        await counter.reconciler.step(payment_id)
    assert {(await counter.payment(id_)).status for id_ in (first, second)} == {S.PAID}
    assert await counter.told_staff() == [("paid_in_vain", first)]
    assert await counter.events(day_pass) == ["DayPassSold", "DayPassPaid"]


async def test_its_time_is_over_so_the_provider_takes_no_money_any_more(
    counter: Counter, fake: FakeProvider, clock: MovableClock
) -> None:
    asked, _ = await until_pending(counter)
    unasked = await counter.started()
    clock.ahead += TEN_MIN
    await look_after_all(counter, clock)
    assert {(await counter.payment(id_)).status for id_ in (asked, unasked)} == {S.EXPIRED}
    assert fake.calls == ["create", "cancel"], "nobody was ever sent to pay the other one"


async def test_late_money_counts_and_the_thing_is_handed_over_if_it_still_can_be(
    counter: Counter, fake: FakeProvider, clock: MovableClock
) -> None:
    day_pass = await counter.sold()
    payment_id, reference = await until_pending(counter, day_pass)
    fake.pay(reference, timedelta(days=3))
    clock.ahead += TEN_MIN
    await look_after_all(counter, clock)
    assert (await counter.payment(payment_id)).status is S.EXPIRED
    clock.ahead += timedelta(days=4)
    await look_after_all(counter, clock)
    assert (await counter.payment(payment_id)).status is S.PAID
    assert await counter.is_paid(day_pass)


async def test_nobody_looks_for_late_money_for_ever(
    counter: Counter, fake: FakeProvider, clock: MovableClock
) -> None:
    await until_pending(counter)
    clock.ahead += TEN_MIN
    await look_after_all(counter, clock)
    clock.ahead += LATE_MONEY
    for _ in range(3):
        fake.calls.clear()
        await look_after_all(counter, clock)
    assert fake.calls == []


async def test_money_for_what_nobody_sells_any_more_is_for_staff(
    counter: Counter, fake: FakeProvider
) -> None:
    payment_id = await counter.started("no-such-pass")
    other = await counter.started("something", for_kind="trombone")
    for each in (payment_id, other):
        await counter.reconciler.step(each)
        fake.pay((await counter.payment(each)).reference)
        await counter.reconciler.step(each)
    told = [("paid_in_vain", each) for each in (payment_id, other)]
    assert sorted(await counter.told_staff()) == sorted(told)
    assert (await counter.payment(payment_id)).status is S.PAID


async def test_what_was_paid_in_vain_bothers_nobody_once_it_is_given_back(
    counter: Counter, fake: FakeProvider
) -> None:
    payment_id = await counter.started("no-such-pass")
    await counter.reconciler.step(payment_id)
    fake.pay((await counter.payment(payment_id)).reference)
    await counter.reconciler.step(payment_id)
    await counter.refund(payment_id, "r1", EUR_25)
    await counter.reconciler.step(payment_id)
    assert (await counter.payment(payment_id)).status is S.REFUNDED
    assert await counter.told_staff() == []


async def test_what_was_given_back_before_we_heard_of_it_is_not_handed_over(
    counter: Counter, fake: FakeProvider
) -> None:
    day_pass = await counter.sold()
    payment_id, reference = await until_pending(counter, day_pass)
    fake.pay(reference)
    fake.kept[reference].back["at their page"] = EUR_25
    await counter.reconciler.step(payment_id)
    assert (await counter.payment(payment_id)).status is S.REFUNDED
    assert not await counter.is_paid(day_pass)


async def test_sums_that_fit_no_rule_are_told_to_staff_until_they_do(counter: Counter) -> None:
    payment_id = await counter.started()
    books = lambda unit: Books(unit, counter.house.keys, counter.site_id)  # noqa: E731
    seen = []
    for paid, back, ended in ((900, 0, Ended.EXPIRED), (2600, 0, None), (2600, 100, None)):
        fact = ProviderFact("ref", "EUR", paid, back, ended)
        await counter.work(lambda unit, fact=fact: books(unit).note_fact(payment_id, fact))  # type: ignore[misc]
        seen.append([code for code, _ in await counter.told_staff()])
    assert seen == [["payment_too_little"], ["payment_too_much"], []]


async def test_without_their_provider_payments_wait_and_unasked_ones_still_end(
    counter: Counter, clock: MovableClock
) -> None:
    alone = Reconciler(counter.house, {})
    payment_id = await counter.started()
    await alone.step(payment_id)
    assert (await counter.payment(payment_id)).status is S.CREATED
    clock.ahead += TEN_MIN
    await reconcile_payments(counter.house, alone)
    assert (await counter.payment(payment_id)).status is S.EXPIRED


async def test_a_provider_that_does_not_want_it_is_not_asked_again(
    counter: Counter, fake: FakeProvider, clock: MovableClock
) -> None:
    payment_id = await counter.started()
    await fake.create(await other_sum(counter, payment_id))
    await counter.reconciler.step(payment_id)
    assert (await counter.payment(payment_id)).status is S.FAILED
    fake.calls.clear()
    await look_after_all(counter, clock)
    assert fake.calls == []


async def other_sum(counter: Counter, payment_id: str) -> Order:
    until = (await counter.payment(payment_id)).expires_at
    return Order(payment_id, 99, "EUR", until, "https://house.example")


async def test_a_payment_its_provider_has_lost_is_over(
    counter: Counter, fake: FakeProvider, clock: MovableClock
) -> None:
    payment_id, reference = await until_pending(counter)
    del fake.kept[reference]
    clock.ahead += timedelta(minutes=1)
    await look_after_all(counter, clock)
    assert (await counter.payment(payment_id)).status is S.EXPIRED


async def test_a_refund_is_asked_for_by_a_person_and_given_once(
    counter: Counter, fake: FakeProvider, clock: MovableClock
) -> None:
    payment_id, reference = await until_pending(counter)
    assert await counter.refund(payment_id, "r1", 500) is NotRefundable.NOTHING_PAID
    fake.pay(reference)
    await counter.reconciler.step(payment_id)
    for _ in range(2):
        await counter.refund(payment_id, "r1", 500)
    fake.lost = 1
    with pytest.raises(ProviderAway):
        await counter.reconciler.step(payment_id)
    clock.ahead += timedelta(minutes=2)
    for _ in range(2):
        await look_after_all(counter, clock)
    payment = await counter.payment(payment_id)
    assert (payment.status, payment.refunded_cents) == (S.PARTLY_REFUNDED, 500)
    assert [each.status for each in payment.refunds] == [RefundStatus.DONE]
    assert await counter.refund(payment_id, "r2", 2001) is NotRefundable.MORE_THAN_PAID
    await counter.refund(payment_id, "r2", 2000)
    await counter.reconciler.step(payment_id)
    assert (await counter.payment(payment_id)).status is S.REFUNDED
    assert sum(fake.kept[reference].back.values()) == EUR_25
    assert (await counter.events(payment_id)).count("RefundAsked") == 2


async def test_a_refund_the_provider_will_not_give_is_for_staff(
    counter: Counter, fake: FakeProvider
) -> None:
    payment_id, reference = await until_pending(counter)
    fake.pay(reference)
    await counter.reconciler.step(payment_id)
    fake.kept[reference].back["from their own page"] = 2400
    await counter.refund(payment_id, "r1", 500)
    await counter.reconciler.step(payment_id)
    payment = await counter.payment(payment_id)
    assert [each.status for each in payment.refunds] == [RefundStatus.REFUSED]
    assert await counter.told_staff() == [("refund_refused", payment_id)]
    await counter.reconciler.step(payment_id)


async def test_many_steps_at_once_count_the_money_once(
    counter: Counter, fake: FakeProvider
) -> None:
    day_pass = await counter.sold()
    payment_id, reference = await until_pending(counter, day_pass)
    fake.pay(reference)
    await asyncio.gather(*(counter.reconciler.step(payment_id) for _ in range(8)))
    assert (await counter.events(payment_id)).count("PaymentPaid") == 1
    assert (await counter.events(day_pass)).count("DayPassPaid") == 1


async def test_nothing_can_be_asked_for_that_nobody_can_pay(counter: Counter) -> None:
    until = counter.house.clock() + TEN_MIN
    wish = PayWish("day_pass", "d", 0, "EUR", None, "simulated", until)
    started = await counter.work(lambda unit: start_payment(unit, counter.site_id, wish))
    assert started is NotPayable.NO_AMOUNT
