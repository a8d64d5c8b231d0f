"""Tickets as the server opens them: recorded, and mailed to the operator of the site."""

from typing import Final

from domain.check_in import Record
from domain.site import Site
from domain.subjects import site_stream
from domain.ticket import TicketOpened
from ledger.unit import Unit
from sync_server.use_cases.chance import Ids

TICKET: Final = "ticket"
ACTOR: Final = "server"


def record_ticket(unit: Unit, site_id: str, record: Record, *, actor: str = ACTOR) -> bool:
    """Append a record; of a new ticket the operator gets a mail. Returns whether one does.

    Locks the site's stream. What is reported again is counted, not mailed.
    """
    unit.append(site_stream(site_id), record.kind, record.subject, record.body, actor=actor)
    if not isinstance(record.body, TicketOpened):
        return False
    site = unit.full("site", site_id, Site)
    if site is None or not site.operator_mail:
        return False
    mail_id = Ids().subject(unit.now)
    unit.queue_mail(mail_id, TICKET, TICKET, record.subject, address=site.operator_mail)
    return True
