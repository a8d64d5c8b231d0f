"""Somebody without an account: what they say of themselves, and how the house then knows them."""

from dataclasses import dataclass, replace
from typing import Final

from stdnum.ch import vat as swiss_vat
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.gb import vat as british_vat

from domain.mail_address import is_mail
from domain.names import MOST_LETTERS, is_name
from domain.person import Person, PersonAdded
from domain.standing import Standing
from domain.subjects import HOUSE
from ledger.cards import Card
from ledger.reader import Reader
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import No

_LANGUAGES: Final = ("en", "de")


@dataclass(frozen=True, slots=True)
class Guest:
    """Who books as a guest. `company` and `vat_id` where they are wanted on the invoice."""

    name: str
    mail: str
    company: str = ""
    vat_id: str = ""
    phone: str = ""
    language: str = "de"

    @property
    def card(self) -> Card:
        details = (self.mail, self.phone, self.company, self.language, self.vat_id)
        return Card(self.name, *details)


def checked_guest(guest: Guest) -> Guest | No:
    """The same without stray blanks, its VAT id as it is written in its country."""
    tidy = Guest(*(" ".join(str(value).split()) for value in _values(guest)))
    optional = (tidy.company, tidy.phone)
    good = all(not text or is_name(text) for text in optional)
    if not (is_name(tidy.name) and is_mail(tidy.mail) and good):
        return No.BAD_GUEST
    if tidy.language not in _LANGUAGES:
        tidy = replace(tidy, language=_LANGUAGES[0])
    if not tidy.vat_id:
        return tidy
    vat_id = _vat_id(tidy.vat_id)
    return replace(tidy, vat_id=vat_id) if vat_id else No.BAD_VAT_ID


def standing_of_guest(reader: Reader, guest: Guest, site_id: str) -> Standing:
    """Nobody's rights; but whom the house keeps out may not come in under their own address."""
    known = reader.many("person", reader.persons_by_mail(guest.mail), Person)
    kept_out = (person for _, person in known if person.is_blocked_at(site_id))
    return Standing(person=next(kept_out, None))


def person_of_guest(making: Making, guest: Guest) -> str:
    """Whom the house knows by exactly this card, or somebody new. Locks `house`."""
    unit = making.unit
    for person_id in unit.persons_by_mail(guest.mail):
        if unit.card(person_id) == guest.card and _is_only_a_guest(unit, person_id):
            return person_id
    person_id = making.ids.subject(unit.now)
    unit.append(HOUSE, "person", person_id, PersonAdded(), actor=making.actor)
    unit.put_card(person_id, guest.card)
    return person_id


def _is_only_a_guest(reader: Reader, person_id: str) -> bool:
    """What is a member's is for them alone to add to."""
    person = reader.full("person", person_id, Person)
    member = any(True for _ in reader.of_person("membership", person_id))
    return person == Person() and not member


def _values(guest: Guest) -> tuple[str, ...]:
    identity = (guest.name, guest.mail[: 2 * MOST_LETTERS], guest.company)
    return (*identity, guest.vat_id, guest.phone, guest.language)


def _vat_id(text: str) -> str | None:
    """As the register of its country has it: EU, Switzerland, United Kingdom."""
    bare = "".join(text.split()).upper()
    try:
        if bare.startswith("CHE"):
            return str(swiss_vat.validate(bare))
        if bare.startswith("GB"):
            return f"GB{british_vat.validate(bare[2:])}"
        return str(eu_vat.validate(bare))
    except ValidationError:
        return None
