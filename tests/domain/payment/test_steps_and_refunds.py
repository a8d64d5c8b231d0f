"""What comes next about a payment, and how money goes back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from domain.payment import (
    NotRefundable,
    Payment,
    PaymentExpired,
    PaymentFailed,
    PaymentPaid,
    PaymentPending,
    PaymentRefunded,
    Refund,
    RefundAsked,
    RefundEnded,
    RefundStatus,
    SendBack,
    Step,
    decide_refund,
    decide_refund_end,
    evolve,
    next_look,
    next_step,
)
from domain.payment.steps import LATE_MONEY

NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)
ENDS = NOW + timedelta(minutes=10)
FRESH = Payment(2500, "EUR", "booking", "b1", "ada", "simulated", NOW, ENDS)
ASKED, PAID = PaymentPending("ref", "url"), PaymentPaid(2500)
REFUND = Refund("r1", 500, NOW)


def then(*events: Any) -> Payment:
    state: Payment | None = FRESH
    for event in events:
        state = evolve(state, event)
    assert state is not None
    return state


PENDING, SETTLED = then(ASKED), then(ASKED, PAID)
GONE = then(ASKED, PaymentExpired())
LONG_AFTER = ENDS + LATE_MONEY


@pytest.mark.parametrize(
    ("payment", "at", "step"),
    [
        (FRESH, NOW, Step.ASK),
        (FRESH, ENDS, Step.END),
        (PENDING, NOW, Step.LOOK),
        (PENDING, ENDS, Step.CLOSE),
        (PENDING, LONG_AFTER, Step.CLOSE),
        (GONE, ENDS, Step.LOOK),
        (then(ASKED, PaymentFailed()), ENDS, Step.LOOK),
        (GONE, LONG_AFTER, Step.REST),
        (then(PaymentExpired()), ENDS, Step.REST),
        (SETTLED, NOW, Step.REST),
        (then(ASKED, PAID, RefundAsked(REFUND)), NOW, SendBack(REFUND)),
        (then(ASKED, PAID, PaymentRefunded(2500)), NOW, Step.REST),
    ],
)
def test_what_comes_next(payment: Payment, at: datetime, step: Step | SendBack) -> None:
    assert next_step(payment, at) == step


def seconds_of_looks(payment: Payment, since: datetime, until: datetime) -> list[int]:
    looks, at = [], since
    while (due := next_look(payment, at)) is not None and due < until:
        looks.append(int((due - since).total_seconds()))
        at = due
    return looks


def test_it_is_looked_at_soon_and_then_ever_more_rarely_until_its_end() -> None:
    looks = seconds_of_looks(PENDING, NOW, ENDS + timedelta(seconds=1))
    assert looks == [15, 30, 60, 120, 240, 480, 600]


def test_after_its_end_late_money_is_looked_for_once_a_day_at_least_and_then_no_more() -> None:
    looks = seconds_of_looks(GONE, ENDS, LONG_AFTER + timedelta(days=30))
    pauses = [b - a for a, b in pairwise(looks)]
    assert max(pauses) <= 24 * 3600
    assert 20 < len(looks) < 40
    assert next_look(GONE, LONG_AFTER) is None


@pytest.mark.parametrize("payment", [SETTLED, then(PaymentExpired())])
def test_nothing_is_looked_for_where_nothing_can_come(payment: Payment) -> None:
    assert next_look(payment, NOW) is None


def test_a_refund_is_tried_again_soon_and_then_ever_more_rarely() -> None:
    asked = then(ASKED, PAID, RefundAsked(REFUND))
    assert seconds_of_looks(asked, NOW, NOW + timedelta(minutes=5)) == [15, 30, 60, 120, 240]


@pytest.mark.parametrize(
    ("payment", "cents", "answer"),
    [
        (SETTLED, 2500, RefundAsked(Refund("r2", 2500, NOW))),
        (SETTLED, 1, RefundAsked(Refund("r2", 1, NOW))),
        (SETTLED, 2501, NotRefundable.MORE_THAN_PAID),
        (SETTLED, 0, NotRefundable.NO_AMOUNT),
        (SETTLED, -1, NotRefundable.NO_AMOUNT),
        (PENDING, 100, NotRefundable.NOTHING_PAID),
        (then(ASKED, PAID, PaymentRefunded(2000)), 501, NotRefundable.MORE_THAN_PAID),
        (then(ASKED, PAID, RefundAsked(REFUND)), 2001, NotRefundable.MORE_THAN_PAID),
        (then(ASKED, PAID, RefundAsked(REFUND)), 2000, RefundAsked(Refund("r2", 2000, NOW))),
        # what came late or in part can go back too
        (then(ASKED, PaymentExpired(), PAID), 2500, RefundAsked(Refund("r2", 2500, NOW))),
        (then(ASKED, PaymentPaid(9)), 9, RefundAsked(Refund("r2", 9, NOW))),
    ],
)
def test_refunds_never_exceed_what_was_paid(payment: Payment, cents: int, answer: object) -> None:
    assert decide_refund(payment, "r2", cents, NOW) == answer


def test_the_same_refund_is_asked_for_once_and_its_id_stands_for_it_alone() -> None:
    asked = then(ASKED, PAID, RefundAsked(REFUND))
    assert decide_refund(asked, "r1", 500, NOW) is None
    assert decide_refund(asked, "r1", 400, NOW) is NotRefundable.ID_REUSED


def test_a_refund_ends_once_and_a_refused_one_can_be_asked_for_anew() -> None:
    asked = then(ASKED, PAID, RefundAsked(replace(REFUND, cents=2500)))
    assert asked.refundable_cents == 0
    (event,) = decide_refund_end(asked, "r1", RefundStatus.REFUSED)
    refused = evolve(asked, event)
    assert refused is not None
    assert decide_refund_end(refused, "r1", RefundStatus.DONE) == ()
    assert evolve(refused, RefundEnded("r1", RefundStatus.DONE)) == refused
    assert refused.refundable_cents == 2500
