"""Asking for money: a payment is recorded before any provider hears of it, with its id as key."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.payment import (
    Ended,
    NotPayable,
    NotRefundable,
    Payment,
    PaymentEvent,
    PaymentExpired,
    PaymentFailed,
    Step,
    decide_refund,
    decide_start,
    next_look,
    next_step,
)
from domain.subjects import site_stream
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.payment_timers import look_again_at

PAYMENT: Final = "payment"
AGAIN_WITHIN: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class PayWish:
    """What is to be paid, by whom, through which provider, and until when."""

    for_kind: str
    for_id: str
    amount_cents: int
    currency: str
    person_id: str | None
    provider: str
    expires_at: datetime
    language: str = "en"


def start_payment(
    unit: Unit, site_id: str, wish: PayWish, ids: Ids | None = None
) -> str | NotPayable:
    """The id of a payment for this thing; one that is open for the same sum is taken again.

    Locks the site's stream. The provider is asked afterwards, by `sync_server.payments`.
    """
    known = _open_for_the_same(unit, wish)
    if known is not None:
        return known
    fresh = Payment(
        wish.amount_cents,
        wish.currency,
        wish.for_kind,
        wish.for_id,
        wish.person_id,
        wish.provider,
        unit.now,
        wish.expires_at,
        wish.language,
    )
    decided = decide_start(fresh)
    if isinstance(decided, NotPayable):
        return decided
    payment_id = (ids or Ids()).subject(unit.now)
    record(unit, site_id, payment_id, decided)
    return payment_id


def pay_again(
    unit: Unit, site_id: str, payment_id: str, until: datetime | None = None
) -> str | NotPayable | None:
    """Another payment for the same thing, after one that ended; None: there is no such payment.

    `until`: how long the thing is kept for the payer.
    """
    before = unit.full(PAYMENT, payment_id, Payment)
    if before is None:
        return None
    wish = PayWish(
        before.for_kind,
        before.for_id,
        before.amount_cents,
        before.currency,
        before.person_id,
        before.provider,
        until or unit.now + AGAIN_WITHIN,
        before.language,
    )
    return start_payment(unit, site_id, wish)


def record(
    unit: Unit, site_id: str, payment_id: str, *events: PaymentEvent, actor: str = "server"
) -> Payment:
    """Append events of a payment, and have it looked at again when it is worth it."""
    for event in events:
        unit.append(site_stream(site_id), PAYMENT, payment_id, event, actor=actor)
    payment = unit.full(PAYMENT, payment_id, Payment)
    assert payment is not None, "it was created before anything else could happen to it"
    look_again_at(unit, site_id, payment_id, next_look(payment, unit.now))
    return payment


def end_unasked(unit: Unit, site_id: str, payment_id: str) -> None:
    """Its time is over and nobody was sent to the provider, if that is still so."""
    payment = unit.full(PAYMENT, payment_id, Payment)
    if payment is not None and next_step(payment, unit.now) is Step.END:
        record(unit, site_id, payment_id, PaymentExpired())


def fail_unasked(unit: Unit, site_id: str, payment_id: str) -> None:
    """The provider does not want this payment and never will."""
    payment = unit.full(PAYMENT, payment_id, Payment)
    if payment is not None and not payment.reference and payment.ended is not Ended.FAILED:
        record(unit, site_id, payment_id, PaymentFailed())


def ask_refund(
    unit: Unit, site_id: str, payment_id: str, refund: tuple[str, int], actor: str
) -> Payment | NotRefundable | None:
    """A person (`actor`) wants `refund` (id, cents) given back; None: there is no such payment.

    The same refund again changes nothing. The provider is asked afterwards.
    """
    payment = unit.full(PAYMENT, payment_id, Payment)
    if payment is None:
        return None
    decided = decide_refund(payment, *refund, unit.now)
    if isinstance(decided, NotRefundable):
        return decided
    return payment if decided is None else record(unit, site_id, payment_id, decided, actor=actor)


def site_of_payment(reader: Reader, payment_id: str) -> str | None:
    """The site whose stream holds this payment."""
    stream = next(iter(reader.rows_of(PAYMENT, payment_id)), None)
    return stream.partition(":")[2] if stream else None


def _open_for_the_same(unit: Unit, wish: PayWish) -> str | None:
    wanted = (wish.amount_cents, wish.currency, wish.provider)
    for payment_id in unit.payments_of(wish.for_kind, wish.for_id):
        payment = unit.full(PAYMENT, payment_id, Payment)
        if payment is None or not payment.is_open or unit.now >= payment.expires_at:
            continue
        if (payment.amount_cents, payment.currency, payment.provider) == wanted:
            return payment_id
    return None
