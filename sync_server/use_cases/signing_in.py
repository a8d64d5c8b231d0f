"""Signing in by a link in a mail: asked for by an address, used once, within a quarter hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.mail_address import mail_key
from domain.rates import SIGN_IN_BY_ADDRESS, SIGN_IN_BY_CLIENT, TooOften, judge_tries
from ledger.reader import Reader
from ledger.sign_in_links import SignInLink
from ledger.unit import Unit
from sync_server.keys import HouseKeys
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.mails import queue_sign_in_mail
from sync_server.use_cases.secret_text import hashed
from sync_server.use_cases.web_sessions import is_welcome

LINK_LIFE: Final = timedelta(minutes=15)
_TOKEN: Final = "sign-in-link"
_RATE: Final = "rate"


@dataclass(frozen=True, slots=True)
class LinkWish:
    """Who wants a link: by which address, from where, and which page they were going to."""

    mail: str
    client: str
    language: str
    goes_to: str


def ask_for_link(unit: Unit, keys: HouseKeys, wish: LinkWish) -> TooOften | None:
    """Queue a mail with a link for whoever has this address; None where that is done.

    An address that nobody has costs the same statements and the same queueing: its link and its
    mail are for a person who is not there, and the mail is dropped when it is to be written.
    """
    client = keys.mac(_RATE, wish.client)
    address = keys.mac(_RATE, mail_key(wish.mail))
    for rate, key in ((SIGN_IN_BY_CLIENT, client), (SIGN_IN_BY_ADDRESS, address)):
        # A client that has tried too often uses up no address: its people still get their link.
        if wait := judge_tries((rate, unit.count_try(rate, key))):
            return wait
    link_id = Ids().subject(unit.now)
    person_id = next(iter(unit.persons_by_mail(wish.mail)), link_id)
    link = SignInLink(link_id, person_id, wish.language, wish.goes_to, unit.now + LINK_LIFE)
    unit.make_sign_in_link(link, hashed(link_token(keys, link_id)))
    queue_sign_in_mail(unit, person_id, link_id)
    return None


def link_token(keys: HouseKeys, link_id: str) -> str:
    """What stands in the mail. It is derived, so that neither mail nor row holds it."""
    return keys.mac(_TOKEN, link_id)


def link_of(reader: Reader, token: str, now: datetime) -> SignInLink | None:
    """The link that this token opens now, without using it: mail scanners open links too."""
    return reader.sign_in_link(hashed(token), now)


def use_link(unit: Unit, token: str) -> tuple[str, str] | None:
    """(person, page) to go on as and to; None where the link is used, over, or nobody's."""
    link = unit.use_sign_in_link(hashed(token))
    person_id = whom_to_sign_in(unit, link.person_id) if link else None
    return (person_id, link.goes_to) if link and person_id else None


def whom_to_sign_in(reader: Reader, person_id: str) -> str | None:
    """Of all who have this person's address: a member first, then the one known longest.

    Whoever reads a mailbox is everybody who is written to there.
    """
    card = reader.card(person_id)
    same = reader.persons_by_mail(card.mail) if card else []
    welcome = [each for each in same if is_welcome(reader, each)]
    return min(welcome, key=lambda each: (not _is_member(reader, each), each), default=None)


def _is_member(reader: Reader, person_id: str) -> bool:
    return any(True for _ in reader.of_person("membership", person_id))
