"""The mail that tells a site's operator of a new ticket: what, where, whose booking, who to ring.

Nobody says which language the operator reads: it says all of it in both.
"""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Final
from zoneinfo import ZoneInfo

from domain.booking import Booking
from domain.declaration import Declaration
from domain.resource import Resource
from domain.site import Site
from domain.ticket import Ticket, ticket_number
from ledger.cards import Card
from ledger.mails import OutgoingMail
from ledger.reader import Reader
from sync_server.mail.declaration_letter import in_lines
from sync_server.mail.envelope import Envelope, render
from sync_server.use_cases.declare import declaration_of
from sync_server.use_cases.streams import stream_of
from wording import codes, sentence

LOCALES: Final = ("de_formal", "en")


@dataclass(frozen=True, slots=True)
class TicketLetter:
    """`about` is the name of the door or room; a ticket about neither is about the site."""

    mail_id: str
    to: Card
    site: Site
    ticket_id: str
    ticket: Ticket
    about: str
    booking: Booking | None = None
    place: str = ""
    booker: Card | None = None
    declared: Declaration | None = None
    typed: tuple[str, ...] = ()
    """What people wrote about it."""


def read_ticket_letter(reader: Reader, mail: OutgoingMail) -> TicketLetter | None:
    """The letter; None if the ticket is closed by now, or nobody is to be told."""
    ticket = reader.full("ticket", mail.ref_id, Ticket)
    site_id = (stream_of(reader, "ticket", mail.ref_id) or "").partition(":")[2]
    site = reader.full("site", site_id, Site)
    if ticket is None or ticket.closed_at is not None or site is None or not mail.address:
        return None
    booking = reader.full("booking", ticket.booking_id, Booking) if ticket.booking_id else None
    resource = reader.full("resource", booking.resource_id, Resource) if booking else None
    return TicketLetter(
        mail_id=mail.id,
        to=Card(site.name, mail.address),
        site=site,
        ticket_id=mail.ref_id,
        ticket=ticket,
        about=_about(reader, ticket, site),
        booking=booking,
        place=resource.name if resource else "",
        booker=reader.card(booking.person_id) if booking and booking.person_id else None,
        declared=declaration_of(reader, mail.ref_id),
        typed=tuple(reader.notes_of("ticket", mail.ref_id)),
    )


def compose_ticket(letter: TicketLetter, sender: str, at: datetime) -> EmailMessage:
    """The mail as plain text."""
    subject = sentence("mail.ticket.subject", _params(letter), LOCALES[0])
    message = Envelope(letter.mail_id, letter.to, sender, at).message(subject)
    parts = [_lines(letter, locale) for locale in LOCALES]
    message.set_content(render("ticket.txt", parts=parts, site=letter.site.name))
    return message


def _about(reader: Reader, ticket: Ticket, site: Site) -> str:
    door = site.door(ticket.about_id) if ticket.about_kind == "door" else None
    if door is not None:
        return door.name
    if ticket.about_kind == "resource":
        resource = reader.full("resource", ticket.about_id, Resource)
        return resource.name if resource else site.name
    return site.name


def _params(letter: TicketLetter) -> dict[str, object]:
    zone = ZoneInfo(letter.site.zone)
    opened = letter.ticket.opened_at
    params: dict[str, object] = {
        "site": letter.site.name,
        "about": letter.about,
        "zone": letter.site.zone,
        "day": opened.astimezone(zone).date(),
        "at": opened,
        "ticket": ticket_number(letter.ticket_id),
    }
    return params


def _lines(letter: TicketLetter, locale: str) -> list[str]:
    params = _params(letter)
    code = f"mail.ticket.{letter.ticket.what}"
    known = code if code in codes("en") else "mail.ticket.other"
    lines = [sentence(known, params, locale), sentence("mail.ticket.at", params, locale)]
    lines += [sentence("mail.ticket.typed", {"words": words}, locale) for words in letter.typed]
    if letter.declared:
        lines += in_lines(letter.declared, locale)
    if booking := letter.booking:
        day = booking.starts.astimezone(ZoneInfo(letter.site.zone)).date()
        times = {"place": letter.place, "starts": booking.starts, "ends": booking.ends}
        lines.append(sentence("mail.ticket.booking", params | times | {"day": day}, locale))
    if card := letter.booker:
        code = "mail.ticket.person.phone" if card.phone else "mail.ticket.person"
        lines.append(sentence(code, {"name": card.name, "phone": card.phone}, locale))
    return lines
