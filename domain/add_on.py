"""What can be booked along with a resource: equipment, parking, catering, printing."""

from dataclasses import dataclass
from enum import StrEnum

from domain.tariff import USUAL_VAT_BP


class AddOnPer(StrEnum):
    """What the price of an add-on is for."""

    BOOKING = "booking"
    HOUR = "hour"
    PERSON = "person"
    PIECE = "piece"


@dataclass(frozen=True, slots=True)
class AddOn:
    """`resource_id`: each piece holds a unit of that resource for the slot; None: no limit."""

    id: str
    name: dict[str, str]
    price_cents: int
    per: AddOnPer = AddOnPer.BOOKING
    vat_bp: int = USUAL_VAT_BP
    resource_id: str | None = None
    kinds: tuple[str, ...] = ()
    """Kinds of resource it is offered with; none: all."""
    most: int = 1
    """Pieces at most."""
    task: dict[str, str] | None = None
    """What has to be prepared, in the operator's words by language."""
    task_before_min: int = 30
