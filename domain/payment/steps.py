"""What is to be done next about a payment, and when to look again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.payment.state import Payment, PaymentStatus, Refund

FIRST_LOOK: Final = timedelta(seconds=15)
LATE_MONEY: Final = timedelta(days=14)
"""So long after its end a payment is still looked at: bank transfers arrive when they arrive."""
LONGEST_PAUSE: Final = timedelta(days=1)


class Step(StrEnum):
    ASK = "ask"
    """The provider may not know it yet: ask with our id, which it knows again."""
    LOOK = "look"
    CLOSE = "close"
    """Its time is over: the provider shall take no money for it any more, then say how it stands.
    """
    END = "end"
    """Its time is over and nobody was ever sent to the provider."""
    REST = "rest"


@dataclass(frozen=True, slots=True)
class SendBack:
    """A refund that a person asked for and the provider has not confirmed yet."""

    refund: Refund


def next_step(payment: Payment, now: datetime) -> Step | SendBack:
    """What would bring us nearer to the truth about this payment."""
    if payment.open_refunds:
        return SendBack(payment.open_refunds[0])
    over = now >= payment.expires_at
    match payment.status:
        case PaymentStatus.CREATED:
            return Step.END if over else Step.ASK
        case PaymentStatus.PENDING:
            return Step.CLOSE if over else Step.LOOK
        case PaymentStatus.FAILED | PaymentStatus.EXPIRED if _may_still_come(payment, now):
            return Step.LOOK
        case _:
            return Step.REST


def next_look(payment: Payment, now: datetime) -> datetime | None:
    """When that step is due: soon at first, then ever more rarely; None: never by itself."""
    if isinstance(next_step(payment, now), SendBack):
        return _doubling(payment.open_refunds[0].asked_at, now)
    if payment.is_open:
        if now < payment.expires_at:
            return min(payment.expires_at, _doubling(payment.created_at, now))
        return _doubling(payment.expires_at, now)
    if next_step(payment, now) is Step.REST:
        return None
    return _doubling(payment.expires_at, now)


def _may_still_come(payment: Payment, now: datetime) -> bool:
    return bool(payment.reference) and now < payment.expires_at + LATE_MONEY


def _doubling(since: datetime, now: datetime) -> datetime:
    """The first of `since` + 15 s, 30 s, 60 s, ... after `now`, at most a day from it."""
    pause = FIRST_LOOK
    while since + pause <= now:
        pause *= 2
    return min(since + pause, now + LONGEST_PAUSE)
