"""All that a member finds on their own page, read in one snapshot."""

from dataclasses import dataclass
from datetime import datetime

from ledger.cards import Card
from ledger.passkeys import Passkey
from ledger.reader import Reader
from ledger.web_sessions import WebSession


@dataclass(frozen=True, slots=True)
class MemberPage:
    """What is there; what is not has no place on the page."""

    card: Card
    passkeys: list[Passkey]
    sessions: list[WebSession]

    @property
    def first_name(self) -> str:
        return self.card.name.strip().partition(" ")[0]


def read_member(reader: Reader, person_id: str, now: datetime) -> MemberPage:
    """Everything of this person."""
    return MemberPage(
        card=reader.card(person_id) or Card(""),
        passkeys=reader.passkeys_of(person_id),
        sessions=reader.web_sessions_of(person_id, now),
    )
