"""Personal data: one erasable card per person, never in the log."""

import secrets
from dataclasses import asdict, dataclass, fields

from sqlalchemy import delete, select

from domain.mail_address import mail_key
from ledger import schema
from ledger.session import Session

_CARD = schema.card


@dataclass(frozen=True, slots=True)
class Card:
    """What the house needs to know to write to somebody; `language` is "de" or "en"."""

    name: str
    mail: str = ""
    phone: str = ""
    company: str = ""
    language: str = "de"
    vat_id: str = ""


class CardReader:
    """Cards as they are now."""

    session: Session

    def card(self, person_id: str) -> Card | None:
        row = self.session.connection.execute(
            select(*_FIELDS).where(_CARD.c.person_id == person_id)
        ).first()
        return Card(*row) if row else None

    def persons_by_mail(self, mail: str) -> list[str]:
        """Whose card has this address, however it is spelled; by person id."""
        key = mail_key(mail)
        query = select(_CARD.c.person_id).where(_CARD.c.mail_key == key, _CARD.c.mail_key != "")
        return [
            row[0] for row in self.session.connection.execute(query.order_by(_CARD.c.person_id))
        ]

    def cards(self) -> list[tuple[str, Card]]:
        """All cards by person id."""
        rows = self.session.connection.execute(
            select(_CARD.c.person_id, *_FIELDS).order_by(_CARD.c.person_id)
        )
        return [(person_id, Card(*fields)) for person_id, *fields in rows]


class CardWriter(CardReader):
    """Changing a card goes with a CardChanged event, erasing one with PersonErased."""

    def put_card(self, person_id: str, card: Card) -> None:
        values = {**asdict(card), "mail_key": mail_key(card.mail)}
        changed = self.session.connection.execute(
            _CARD.update().where(_CARD.c.person_id == person_id).values(**values)
        )
        if changed.rowcount == 0:
            row = {"person_id": person_id, "salt": secrets.token_hex(16), **values}
            self.session.connection.execute(_CARD.insert(), row)

    def erase_card(self, person_id: str) -> None:
        """The row goes, and with it the salt of every hash that was made of it."""
        self.session.connection.execute(delete(_CARD).where(_CARD.c.person_id == person_id))


_FIELDS = tuple(_CARD.c[field.name] for field in fields(Card))
