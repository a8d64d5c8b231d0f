"""What a provider says of a payment, and what of it is news."""

from dataclasses import dataclass
from enum import StrEnum

from domain.payment.state import (
    Ended,
    Payment,
    PaymentEvent,
    PaymentExpired,
    PaymentFailed,
    PaymentPaid,
    PaymentPending,
    PaymentRefunded,
)


@dataclass(frozen=True, slots=True)
class ProviderFact:
    """One look at the provider: totals as they were then, maybe told late or twice.

    `ended` says that nothing more is expected; `paid_cents` counts all money that ever arrived.
    """

    reference: str
    currency: str
    paid_cents: int = 0
    refunded_cents: int = 0
    ended: Ended | None = None
    method: str = ""
    pay_url: str = ""


class Unbelievable(StrEnum):
    """Why a fact cannot be about this payment; nothing is recorded of it."""

    OTHER_REFERENCE = "other_reference"
    OTHER_CURRENCY = "other_currency"
    IMPOSSIBLE_SUM = "impossible_sum"


@dataclass(frozen=True, slots=True)
class News:
    """What a fact adds to what was known, in order; empty: nothing."""

    events: tuple[PaymentEvent, ...] = ()


def decide_fact(payment: Payment, fact: ProviderFact) -> News | Unbelievable:
    """What is to be recorded because of `fact`; the same fact again is no news."""
    if payment.reference not in ("", fact.reference) or not fact.reference:
        return Unbelievable.OTHER_REFERENCE
    if fact.currency != payment.currency:
        return Unbelievable.OTHER_CURRENCY
    if not 0 <= fact.refunded_cents <= fact.paid_cents:
        return Unbelievable.IMPOSSIBLE_SUM
    events: list[PaymentEvent] = []
    if not payment.reference:
        events.append(PaymentPending(fact.reference, fact.pay_url))
    if fact.paid_cents > payment.paid_cents:
        events.append(PaymentPaid(fact.paid_cents, fact.method))
    if fact.refunded_cents > payment.refunded_cents:
        events.append(PaymentRefunded(fact.refunded_cents))
    return News((*events, *_end(payment, fact)))


def _end(payment: Payment, fact: ProviderFact) -> tuple[PaymentEvent, ...]:
    paid = max(payment.paid_cents, fact.paid_cents) >= payment.amount_cents
    if paid or fact.ended is None or payment.ended in (fact.ended, Ended.FAILED):
        return ()
    return (PaymentFailed() if fact.ended is Ended.FAILED else PaymentExpired(),)


class OddMoney(StrEnum):
    """Money that fits no rule, so that a person has to look."""

    TOO_MUCH = "payment_too_much"
    TOO_LITTLE = "payment_too_little"


def odd_money(payment: Payment) -> OddMoney | None:
    """Whether more is here than was asked for, or an ended payment left a part of it here."""
    kept_cents = payment.paid_cents - payment.refunded_cents
    if kept_cents > payment.amount_cents:
        return OddMoney.TOO_MUCH
    return OddMoney.TOO_LITTLE if kept_cents and payment.ended else None
