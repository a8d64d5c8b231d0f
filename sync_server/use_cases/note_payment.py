"""What a provider says becomes events: once, however often it is said, whoever hears it."""

from dataclasses import dataclass
from typing import Final

from domain.contradiction import Contradiction, ContradictionRaised, ContradictionSettled
from domain.payment import (
    News,
    Payment,
    PaymentStatus,
    ProviderFact,
    RefundStatus,
    Unbelievable,
    decide_fact,
    decide_refund_end,
    odd_money,
)
from domain.subjects import site_stream
from ledger.unit import Unit
from sync_server.keys import HouseKeys
from sync_server.use_cases.payments import PAYMENT, record
from sync_server.use_cases.settling import Paid, Settled, settled

PAID_IN_VAIN: Final = "paid_in_vain"
REFUND_REFUSED: Final = "refund_refused"


def matter_of(payment_id: str, code: str) -> str:
    """The id of what staff are told: one for each payment and trouble."""
    return f"{payment_id}:{code}"


@dataclass(frozen=True, slots=True)
class Noted:
    """A payment before and after; equal if there was no news."""

    before: Payment
    after: Payment

    @property
    def has_settled(self) -> bool:
        """Whether all the money was there with this, and not before, nor gone back again."""
        here = self.after.is_settled and self.after.status is not PaymentStatus.REFUNDED
        return here and not self.before.is_settled


@dataclass(frozen=True, slots=True)
class Books:
    """One unit of work on the payments of one site, whose stream it holds."""

    unit: Unit
    keys: HouseKeys
    site_id: str

    def note_fact(self, payment_id: str, fact: ProviderFact) -> Noted | Unbelievable | None:
        """Record what is new in `fact` and hand over what is paid; None: no such payment."""
        before = self.unit.full(PAYMENT, payment_id, Payment)
        if before is None:
            return None
        news = decide_fact(before, fact)
        if not isinstance(news, News):
            return news
        noted = Noted(before, record(self.unit, self.site_id, payment_id, *news.events))
        if noted.has_settled:
            self._hand_over(payment_id, noted)
        self._watch(payment_id, noted)
        return noted

    def note_refund(self, payment_id: str, refund_id: str, fact: ProviderFact) -> None:
        """The provider has given money back, once."""
        if isinstance(noted := self.note_fact(payment_id, fact), Noted):
            self._end_refund(noted.after, payment_id, refund_id, RefundStatus.DONE)

    def note_refund_refused(self, payment_id: str, refund_id: str) -> None:
        """The provider will not; staff have to find another way."""
        payment = self.unit.full(PAYMENT, payment_id, Payment)
        if payment and self._end_refund(payment, payment_id, refund_id, RefundStatus.REFUSED):
            self._tell_staff(payment_id, REFUND_REFUSED)

    def _end_refund(
        self, payment: Payment, payment_id: str, refund_id: str, status: RefundStatus
    ) -> bool:
        events = decide_refund_end(payment, refund_id, status)
        if events:
            record(self.unit, self.site_id, payment_id, *events)
        return bool(events)

    def _hand_over(self, payment_id: str, noted: Noted) -> None:
        late = noted.before.ended is not None
        paid = Paid(self.unit, self.keys, self.site_id, payment_id, noted.after, late)
        if settled(paid) is Settled.FOR_STAFF:
            self._tell_staff(payment_id, PAID_IN_VAIN)

    def _watch(self, payment_id: str, noted: Noted) -> None:
        """Staff are told of money that fits no rule, and bothered no longer once it is gone."""
        odd, before = odd_money(noted.after), odd_money(noted.before)
        if odd and odd is not before:
            self._tell_staff(payment_id, odd.value)
        if before and odd is not before:
            self._settle(payment_id, before.value)
        if noted.after.status is PaymentStatus.REFUNDED:
            self._settle(payment_id, PAID_IN_VAIN)

    def _settle(self, payment_id: str, code: str) -> None:
        matter = matter_of(payment_id, code)
        standing = self.unit.full("contradiction", matter, Contradiction)
        if standing is not None and standing.settled_at is None:
            self._append(matter, ContradictionSettled(self.unit.now))

    def _tell_staff(self, payment_id: str, code: str) -> None:
        """Once for each payment and trouble, until somebody has settled it."""
        matter = matter_of(payment_id, code)
        standing = self.unit.full("contradiction", matter, Contradiction)
        if standing is None or standing.settled_at is not None:
            raised = Contradiction(code, PAYMENT, payment_id, "", self.unit.now)
            self._append(matter, ContradictionRaised(raised))

    def _append(self, matter: str, event: ContradictionRaised | ContradictionSettled) -> None:
        self.unit.append(site_stream(self.site_id), "contradiction", matter, event, actor="server")
