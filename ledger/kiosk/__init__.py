"""The kiosk's half of the ledger: the server's states, its own pending events, their fold."""

from ledger.kiosk.store import KioskLedger, inspect
from ledger.kiosk.unit import KioskUnit

__all__ = ["KioskLedger", "KioskUnit", "inspect"]
