"""When a payment is looked at again, and which ones are due."""

from datetime import datetime
from typing import Final

from domain.subjects import site_stream
from ledger.timers import Timer
from ledger.unit import Unit

_LOOK: Final = "look at payment"


def look_again_at(unit: Unit, site_id: str, payment_id: str, at: datetime | None) -> None:
    """Have a payment looked at then; None: not by itself any more."""
    if at is None:
        unit.drop_timer(_LOOK, payment_id)
    else:
        unit.set_timer(Timer(_LOOK, payment_id, "payment", site_stream(site_id), at))


def claim_due_payments(unit: Unit, limit: int) -> list[str]:
    """Payments to be looked at now, at most `limit`; nobody else gets them for a minute."""
    return [timer.subject for timer in unit.due_timers(limit, asking=True)]
