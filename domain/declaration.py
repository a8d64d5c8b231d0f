"""What German law lets people declare without signing in: a withdrawal, the end of a contract."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.mail_address import is_mail
from domain.names import is_name

MOST_WORDS: Final = 500


class Declared(StrEnum):
    """Section 356a BGB and section 312k BGB."""

    WITHDRAWAL = "withdrawal"
    ENDING = "ending"


class Ending(StrEnum):
    """How a contract ends: by its notice, or at once for a reason."""

    ORDINARY = "ordinary"
    CAUSE = "cause"


@dataclass(frozen=True, slots=True)
class Declaration:
    """Whose declaration about which contract, in their own words; nobody checks them first.

    `last_day` None: as soon as can be. `why` only where a contract is ended for a reason.
    """

    what: Declared
    name: str
    mail: str
    contract: str
    language: str = "en"
    ending: Ending = Ending.ORDINARY
    why: str = ""
    last_day: date | None = None


def missing_in(declared: Declaration) -> tuple[str, ...]:
    """The fields that are still to be filled in; nothing: it can be declared."""
    ends = declared.what is Declared.ENDING and declared.ending is Ending.CAUSE
    good = {
        "name": is_name(declared.name),
        "contract": is_name(declared.contract),
        "mail": is_mail(declared.mail),
        "why": not ends or 0 < len(declared.why) <= MOST_WORDS,
    }
    return tuple(name for name, is_good in good.items() if not is_good)
