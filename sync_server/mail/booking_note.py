"""Mails about a booking that bring no code: asked for, reminded, released, called off."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Final
from zoneinfo import ZoneInfo

from domain.booking import Booking, BookingStatus
from domain.invitation import Invitation
from domain.money import Money
from domain.passes import Pass
from domain.site import Site
from ledger.cards import Card
from ledger.mails import OutgoingMail
from ledger.reader import Reader
from sync_server.keys import HouseKeys
from sync_server.links import Links, pass_token
from sync_server.mail.envelope import Envelope, render
from sync_server.mail.invite import EntryWords, Published, calendar_entry
from sync_server.mail.letter import Occasion, occasion_of_booking
from sync_server.mail.words import WayOn, place_of
from sync_server.use_cases.booking.making import newest_pass
from sync_server.use_cases.mails import (
    BOOKING_CANCELLED,
    BOOKING_RELEASED,
    BOOKING_REMINDER,
    BOOKING_WISHED,
)
from sync_server.use_cases.print_pass import site_of
from wording import sentence

_ONLY_WHILE: Final = {
    BOOKING_REMINDER: BookingStatus.CONFIRMED,
    BOOKING_WISHED: BookingStatus.WISHED,
    BOOKING_RELEASED: BookingStatus.RELEASED,
}
"""What is no longer true when it is sent is not said any more."""
_GOES_ON: Final = {BOOKING_REMINDER: ("keep", "cancel", "page"), BOOKING_RELEASED: ("page",)}


@dataclass(frozen=True, slots=True)
class BookingNote:
    """Everything such a mail says, before it is put in words."""

    mail_id: str
    what: str
    to: Card
    site: Site
    booking: Booking
    occasion: Occasion
    token: str
    """What the booking's own page is reached by; empty where it has no pass."""
    guest: str = ""
    """Who has come, where that is what it says."""

    @property
    def locale(self) -> str:
        if self.to.language != "de":
            return "en"
        return "de_formal" if self.site.formal else "de"


def read_booking_note(
    reader: Reader, keys: HouseKeys, mail: OutgoingMail, now: datetime
) -> BookingNote | None:
    """The note for a queued mail; None if it is no longer so, or there is nobody to tell."""
    booking_id, guest = _about(reader, mail)
    booking = reader.full("booking", booking_id, Booking)
    card = reader.card(mail.person_id) if mail.person_id else None
    if booking is None or card is None or not card.mail or booking.ends <= now:
        return None
    if booking.status is not _ONLY_WHILE.get(mail.what, booking.status):
        return None
    home, occasion = site_of(reader, booking.resource_id), occasion_of_booking(reader, booking_id)
    if home is None or occasion is None:
        return None
    pass_id = newest_pass(reader, booking_id)
    token = pass_token(keys, pass_id) if pass_id else ""
    return BookingNote(mail.id, mail.what, card, home[1], booking, occasion, token, guest)


def _about(reader: Reader, mail: OutgoingMail) -> tuple[str, str]:
    """The booking, and the name of the guest whose pass it is about."""
    issued = reader.full("pass", mail.ref_id, Pass) if mail.ref_kind == "pass" else None
    invitation = reader.full("invitation", issued.grant_id, Invitation) if issued else None
    if issued is None or invitation is None:
        return mail.ref_id, ""
    card = reader.card(issued.person_id) if issued.person_id else None
    return invitation.booking_id, card.name if card else ""


def compose_booking_note(
    note: BookingNote, sender: str, at: datetime, links: Links
) -> EmailMessage:
    """The mail; one that calls off takes the entry out of calendars."""
    words = _words(note, links)
    message = Envelope(note.mail_id, note.to, sender, at).message(str(words["subject"]))
    message.set_content(render("booking_note.txt", **words))
    message.add_alternative(render("booking_note.html", **words), subtype="html")
    if note.what == BOOKING_CANCELLED:
        about = EntryWords(note.site.name, str(words["lead"]), str(words["language"]))
        entry = calendar_entry(note.occasion, about, Published(at, sender), cancelled=True)
        message.add_attachment(
            entry.decode(),
            subtype="calendar",
            params={"method": "CANCEL"},
            filename="booking.ics",
        )
    message["Content-Language"] = words["language"]  # last: making parts moves Content headers
    return message


def _words(note: BookingNote, links: Links) -> dict[str, object]:
    params = _params(note)

    def say(code: str) -> str:
        return sentence(f"mail.{code}", params, note.locale)

    return {
        "language": note.locale.partition("_")[0],
        "subject": say(f"{note.what}.subject"),
        "headline": say(f"{note.what}.headline"),
        "lead": say(f"{note.what}.lead"),
        "facts": tuple(say(code) for code in _facts(note)),
        "links": _links(note, links) if note.token else (),
        "help": say("help.phone") if note.site.phone else say("help"),
        "site": note.site.name,
    }


def _params(note: BookingNote) -> dict[str, object]:
    occasion, zone = note.occasion, ZoneInfo(note.site.zone)
    there = place_of(occasion, note.locale)
    release_min = occasion.resource.terms.release_min or 0
    return {
        "name": note.to.name.partition(" ")[0],
        "guest": note.guest,
        "phone": note.site.phone,
        "zone": note.site.zone,
        "place": occasion.resource.name,
        "where": sentence("welcome.where", {"where": there}, note.locale) if there else "",
        "day": occasion.starts.astimezone(zone).date(),
        "starts": occasion.starts,
        "ends": occasion.ends,
        "until": occasion.starts + timedelta(minutes=release_min),
        "fee": Money(note.booking.fee_cents, note.site.currency),
    }


def _facts(note: BookingNote) -> tuple[str, ...]:
    if note.what == BOOKING_CANCELLED and note.booking.fee_cents:
        return ("booking_cancelled.fee",)
    if note.what == BOOKING_REMINDER and note.occasion.resource.terms.release_min is not None:
        return ("booking_reminder.release",)
    return ()


def _links(note: BookingNote, links: Links) -> tuple[WayOn, ...]:
    ways = {"keep": links.keep, "cancel": links.cancel, "page": links.booking}
    return tuple(
        WayOn(sentence(f"mail.link.{name}", {}, note.locale), ways[name](note.token))
        for name in _GOES_ON.get(note.what, ())
    )
