"""The outbox of mails: queued in the unit of work that causes them, sent afterwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import RowMapping, select, update

from ledger import schema
from ledger.instants import from_us, to_us
from ledger.session import Session, statement

_MAIL = schema.mail_outbox
_QUEUE: Final = statement(
    "INSERT INTO mail_outbox"
    " (id, person_id, address, what, ref_kind, ref_id, state, tries, next_try_us)"
    " VALUES (:id, :person_id, :address, :what, :ref_kind, :ref_id, :state, :tries, :next_try_us)"
    " ON CONFLICT (id) DO NOTHING"
)
_WAITING: Final = "waiting"
_SENT: Final = "sent"
CLAIM_S: Final = 300
"""A mail handed out by `due_mails` is handed out again only after this long."""


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """`what` names the template, `ref_kind` and `ref_id` what it is about."""

    id: str
    person_id: str | None
    address: str | None
    what: str
    ref_kind: str
    ref_id: str
    tries: int
    next_try_at: datetime


class Mails:
    """Each mail goes to a person (their card's address as it is then) or to an address."""

    session: Session
    now: datetime

    def queue_mail(
        self,
        id_: str,
        what: str,
        ref_kind: str,
        ref_id: str,
        *,
        person_id: str | None = None,
        address: str | None = None,
    ) -> None:
        """Exactly one of `person_id` and `address`; the same id is queued once."""
        assert (person_id is None) != (address is None)
        row = {
            "id": id_,
            "person_id": person_id,
            "address": address,
            "what": what,
            "ref_kind": ref_kind,
            "ref_id": ref_id,
            "state": _WAITING,
            "tries": 0,
            "next_try_us": to_us(self.now),
        }
        self.session.rows(_QUEUE, row)

    def due_mails(self, now: datetime, limit: int) -> list[OutgoingMail]:
        """Claim mails that are due; nobody else gets them for the next CLAIM_S seconds."""
        due = (
            select(_MAIL)
            .where(_MAIL.c.state == _WAITING, _MAIL.c.next_try_us <= to_us(now))
            .order_by(_MAIL.c.next_try_us, _MAIL.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        found = [_mail(row) for row in self.session.connection.execute(due).mappings()]
        claimed = _MAIL.c.id.in_([mail.id for mail in found])
        until = to_us(now + timedelta(seconds=CLAIM_S))
        self.session.connection.execute(update(_MAIL).where(claimed).values(next_try_us=until))
        return found

    def mail_done(self, id_: str) -> None:
        """It has been handed over; its address is forgotten."""
        self._set(id_, state=_SENT, sent_us=to_us(self.now), address=None)

    def mail_failed(self, id_: str, next_try_at: datetime) -> None:
        self._set(id_, tries=_MAIL.c.tries + 1, next_try_us=to_us(next_try_at))

    def _set(self, id_: str, **values: object) -> None:
        self.session.connection.execute(update(_MAIL).where(_MAIL.c.id == id_).values(**values))


def _mail(row: RowMapping) -> OutgoingMail:
    due = from_us(row["next_try_us"])
    return OutgoingMail(next_try_at=due, **{name: row[name] for name in _PLAIN})


_PLAIN: Final = ("id", "person_id", "address", "what", "ref_kind", "ref_id", "tries")
