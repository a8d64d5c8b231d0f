"""Somebody with a pass cannot get in: a ticket with all that is known, and what else to try."""

from dataclasses import dataclass
from typing import Final

from domain.check_in import Record
from domain.door import Door
from domain.rates import CANNOT_GET_IN, TooOften, judge_tries
from domain.site import Site
from domain.ticket import Ticket, TicketReportedAgain, decide_report
from ledger.unit import Unit
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.doors_now import booking_of, facts_at_the_door, other_door
from sync_server.use_cases.tickets import record_ticket

WHAT: Final = "cannot_get_in"


@dataclass(frozen=True, slots=True)
class WaysIn:
    """`again`: it was reported before. `mailed`: the operator gets a mail about it."""

    ticket_id: str
    again: bool
    mailed: bool
    other: Door | None
    phone: str


def report_cannot_get_in(
    unit: Unit, site_id: str, pass_id: str, door_id: str | None = None
) -> WaysIn | TooOften | None:
    """Open a ticket with door and booking filled in, or count the report on the open one.

    None where there is no such site or pass: then nothing is recorded. Locks the site's stream.
    """
    site = unit.full("site", site_id, Site)
    facts = facts_at_the_door(unit, site_id, pass_id, unit.now)
    if site is None or facts is None:
        return None
    tries = unit.count_try(CANNOT_GET_IN, pass_id)
    if too_often := judge_tries((CANNOT_GET_IN, tries)):
        return too_often
    door = site.door(door_id) if door_id else None
    about = ("door", door.id) if door else ("site", site_id)
    booking = booking_of(facts, unit.now)
    report = Ticket(WHAT, *about, unit.now, booking_id=booking.id if booking else None)
    known = unit.all("ticket", Ticket)
    ticket_id, event = decide_report(known, Ids().subject(unit.now), report)
    record = Record("ticket", ticket_id, event)
    mailed = record_ticket(unit, site_id, record, actor=f"page:{pass_id}")
    again = isinstance(event, TicketReportedAgain)
    other = other_door(unit, facts, door, unit.now) if door else None
    return WaysIn(ticket_id, again, mailed, other, site.phone)
