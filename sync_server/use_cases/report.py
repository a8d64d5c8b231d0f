"""Reporting a problem from a booking: a ticket with room and booking, the words as a note."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.booking import Booking
from domain.check_in import Record
from domain.invitation import Invitation
from domain.passes import GrantKind, Pass
from domain.rates import REPORTED, TooOften, judge_tries
from domain.ticket import Ticket, TicketOpened
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.tickets import TICKET, record_ticket

MOST_WORDS: Final = 500


class Trouble(StrEnum):
    """What is wrong, as tickets keep it."""

    BROKEN = "broken"
    DIRTY = "dirty"
    MISSING = "missing"
    OTHER = "other_trouble"


@dataclass(frozen=True, slots=True)
class Report:
    """`words` may be empty; never more than MOST_WORDS."""

    trouble: Trouble
    words: str
    request_id: str
    """Of the form: the same one sent twice is one ticket."""


def report_problem(unit: Unit, site_id: str, pass_id: str, report: Report) -> str | TooOften:
    """The id of the ticket; the operator gets a mail of it. Locks the site's stream.

    Whoever shows a pass may report: what they booked stands in the ticket with it.
    """
    scope = f"report:{pass_id}"
    if known := unit.stored(scope, report.request_id):
        return known[1]
    if wait := judge_tries((REPORTED, unit.count_try(REPORTED, pass_id))):
        return wait
    booking_id = booking_of_pass(unit, pass_id)
    booking = unit.full("booking", booking_id, Booking) if booking_id else None
    about = ("resource", booking.resource_id) if booking else ("site", site_id)
    ids = Ids()
    ticket_id = ids.subject(unit.now)
    if words := report.words.strip()[:MOST_WORDS]:
        unit.put_note(ids.subject(unit.now), TICKET, ticket_id, words)
    ticket = Ticket(report.trouble.value, *about, unit.now, booking_id=booking_id or None)
    record = Record(TICKET, ticket_id, TicketOpened(ticket))
    record_ticket(unit, site_id, record, actor=f"page:{pass_id}")
    unit.store(scope, report.request_id, "", ticket_id)
    return ticket_id


def booking_of_pass(reader: Reader, pass_id: str) -> str:
    """The booking that a pass is for, its own or one it is a guest of; empty: none."""
    issued = reader.full("pass", pass_id, Pass)
    if issued is None:
        return ""
    if issued.grant_kind is GrantKind.INVITATION:
        invitation = reader.full("invitation", issued.grant_id, Invitation)
        return invitation.booking_id if invitation else ""
    return issued.grant_id if issued.grant_kind is GrantKind.BOOKING else ""
