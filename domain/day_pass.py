"""A day pass: a place in the house for one day, within its opening hours."""

from dataclasses import dataclass, replace
from datetime import date

from domain.tariff import USUAL_VAT_BP


@dataclass(frozen=True, slots=True)
class DayProduct:
    """A day pass on the price list: a whole day, a half, an evening, or a bundle of `passes`.

    Local minutes; None: from opening, to closing. All of them take from one pool of places.
    """

    id: str
    name: dict[str, str]
    price_cents: int
    zones: int
    from_min: int | None = None
    to_min: int | None = None
    passes: int = 1
    vat_bp: int = USUAL_VAT_BP
    about: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class DayPass:
    """Valid on `day` from opening (or `from_min`) to closing (or `to_min`, local minutes)."""

    person_id: str | None
    day: date
    zones: int
    party: int = 1
    from_min: int | None = None
    to_min: int | None = None
    paid: bool = True
    amount_cents: int = 0
    cancelled: bool = False
    product_id: str = ""
    unit: str = ""
    """The place it holds in the site's pool."""
    from_credit: bool = False


@dataclass(frozen=True, slots=True)
class DayPassSold:
    day_pass: DayPass


@dataclass(frozen=True, slots=True)
class DayPassPaid:
    pass


@dataclass(frozen=True, slots=True)
class DayPassCancelled:
    pass


DayPassEvent = DayPassSold | DayPassPaid | DayPassCancelled


def evolve(state: DayPass | None, event: DayPassEvent) -> DayPass | None:
    match event:
        case DayPassSold(day_pass):
            return day_pass
        case DayPassPaid():
            return state and replace(state, paid=True)
        case DayPassCancelled():
            return state and replace(state, cancelled=True)
