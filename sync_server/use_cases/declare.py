"""Withdrawals and endings of contracts: taken down, told to the operator, confirmed by mail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.check_in import Record
from domain.declaration import Declaration
from domain.mail_address import mail_key
from domain.rates import DECLARED_BY_ADDRESS, DECLARED_BY_CLIENT, TooOften, judge_tries
from domain.ticket import Ticket, TicketOpened
from ledger.codec import decode, encode_text
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.keys import HouseKeys
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.tickets import TICKET, record_ticket

RECEIPT: Final = "declaration_receipt"
_SCOPE: Final = "declaration"
_NOTE: Final = "declaration"
_RATE: Final = "rate"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who declares: from where, and with which form (the same form is taken down once)."""

    client: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """It was received at this instant, whatever comes of it."""

    ticket_id: str
    at: datetime


def declare(
    unit: Unit, keys: HouseKeys, site_id: str, declared: Declaration, asked: Asked
) -> Receipt | TooOften:
    """Open a ticket with what was declared, and mail the receipt. Locks the site's stream.

    Whether there is such a contract is not looked up: the answer is the same for everybody.
    """
    key = keys.mac(_SCOPE, f"{asked.request_id} {encode_text(declared)}")
    if known := unit.stored(_SCOPE, key):
        ticket = unit.full("ticket", known[1], Ticket)
        assert ticket is not None, "its answer was stored together with it"
        return Receipt(known[1], ticket.opened_at)
    tried = {DECLARED_BY_CLIENT: asked.client, DECLARED_BY_ADDRESS: mail_key(declared.mail)}
    for rate, who in tried.items():
        if wait := judge_tries((rate, unit.count_try(rate, keys.mac(_RATE, who)))):
            return wait
    ids = Ids()
    ticket_id = ids.subject(unit.now)
    unit.put_note(ids.subject(unit.now), _NOTE, ticket_id, encode_text(declared))
    opened = TicketOpened(Ticket(declared.what.value, "site", site_id, unit.now))
    record_ticket(unit, site_id, Record(TICKET, ticket_id, opened), actor="page")
    unit.queue_mail(
        ids.subject(unit.now), RECEIPT, TICKET, ticket_id, address=declared.mail.strip()
    )
    unit.store(_SCOPE, key, "", ticket_id)
    return Receipt(ticket_id, unit.now)


def declaration_of(reader: Reader, ticket_id: str) -> Declaration | None:
    """What was declared; None for other tickets, and once it is erased."""
    words = next(iter(reader.notes_of(_NOTE, ticket_id)), None)
    return decode(words, Declaration) if words else None
