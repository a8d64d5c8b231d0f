"""The receipt of a withdrawal or of the end of a contract: what was declared, and when it came."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from domain.declaration import Declaration, Declared, Ending
from domain.site import Site
from domain.ticket import Ticket, ticket_number
from ledger.cards import Card
from ledger.mails import OutgoingMail
from ledger.reader import Reader
from sync_server.mail.envelope import Envelope, render
from sync_server.use_cases.declare import declaration_of
from sync_server.use_cases.streams import stream_of
from wording import LOCALES, sentence


@dataclass(frozen=True, slots=True)
class Receipt:
    """It is written whatever became of the ticket since."""

    mail_id: str
    declared: Declaration
    ticket_id: str
    at: datetime
    site: Site


def read_receipt(reader: Reader, mail: OutgoingMail) -> Receipt | None:
    """None once what was declared is erased."""
    ticket = reader.full("ticket", mail.ref_id, Ticket)
    site_id = (stream_of(reader, "ticket", mail.ref_id) or "").partition(":")[2]
    site = reader.full("site", site_id, Site)
    declared = declaration_of(reader, mail.ref_id)
    if ticket is None or site is None or declared is None:
        return None
    return Receipt(mail.id, declared, mail.ref_id, ticket.opened_at, site)


def compose_receipt(receipt: Receipt, sender: str, at: datetime) -> EmailMessage:
    """The mail as plain text, in the language of the page."""
    declared, site = receipt.declared, receipt.site
    locale = declared.language if declared.language in LOCALES else "en"
    to = Card(declared.name, declared.mail.strip())
    params: dict[str, object] = {
        "site": site.name,
        "zone": site.zone,
        "day": receipt.at.astimezone(ZoneInfo(site.zone)).date(),
        "at": receipt.at,
        "number": ticket_number(receipt.ticket_id),
    }
    said = [
        sentence(f"mail.declared.{declared.what}", params, locale),
        sentence("mail.declared.at", params, locale),
        *in_lines(declared, locale),
        sentence(f"mail.declared.{declared.what}.next", params, locale),
    ]
    subject = sentence(f"mail.declared.{declared.what}.subject", params, locale)
    message = Envelope(receipt.mail_id, to, sender, at).message(subject)
    message.set_content(render("ticket.txt", parts=[said], site=site.name))
    message["Content-Language"] = locale.partition("_")[0]
    return message


def in_lines(declared: Declaration, locale: str) -> list[str]:
    """What was declared, word for word."""

    def say(code: str, **params: object) -> str:
        return sentence(f"declare.said.{code}", params, locale)

    lines = [
        say("name", name=declared.name),
        say("contract", contract=declared.contract),
        say("mail", mail=declared.mail.strip()),
    ]
    if declared.what is Declared.WITHDRAWAL:
        return lines
    lines.append(say(f"ending.{declared.ending}"))
    if declared.ending is Ending.CAUSE:
        lines.append(say("why", why=declared.why))
    if declared.last_day:
        return [*lines, say("last_day", day=declared.last_day)]
    return [*lines, say("soonest")]
