"""What the server notes about each kiosk's pushes: how far they came, and what was poison."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import RowMapping, select

from ledger import schema
from ledger.instants import from_us, to_us
from ledger.session import Session

_PROGRESS = schema.kiosk_progress
_QUARANTINE = schema.quarantine


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An event that could not be applied, kept whole and sealed until somebody settles it."""

    event_id: str
    kiosk_id: str
    incarnation: int
    n: int
    code: str
    sealed: bytes
    at: datetime


class KioskNotes:
    """Progress per kiosk, and the quarantine."""

    session: Session
    now: datetime

    def kiosk_progress(self, kiosk_id: str) -> tuple[int, int]:
        """(incarnation, last n) as last heard; (0, 0) for a kiosk that never pushed."""
        row = self.session.connection.execute(
            select(_PROGRESS.c.incarnation, _PROGRESS.c.n).where(_PROGRESS.c.kiosk_id == kiosk_id)
        ).first()
        return (row[0], row[1]) if row else (0, 0)

    def set_kiosk_progress(self, kiosk_id: str, incarnation: int, last_n: int) -> None:
        values = {"incarnation": incarnation, "n": last_n}
        changed = self.session.connection.execute(
            _PROGRESS.update().where(_PROGRESS.c.kiosk_id == kiosk_id).values(**values)
        )
        if changed.rowcount == 0:
            self.session.connection.execute(_PROGRESS.insert(), {"kiosk_id": kiosk_id, **values})

    def quarantine(
        self, event_id: str, kiosk_id: str, number: tuple[int, int], code: str, sealed: bytes
    ) -> None:
        """Keep an event aside; `number` is (incarnation, n), `sealed` all of it, encrypted.

        The same event is kept once.
        """
        known = select(_QUARANTINE.c.event_id).where(_QUARANTINE.c.event_id == event_id)
        if self.session.connection.execute(known).first():
            return
        incarnation, n = number
        row = {
            "event_id": event_id,
            "kiosk_id": kiosk_id,
            "incarnation": incarnation,
            "n": n,
            "code": code,
            "sealed": sealed,
            "at_us": to_us(self.now),
        }
        self.session.connection.execute(_QUARANTINE.insert(), row)

    def quarantined(self) -> list[Quarantined]:
        """All that nobody has settled yet, oldest first."""
        table = _QUARANTINE
        rows = self.session.connection.execute(
            select(table).where(table.c.settled_us.is_(None)).order_by(table.c.at_us, table.c.n)
        )
        return [_quarantined(row) for row in rows.mappings()]

    def settle_quarantined(self, event_id: str) -> None:
        self.session.connection.execute(
            _QUARANTINE.update()
            .where(_QUARANTINE.c.event_id == event_id)
            .values(settled_us=to_us(self.now))
        )


def _quarantined(row: RowMapping) -> Quarantined:
    return Quarantined(at=from_us(row["at_us"]), **{name: row[name] for name in _PLAIN})


_PLAIN: Final = ("event_id", "kiosk_id", "incarnation", "n", "code", "sealed")
