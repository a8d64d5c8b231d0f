"""A payment: money asked for one thing, what its provider says came of it, refunds by a person.

What a provider says is a snapshot with totals, so that hearing it again, late or out of order
changes nothing: totals only rise, and money that arrived outweighs every end without money.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

LARGEST_CENTS: Final = 100_000_000
"""A million in most currencies; more is a slip of the keyboard."""


class PaymentStatus(StrEnum):
    CREATED = "created"
    """Ours alone: no provider is known to have it."""
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"


class Ended(StrEnum):
    """How a payment ended without (enough) money; money may still come afterwards."""

    FAILED = "failed"
    EXPIRED = "expired"


class RefundStatus(StrEnum):
    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"
    """The provider will not; the money may go back in another way."""


@dataclass(frozen=True, slots=True)
class Refund:
    """Part of the money on its way back, because a person decided so."""

    id: str
    cents: int
    asked_at: datetime
    status: RefundStatus = RefundStatus.ASKED


@dataclass(frozen=True, slots=True)
class Payment:
    """`for_kind` and `for_id` name what is paid: ("booking", id), ("day_pass", id), ...

    `reference` is the provider's own id and `pay_url` its page; both empty until it answered.
    """

    amount_cents: int
    currency: str
    for_kind: str
    for_id: str
    person_id: str | None
    provider: str
    created_at: datetime
    expires_at: datetime
    language: str = "en"
    """Of whoever pays, for pages that are not ours."""
    reference: str = ""
    pay_url: str = ""
    method: str = ""
    ended: Ended | None = None
    paid_cents: int = 0
    refunded_cents: int = 0
    refunds: tuple[Refund, ...] = ()

    @property
    def status(self) -> PaymentStatus:
        """What it has come to, derived so that no two fields can disagree."""
        if 0 < self.paid_cents <= self.refunded_cents:
            return PaymentStatus.REFUNDED
        if self.is_settled:
            part = self.refunded_cents > 0
            return PaymentStatus.PARTLY_REFUNDED if part else PaymentStatus.PAID
        if self.ended:
            return PaymentStatus(self.ended.value)
        return PaymentStatus.PENDING if self.reference else PaymentStatus.CREATED

    @property
    def is_settled(self) -> bool:
        """Whether all that was asked for has arrived, whatever was given back since."""
        return self.paid_cents >= self.amount_cents

    @property
    def is_open(self) -> bool:
        """Whether somebody may still be about to pay."""
        return self.status in (PaymentStatus.CREATED, PaymentStatus.PENDING)

    @property
    def refundable_cents(self) -> int:
        """What could still go back; a refund on its way counts as gone."""
        on_its_way = sum(each.cents for each in self.open_refunds)
        return max(0, self.paid_cents - self.refunded_cents - on_its_way)

    @property
    def open_refunds(self) -> tuple[Refund, ...]:
        return tuple(each for each in self.refunds if each.status is RefundStatus.ASKED)


@dataclass(frozen=True, slots=True)
class PaymentCreated:
    payment: Payment


@dataclass(frozen=True, slots=True)
class PaymentPending:
    """The provider has it, under this reference and page."""

    reference: str
    pay_url: str


@dataclass(frozen=True, slots=True)
class PaymentPaid:
    """`paid_cents` is all that has arrived so far, not what came on top."""

    paid_cents: int
    method: str = ""


@dataclass(frozen=True, slots=True)
class PaymentFailed:
    pass


@dataclass(frozen=True, slots=True)
class PaymentExpired:
    pass


@dataclass(frozen=True, slots=True)
class RefundAsked:
    refund: Refund


@dataclass(frozen=True, slots=True)
class PaymentRefunded:
    """`refunded_cents` is all that has gone back so far."""

    refunded_cents: int


@dataclass(frozen=True, slots=True)
class RefundEnded:
    refund_id: str
    status: RefundStatus


PaymentEvent = (
    PaymentCreated
    | PaymentPending
    | PaymentPaid
    | PaymentFailed
    | PaymentExpired
    | RefundAsked
    | PaymentRefunded
    | RefundEnded
)


def evolve(state: Payment | None, event: PaymentEvent) -> Payment | None:
    if isinstance(event, PaymentCreated):
        return state or event.payment
    if state is None:
        return None
    match event:
        case PaymentPending(reference, pay_url):
            return (
                state if state.reference else replace(state, reference=reference, pay_url=pay_url)
            )
        case PaymentPaid(paid_cents, method):
            return _paid(state, paid_cents, method)
        case PaymentFailed():
            return _ended(state, Ended.FAILED)
        case PaymentExpired():
            return _ended(state, Ended.EXPIRED)
        case PaymentRefunded(refunded_cents):
            more = min(max(state.refunded_cents, refunded_cents), state.paid_cents)
            return replace(state, refunded_cents=more)
        case RefundAsked(refund):
            known = any(each.id == refund.id for each in state.refunds)
            return state if known else replace(state, refunds=(*state.refunds, refund))
        case RefundEnded(refund_id, status):
            return replace(state, refunds=_with_end(state.refunds, refund_id, status))


def _paid(state: Payment, paid_cents: int, method: str) -> Payment:
    """More money counts; with all of it there, no earlier end is of any meaning."""
    if paid_cents <= state.paid_cents:
        return state
    ended = None if paid_cents >= state.amount_cents else state.ended
    return replace(state, paid_cents=paid_cents, method=method or state.method, ended=ended)


def _ended(state: Payment, ended: Ended) -> Payment:
    """`failed` says more than `expired`, whichever is heard of first."""
    if state.is_settled or state.ended is Ended.FAILED:
        return state
    return replace(state, ended=ended)


def _with_end(
    refunds: tuple[Refund, ...], refund_id: str, status: RefundStatus
) -> tuple[Refund, ...]:
    return tuple(
        replace(each, status=status)
        if each.id == refund_id and each.status is RefundStatus.ASKED
        else each
        for each in refunds
    )
