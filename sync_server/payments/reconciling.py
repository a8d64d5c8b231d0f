"""Brings what we know of a payment nearer to the truth: one step, safe at any time, any number.

No unit of work is open while a provider is asked. What it says is weighed afterwards against
the state as it then is, so that steps may overlap, repeat or die halfway.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import structlog

from domain.payment import (
    Ended,
    Payment,
    ProviderFact,
    Refund,
    SendBack,
    Step,
    Unbelievable,
    next_step,
)
from domain.subjects import site_stream
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.house import House
from sync_server.links import Links, payment_token
from sync_server.payments.ports import (
    UNKNOWN,
    Order,
    PaymentProvider,
    ProviderAway,
    ProviderRefuses,
    Told,
)
from sync_server.use_cases.booking.acts import in_streams
from sync_server.use_cases.note_payment import Books
from sync_server.use_cases.paid_things import Thing, in_words, thing_of
from sync_server.use_cases.payments import (
    PAYMENT,
    end_unasked,
    fail_unasked,
    record,
    site_of_payment,
)
from wording import LOCALES

T = TypeVar("T")
_FALLBACK: Final = "en"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """A payment with its place, as read a moment ago."""

    site_id: str
    payment_id: str
    payment: Payment


class Reconciler:
    """All payments of a house and the providers they may be at; one per process."""

    def __init__(self, house: House, providers: Mapping[str, PaymentProvider]) -> None:
        self._house = house
        self._providers = providers

    @property
    def providers(self) -> Mapping[str, PaymentProvider]:
        return self._providers

    async def close(self) -> None:
        """Let go of all connections."""
        for provider in self._providers.values():
            await provider.close()

    async def standing(self, payment_id: str) -> Standing | None:
        """How the payment stands in our own books."""

        def read(reader: Reader) -> Standing | None:
            payment = reader.full(PAYMENT, payment_id, Payment)
            site_id = site_of_payment(reader, payment_id)
            return Standing(site_id, payment_id, payment) if payment and site_id else None

        return await self._house.ledger.read(read)

    async def step(self, payment_id: str) -> Standing | None:
        """Ask its provider what would help, record what is new; how it stands then.

        Raises ProviderAway, when it is worth trying again later.
        """
        now = await self.standing(payment_id)
        if now is None:
            return None
        try:
            await self._take(now, next_step(now.payment, self._house.clock()))
        except ProviderRefuses as no:
            _log.error("payment_refused", payment=payment_id, why=no.code)
        return await self.standing(payment_id)

    async def heard(self, provider: PaymentProvider, reference: str) -> None:
        """Look at what a provider calls `reference`, also where we never heard its answer."""
        told = await provider.look(reference)
        found = await self.standing(told.payment_id)
        if found is not None and found.payment.provider == provider.name:
            await self._note(found, told)

    async def _take(self, at: Standing, step: Step | SendBack) -> None:
        """What needs no provider is done also where that is not ours any more."""
        provider = self._providers.get(at.payment.provider)
        if step is Step.END:
            await self._work(at, lambda unit: end_unasked(unit, at.site_id, at.payment_id))
        elif step is Step.REST:
            await self._work(at, lambda unit: record(unit, at.site_id, at.payment_id))
        elif provider is not None:
            await self._take_there(provider, at, step)

    async def _take_there(
        self, provider: PaymentProvider, at: Standing, step: Step | SendBack
    ) -> None:
        match step:
            case SendBack(refund):
                await self._send_back(provider, at, refund)
            case Step.ASK:
                await self._ask(provider, at)
            case Step.CLOSE:
                await self._hear(at, provider.cancel(at.payment.reference))
            case _:
                await self._hear(at, provider.look(at.payment.reference))

    async def _hear(self, at: Standing, answer: Awaitable[Told]) -> None:
        """A payment that the provider has lost is over; money for it would have no way here."""
        try:
            told = await answer
        except ProviderRefuses as no:
            if no.code == UNKNOWN:
                lost = ProviderFact(at.payment.reference, at.payment.currency, ended=Ended.EXPIRED)
                await self._note(at, Told(at.payment_id, lost))
            raise
        await self._note(at, told)

    async def _ask(self, provider: PaymentProvider, at: Standing) -> None:
        now = self._house.clock()
        thing = await self._house.ledger.read(lambda reader: thing_of(reader, at.payment, now))
        try:
            told = await provider.create(self._order(at, thing))
        except ProviderRefuses:
            await self._work(at, lambda unit: fail_unasked(unit, at.site_id, at.payment_id))
            raise
        await self._note(at, told)

    async def _send_back(self, provider: PaymentProvider, at: Standing, refund: Refund) -> None:
        try:
            told = await provider.refund(at.payment.reference, refund.cents, refund.id)
        except ProviderRefuses:
            await self._books(at, lambda books: books.note_refund_refused(at.payment_id, refund.id))
            raise
        fact = _ours(at, told)
        await self._books(at, lambda books: books.note_refund(at.payment_id, refund.id, fact))

    async def _note(self, at: Standing, told: Told) -> None:
        fact = _ours(at, told)
        noted = await self._books(at, lambda books: books.note_fact(at.payment_id, fact))
        if isinstance(noted, Unbelievable):
            _log.error("payment_not_believed", payment=at.payment_id, why=noted.value)

    def _order(self, at: Standing, thing: Thing) -> Order:
        token = payment_token(self._house.keys, at.payment_id)
        language = at.payment.language
        return Order(
            at.payment_id,
            at.payment.amount_cents,
            at.payment.currency,
            at.payment.expires_at,
            Links(self._house.settings.base_url).paid(token),
            language,
            in_words(thing, language if language in LOCALES else _FALLBACK),
        )

    async def _books(self, at: Standing, fn: Callable[[Books], T]) -> T:
        keys = self._house.keys
        return await self._work(at, lambda unit: fn(Books(unit, keys, at.site_id)))

    async def _work(self, at: Standing, fn: Callable[[Unit], T]) -> T:
        return await in_streams(self._house, site_stream(at.site_id), fn)


def _ours(at: Standing, told: Told) -> ProviderFact:
    """What was told, if it is about this payment."""
    if told.payment_id != at.payment_id:
        raise ProviderAway("the answer was about another payment")
    return told.fact
