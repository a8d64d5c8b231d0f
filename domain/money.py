"""Amounts of money: integer minor units with a currency, half up, never floats."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """`cents` minor units of `currency` (ISO 4217)."""

    cents: int
    currency: str = "EUR"

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.cents + other.cents, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.cents - other.cents, self.currency)

    def times(self, factor: Decimal | int) -> "Money":
        """The amount times `factor`, rounded half up to whole minor units."""
        return Money(half_up(Decimal(self.cents) * factor), self.currency)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")


def half_up(amount: Decimal) -> int:
    """`amount` rounded to an integer, halves away from zero, as invoices are rounded."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))
