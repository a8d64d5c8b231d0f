"""When kiosks were last heard of, noted narrowly: not for every request of theirs."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog

from ledger.errors import LedgerUnavailable
from sync_server.house import House

NOTED_EVERY: Final = timedelta(seconds=20)
"""Far less than the time after which a kiosk counts as out of contact."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class KioskContacts:
    """What this process has noted; other processes note what they hear."""

    _noted: dict[str, datetime] = field(default_factory=dict)

    async def heard(self, house: House, kiosk_id: str) -> None:
        """This kiosk has told all it had to tell, and asks what is new.

        A note that cannot be written keeps no kiosk from its answer: it only counts as silent.
        """
        now = house.clock()
        noted = self._noted.get(kiosk_id)
        if noted is not None and abs(now - noted) < NOTED_EVERY:
            return
        self._noted[kiosk_id] = now
        try:
            await house.ledger.work([], lambda unit: unit.note_contact(kiosk_id))
        except LedgerUnavailable:
            _log.warning("contact_not_noted", kiosk=kiosk_id)
