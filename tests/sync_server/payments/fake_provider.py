"""A payment provider in memory, proven equal to the simulator by the contract suite."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from domain.payment import Ended, ProviderFact
from sync_server.payments.ports import Order, ProviderAway, ProviderRefuses, Told


@dataclass
class Kept:
    order: Order
    came_at: datetime | None = None
    ended: Ended | None = None
    back: dict[str, int] = field(default_factory=dict)


def real_now() -> datetime:
    return datetime.now(UTC)


class FakeProvider:
    """Implements `PaymentProvider`. `away`: so many calls fail before they do anything;
    `lost`: so many do it and then fail."""

    name = "simulated"
    page_origin = "https://pay.example"

    def __init__(self, now: Callable[[], datetime] = real_now) -> None:
        self.now = now
        self.kept: dict[str, Kept] = {}
        self.away = 0
        self.lost = 0
        self.calls: list[str] = []

    async def create(self, order: Order) -> Told:
        reference = f"ref-{order.payment_id}"

        def create() -> None:
            first = self.kept.setdefault(reference, Kept(order)).order
            if (first.amount_cents, first.currency) != (order.amount_cents, order.currency):
                raise ProviderRefuses("id_reused")

        return self._do("create", reference, create)

    async def look(self, reference: str) -> Told:
        return self._do("look", reference, lambda: None)

    async def cancel(self, reference: str) -> Told:
        def cancel() -> None:
            if not self._paid(self._of(reference)):
                self._end(reference, Ended.EXPIRED)

        return self._do("cancel", reference, cancel)

    async def refund(self, reference: str, cents: int, key: str) -> Told:
        def refund() -> None:
            kept = self._of(reference)
            if kept.back.get(key, cents) != cents:
                raise ProviderRefuses("id_reused")
            others = sum(kept.back.values()) - kept.back.get(key, 0)
            if not 0 < cents <= self._paid(kept) - others:
                raise ProviderRefuses("more_than_paid")
            kept.back[key] = cents

        return self._do("refund", reference, refund)

    def hint(self, body: bytes, headers: Mapping[str, str], now: datetime) -> str | None:
        return body.decode() or None

    async def close(self) -> None:
        return

    def pay(self, reference: str, after: timedelta = timedelta()) -> None:
        """What the payer does at the provider's page."""
        kept = self._of(reference)
        if self._ended(kept) is None and kept.came_at is None:
            kept.came_at = self.now() + after

    def decline(self, reference: str) -> None:
        self._end(reference, Ended.FAILED)

    def _do(self, what: str, reference: str, act: Callable[[], None]) -> Told:
        self.calls.append(what)
        if self.away:
            self.away -= 1
            raise ProviderAway("away")
        if what != "create":
            self._of(reference)
        act()
        if self.lost:
            self.lost -= 1
            raise ProviderAway("lost")
        return self._told(reference)

    def _end(self, reference: str, ended: Ended) -> None:
        kept = self._of(reference)
        kept.ended = kept.ended or ended

    def _of(self, reference: str) -> Kept:
        if reference not in self.kept:
            raise ProviderRefuses("unknown")
        return self.kept[reference]

    def _paid(self, kept: Kept) -> int:
        came = kept.came_at is not None and kept.came_at <= self.now()
        return kept.order.amount_cents if came else 0

    def _ended(self, kept: Kept) -> Ended | None:
        if self._paid(kept):
            return None
        return kept.ended or (Ended.EXPIRED if self.now() >= kept.order.expires_at else None)

    def _told(self, reference: str) -> Told:
        kept = self.kept[reference]
        paid = self._paid(kept)
        fact = ProviderFact(
            reference,
            kept.order.currency,
            paid,
            sum(kept.back.values()),
            self._ended(kept),
            "card" if paid else "",
            f"https://pay.example/{reference}",
        )
        return Told(kept.order.payment_id, fact)
