"""What happened to a payment and what it is then; and what of a provider's word is news."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.payment import (
    Ended,
    News,
    NotPayable,
    OddMoney,
    Payment,
    PaymentCreated,
    PaymentExpired,
    PaymentFailed,
    PaymentPaid,
    PaymentPending,
    PaymentRefunded,
    PaymentStatus,
    ProviderFact,
    Unbelievable,
    decide_fact,
    decide_start,
    evolve,
    odd_money,
)

NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)
FRESH = Payment(2500, "EUR", "booking", "b1", "ada", "simulated", NOW, NOW + timedelta(minutes=10))
CREATED, ASKED = PaymentCreated(FRESH), PaymentPending("ref", "https://pay.example/ref")
PAID, PART = PaymentPaid(2500, "card"), PaymentPaid(1000)
S = PaymentStatus


def fold(*events: Any) -> Payment:
    state: Payment | None = None
    for event in events:
        state = evolve(state, event)
    assert state is not None
    return state


@pytest.mark.parametrize(
    ("events", "status", "paid", "refunded"),
    [
        ((), S.CREATED, 0, 0),
        ((ASKED,), S.PENDING, 0, 0),
        ((ASKED, PAID), S.PAID, 2500, 0),
        ((ASKED, PART), S.PENDING, 1000, 0),
        ((ASKED, PaymentFailed()), S.FAILED, 0, 0),
        ((ASKED, PaymentExpired()), S.EXPIRED, 0, 0),
        ((PaymentExpired(),), S.EXPIRED, 0, 0),
        # money outweighs every end without it, also when it comes late
        ((ASKED, PaymentExpired(), PAID), S.PAID, 2500, 0),
        ((ASKED, PaymentFailed(), PAID), S.PAID, 2500, 0),
        ((ASKED, PAID, PaymentExpired()), S.PAID, 2500, 0),
        ((ASKED, PART, PaymentExpired()), S.EXPIRED, 1000, 0),
        # once is once
        ((ASKED, PAID, PAID), S.PAID, 2500, 0),
        ((ASKED, PART, PAID, PART), S.PAID, 2500, 0),
        ((CREATED, ASKED, CREATED), S.PENDING, 0, 0),
        # back to the payer
        ((ASKED, PAID, PaymentRefunded(500)), S.PARTLY_REFUNDED, 2500, 500),
        ((ASKED, PAID, PaymentRefunded(2500)), S.REFUNDED, 2500, 2500),
        ((ASKED, PAID, PaymentRefunded(2500), PaymentRefunded(500)), S.REFUNDED, 2500, 2500),
        ((ASKED, PAID, PaymentRefunded(9900)), S.REFUNDED, 2500, 2500),
        ((ASKED, PaymentRefunded(500)), S.PENDING, 0, 0),
        ((ASKED, PART, PaymentExpired(), PaymentRefunded(1000)), S.REFUNDED, 1000, 1000),
    ],
)
def test_a_payment_becomes(
    events: tuple[Any, ...], status: PaymentStatus, paid: int, refunded: int
) -> None:
    payment = fold(CREATED, *events)
    assert (payment.status, payment.paid_cents, payment.refunded_cents) == (status, paid, refunded)


def test_nothing_becomes_of_a_payment_nobody_created() -> None:
    assert all(evolve(None, event) is None for event in (ASKED, PAID, PaymentExpired()))


def test_the_first_reference_stays() -> None:
    payment = fold(CREATED, ASKED, PaymentPending("other", "https://pay.example/other"))
    assert (payment.reference, payment.pay_url) == ("ref", "https://pay.example/ref")


PENDING = fold(CREATED, ASKED)


def fact(**changes: Any) -> ProviderFact:
    return replace(ProviderFact("ref", "EUR"), **changes)


@pytest.mark.parametrize(
    ("payment", "told", "news"),
    [
        (PENDING, fact(), ()),
        (FRESH, fact(pay_url="https://pay.example/ref"), (ASKED,)),
        (FRESH, fact(paid_cents=2500), (PaymentPending("ref", ""), PaymentPaid(2500))),
        (PENDING, fact(paid_cents=2500, method="card"), (PAID,)),
        (fold(CREATED, ASKED, PAID), fact(paid_cents=2500), ()),
        (fold(CREATED, ASKED, PAID), fact(), ()),
        (fold(CREATED, ASKED, PAID), fact(ended=Ended.EXPIRED), ()),
        (fold(CREATED, ASKED, PAID), fact(paid_cents=2500, ended=Ended.EXPIRED), ()),
        (PENDING, fact(paid_cents=2500, ended=Ended.FAILED), (PaymentPaid(2500),)),
        (PENDING, fact(ended=Ended.EXPIRED), (PaymentExpired(),)),
        (PENDING, fact(ended=Ended.FAILED), (PaymentFailed(),)),
        (fold(CREATED, ASKED, PaymentExpired()), fact(ended=Ended.EXPIRED), ()),
        (fold(CREATED, ASKED, PaymentExpired()), fact(ended=Ended.FAILED), (PaymentFailed(),)),
        (fold(CREATED, ASKED, PaymentFailed()), fact(ended=Ended.EXPIRED), ()),
        (fold(CREATED, ASKED, PaymentExpired()), fact(paid_cents=2500, method="card"), (PAID,)),
        (
            PENDING,
            fact(paid_cents=2500, refunded_cents=500),
            (PaymentPaid(2500), PaymentRefunded(500)),
        ),
        (fold(CREATED, ASKED, PAID, PaymentRefunded(500)), fact(paid_cents=2500), ()),
    ],
)
def test_only_what_is_new_is_recorded(
    payment: Payment, told: ProviderFact, news: tuple[Any, ...]
) -> None:
    assert decide_fact(payment, told) == News(news)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (fact(reference="other", paid_cents=2500), Unbelievable.OTHER_REFERENCE),
        (fact(reference=""), Unbelievable.OTHER_REFERENCE),
        (fact(currency="CHF", paid_cents=2500), Unbelievable.OTHER_CURRENCY),
        (fact(paid_cents=-1), Unbelievable.IMPOSSIBLE_SUM),
        (fact(paid_cents=2500, refunded_cents=2600), Unbelievable.IMPOSSIBLE_SUM),
        (fact(paid_cents=2500, refunded_cents=-1), Unbelievable.IMPOSSIBLE_SUM),
    ],
)
def test_what_cannot_be_about_this_payment_is_not_believed(
    told: ProviderFact, why: Unbelievable
) -> None:
    assert decide_fact(PENDING, told) is why


@pytest.mark.parametrize(
    ("events", "odd"),
    [
        ((ASKED,), None),
        ((ASKED, PART), None),
        ((ASKED, PAID), None),
        ((ASKED, PaymentPaid(2600)), OddMoney.TOO_MUCH),
        ((ASKED, PaymentPaid(2600), PaymentRefunded(100)), None),
        ((ASKED, PART, PaymentExpired()), OddMoney.TOO_LITTLE),
        ((ASKED, PART, PaymentFailed(), PAID), None),
        ((ASKED, PART, PaymentExpired(), PaymentRefunded(1000)), None),
    ],
)
def test_money_that_fits_no_rule_is_seen(events: tuple[Any, ...], odd: OddMoney | None) -> None:
    assert odd_money(fold(CREATED, *events)) is odd


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, CREATED),
        ({"amount_cents": 0}, NotPayable.NO_AMOUNT),
        ({"amount_cents": -5}, NotPayable.NO_AMOUNT),
        ({"amount_cents": 100_000_001}, NotPayable.TOO_LARGE),
        ({"currency": "eur"}, NotPayable.NO_CURRENCY),
        ({"currency": "EURO"}, NotPayable.NO_CURRENCY),
        ({"currency": "ÄÖÜ"}, NotPayable.NO_CURRENCY),
        ({"expires_at": NOW}, NotPayable.NO_TIME),
    ],
)
def test_what_can_be_asked_for(changes: dict[str, Any], answer: object) -> None:
    assert decide_start(replace(FRESH, **changes)) == answer
