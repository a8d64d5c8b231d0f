"""What the server asks of a payment provider, and what may come back instead of an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from domain.payment import ProviderFact

PATIENCE_S: Final = 10.0
"""Every call ends within this time, whatever the provider does."""


UNKNOWN: Final = "unknown"
ID_REUSED: Final = "id_reused"
MORE_THAN_PAID: Final = "more_than_paid"
"""The codes of ProviderRefuses that every adapter uses for these."""


@dataclass(frozen=True, slots=True)
class Order:
    """A payment as its provider hears of it; our id is the key under which it knows it again."""

    payment_id: str
    amount_cents: int
    currency: str
    expires_at: datetime
    return_url: str
    language: str = "en"
    what: str = ""
    """A few words for the provider's page: what is paid for."""


@dataclass(frozen=True, slots=True)
class Told:
    """How a payment stands at its provider, and which of ours it is."""

    payment_id: str
    fact: ProviderFact


class ProviderTrouble(Exception):  # noqa: N818 - named by what happened, see its two kinds
    """No answer that could be used."""


class ProviderAway(ProviderTrouble):
    """Nobody answered in time, or nothing sensible: the call may have worked, so ask again."""


class ProviderRefuses(ProviderTrouble):
    """The provider understood and will not: never ask the same again. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PaymentProvider(Protocol):
    """Every call may raise ProviderAway or ProviderRefuses, and nothing else."""

    @property
    def name(self) -> str:
        """What payments keep to find their provider again, and the name in its hook's address."""
        ...

    @property
    def page_origin(self) -> str:
        """Scheme, host and port of all its pages: forms of ours may lead there."""
        ...

    async def create(self, order: Order) -> Told:
        """A page to pay at (`pay_url`). The same `payment_id` again: the same page, never two.

        Refused with `id_reused` where the sum or the currency differ from the first time.
        """
        ...

    async def look(self, reference: str) -> Told:
        """How it stands now. Refused with `unknown` where there is no such payment."""
        ...

    async def cancel(self, reference: str) -> Told:
        """Take no money for it any more; one that is paid stays paid."""
        ...

    async def refund(self, reference: str, cents: int, key: str) -> Told:
        """Give `cents` back; the same `key` again gives nothing more.

        Refused with `more_than_paid`, and with `id_reused` for another sum under the same key.
        """
        ...

    def hint(self, body: bytes, headers: Mapping[str, str], now: datetime) -> str | None:
        """The reference a call of the provider's is about; None if it is not the provider's.

        Nothing else in it is believed: whoever hears it goes and looks.
        """
        ...

    async def close(self) -> None: ...
