"""When a payment is looked at again, and which ones are due."""

from datetime import datetime

from domain.payment import Payment, next_look
from ledger.unit import Unit


def look_again_at(unit: Unit, site_id: str, payment_id: str, at: datetime | None) -> None:
    """Have a payment looked at then; None: not by itself any more."""


def claim_due_payments(unit: Unit, limit: int) -> list[str]:
    """Payments to be looked at now, at most `limit`."""
    found = unit.all("payment", Payment)
    return [id_ for id_, payment in found if next_look(payment, unit.now)][:limit]
