"""The language that a member is written to in."""

from dataclasses import replace

from domain.person import CardChanged
from domain.subjects import HOUSE
from ledger.unit import Unit


def set_mail_language(unit: Unit, person_id: str, language: str) -> None:
    """Mails to this person are in `language` from now on. Locks `house`."""
    card = unit.card(person_id)
    if card is None or card.language == language:
        return
    unit.put_card(person_id, replace(card, language=language))
    changed = CardChanged(("language",))
    unit.append(HOUSE, "person", person_id, changed, actor=f"person:{person_id}")
