"""The directory: display names of people for the kiosks, first name and initial."""

from domain.sync import NameDown
from ledger.reader import Reader


def display_name(name: str) -> str:
    """How a person is greeted: "Mara Kessler" is "Mara K."."""
    first, _, rest = name.strip().partition(" ")
    last = rest.rpartition(" ")[2]
    return f"{first} {last[0]}." if last else first


def directory(reader: Reader) -> tuple[NameDown, ...]:
    """Everybody with a card, by person."""
    cards = sorted(reader.cards(), key=lambda pair: pair[0])
    return tuple(NameDown(person, display_name(card.name)) for person, card in cards)
