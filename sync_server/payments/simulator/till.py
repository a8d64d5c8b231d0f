"""What the simulated provider knows: its payments in one file, whole after every crash."""

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from domain.payment import Ended, ProviderFact
from ledger.codec import decode, encode_text
from sync_server.payments.ports import (
    ID_REUSED,
    MORE_THAN_PAID,
    UNKNOWN,
    Order,
    ProviderRefuses,
    Told,
)

_TABLE: Final = """CREATE TABLE IF NOT EXISTS payment (
    reference TEXT PRIMARY KEY NOT NULL, payment_id TEXT UNIQUE NOT NULL, body TEXT NOT NULL)"""
_PUT: Final = "INSERT OR REPLACE INTO payment (reference, payment_id, body) VALUES (?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Held:
    """One payment as the provider keeps it. `money_at`: when the money is there, if it comes."""

    order: Order
    money_at: datetime | None = None
    method: str = ""
    failed: bool = False
    cancelled: bool = False
    refunds: tuple[tuple[str, int], ...] = ()

    def paid_cents(self, now: datetime) -> int:
        came = self.money_at is not None and self.money_at <= now
        return self.order.amount_cents if came else 0

    @property
    def refunded_cents(self) -> int:
        return sum(cents for _, cents in self.refunds)

    def ended(self, now: datetime) -> Ended | None:
        if self.paid_cents(now):
            return None
        if self.failed:
            return Ended.FAILED
        return Ended.EXPIRED if self.cancelled or now >= self.order.expires_at else None

    def can_be_paid(self, now: datetime) -> bool:
        return self.money_at is None and self.ended(now) is None


class Till:
    """Raises ProviderRefuses like the port; every change is on the disk when it returns."""

    def __init__(self, file: Path | str, now: Callable[[], datetime], pages: str) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.execute(_TABLE)
        self.now = now
        self._pages = pages

    def create(self, order: Order) -> Told:
        known = self._rows("payment_id", order.payment_id)
        if not known:
            reference = secrets.token_hex(12)
            return self._put(reference, Held(order))
        reference, held = known[0]
        first = held.order
        if (first.amount_cents, first.currency) != (order.amount_cents, order.currency):
            raise ProviderRefuses(ID_REUSED)
        return self._told(reference, held)

    def look(self, reference: str) -> Told:
        return self._told(reference, self.held(reference))

    def cancel(self, reference: str) -> Told:
        held = self.held(reference)
        if held.ended(self.now()) or held.paid_cents(self.now()):
            return self._told(reference, held)
        return self._put(reference, replace(held, cancelled=True))

    def refund(self, reference: str, cents: int, key: str) -> Told:
        held = self.held(reference)
        for known, before in held.refunds:
            if known == key and before == cents:
                return self._told(reference, held)
            if known == key:
                raise ProviderRefuses(ID_REUSED)
        if not 0 < cents <= held.paid_cents(self.now()) - held.refunded_cents:
            raise ProviderRefuses(MORE_THAN_PAID)
        return self._put(reference, replace(held, refunds=(*held.refunds, (key, cents))))

    def pay(self, reference: str, after: timedelta = timedelta()) -> Told:
        """The payer has paid; the money is there `after` that time, whatever ends meanwhile."""
        held = self.held(reference)
        if not held.can_be_paid(self.now()):
            return self._told(reference, held)
        return self._put(reference, replace(held, money_at=self.now() + after, method="card"))

    def decline(self, reference: str) -> Told:
        held = self.held(reference)
        if not held.can_be_paid(self.now()):
            return self._told(reference, held)
        return self._put(reference, replace(held, failed=True))

    def held(self, reference: str) -> Held:
        rows = self._rows("reference", reference)
        if not rows:
            raise ProviderRefuses(UNKNOWN)
        return rows[0][1]

    def close(self) -> None:
        self._connection.close()

    def _rows(self, column: str, value: str) -> list[tuple[str, Held]]:
        query = f"SELECT reference, body FROM payment WHERE {column} = ?"  # noqa: S608 - ours
        found = self._connection.execute(query, (value,))
        return [(reference, decode(body, Held)) for reference, body in found]

    def _put(self, reference: str, held: Held) -> Told:
        row = (reference, held.order.payment_id, encode_text(held))
        self._connection.execute(_PUT, row)
        return self._told(reference, held)

    def _told(self, reference: str, held: Held) -> Told:
        now = self.now()
        fact = ProviderFact(
            reference,
            held.order.currency,
            held.paid_cents(now),
            held.refunded_cents,
            held.ended(now),
            held.method if held.paid_cents(now) else "",
            f"{self._pages}/pay/{reference}",
        )
        return Told(held.order.payment_id, fact)
