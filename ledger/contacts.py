"""When each kiosk was last heard of: a narrow note, written only now and then."""

from datetime import datetime
from typing import Final

from ledger.instants import from_us, to_us
from ledger.session import Session, statement

_HEARD: Final = statement("SELECT kiosk_id, heard_us FROM kiosk_contact")
_NOTE: Final = statement(
    "INSERT INTO kiosk_contact (kiosk_id, heard_us) VALUES (:kiosk, :now)"
    " ON CONFLICT (kiosk_id) DO UPDATE SET heard_us = excluded.heard_us"
    " WHERE kiosk_contact.heard_us < excluded.heard_us"
)


class ContactReader:
    session: Session

    def kiosks_heard(self) -> dict[str, datetime]:
        """When each kiosk that ever spoke was last noted, by its id."""
        return {row[0]: from_us(row[1]) for row in self.session.rows(_HEARD, {})}


class ContactNotes(ContactReader):
    now: datetime

    def note_contact(self, kiosk_id: str) -> None:
        """This kiosk was heard now."""
        self.session.rows(_NOTE, {"kiosk": kiosk_id, "now": to_us(self.now)})
