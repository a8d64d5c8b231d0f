"""Giving money back: decided by a person, never above what was paid."""

from datetime import datetime
from enum import StrEnum

from domain.payment.state import (
    Payment,
    PaymentEvent,
    Refund,
    RefundAsked,
    RefundEnded,
    RefundStatus,
)


class NotRefundable(StrEnum):
    NO_AMOUNT = "no_amount"
    NOTHING_PAID = "nothing_paid"
    MORE_THAN_PAID = "more_than_paid"
    ID_REUSED = "id_reused"


def decide_refund(
    payment: Payment, refund_id: str, cents: int, now: datetime
) -> RefundAsked | NotRefundable | None:
    """The refund to be recorded; None if this very refund was asked for before."""
    known = next((each for each in payment.refunds if each.id == refund_id), None)
    if known:
        return None if known.cents == cents else NotRefundable.ID_REUSED
    if cents <= 0:
        return NotRefundable.NO_AMOUNT
    if payment.paid_cents == 0:
        return NotRefundable.NOTHING_PAID
    if cents > payment.refundable_cents:
        return NotRefundable.MORE_THAN_PAID
    return RefundAsked(Refund(refund_id, cents, now))


def decide_refund_end(
    payment: Payment, refund_id: str, status: RefundStatus
) -> tuple[PaymentEvent, ...]:
    """What the provider's word about one refund adds; nothing if it was heard before."""
    if any(each.id == refund_id for each in payment.open_refunds):
        return (RefundEnded(refund_id, status),)
    return ()
