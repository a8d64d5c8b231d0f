"""Whether a payment can be asked for at all."""

from enum import StrEnum

from domain.payment.state import LARGEST_CENTS, Payment, PaymentCreated, PaymentStatus


class NotPayable(StrEnum):
    NO_AMOUNT = "no_amount"
    TOO_LARGE = "too_large"
    NO_CURRENCY = "no_currency"
    NO_TIME = "no_time"


def decide_start(payment: Payment) -> PaymentCreated | NotPayable:
    """A fresh payment to be recorded, before any provider hears of it."""
    assert payment.status is PaymentStatus.CREATED or payment.amount_cents <= 0
    if payment.amount_cents <= 0:
        return NotPayable.NO_AMOUNT
    if payment.amount_cents > LARGEST_CENTS:
        return NotPayable.TOO_LARGE
    code = payment.currency
    if not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
        return NotPayable.NO_CURRENCY
    if payment.expires_at <= payment.created_at:
        return NotPayable.NO_TIME
    return PaymentCreated(payment)
