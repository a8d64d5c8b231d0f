"""A letter as a mail: text, HTML with the QR inside, and the calendar entry."""

from datetime import datetime
from email.message import EmailMessage
from typing import Final

from paper.qr import QUIET_MODULES, qr_modules, qr_png
from sync_server.links import Links
from sync_server.mail.envelope import Envelope, render
from sync_server.mail.invite import EntryWords, Published, calendar_entry
from sync_server.mail.letter import Letter
from sync_server.mail.words import Words, in_words

_PLATE_PX: Final = 264
"""About the width of the QR with its margin in the mail."""


def compose(letter: Letter, sender: str, at: datetime, links: Links) -> EmailMessage:
    """The mail to be sent."""
    words = in_words(letter, links)
    envelope = Envelope(letter.mail_id, letter.to, sender, at)
    cid = f"code.{letter.mail_id}@{envelope.domain}"
    message = envelope.message(words.subject)
    message.set_content(render("mail.txt", words=words))
    message.add_alternative(_html(letter, words, cid), subtype="html")
    _add_code(message, letter, cid)
    if letter.occasion:
        about = EntryWords(letter.site.name, words.lead, words.language)
        entry = calendar_entry(letter.occasion, about, Published(at, sender))
        _add_calendar(message, entry)
    message["Content-Language"] = words.language  # last: making parts moves Content headers
    return message


def _html(letter: Letter, words: Words, cid: str) -> str:
    modules = len(qr_modules(letter.code)) + 2 * QUIET_MODULES
    side_px = modules * max(1, round(_PLATE_PX / modules))
    return render("mail.html", words=words, cid=cid, side_px=side_px)


def _add_code(message: EmailMessage, letter: Letter, cid: str) -> None:
    html = message.get_body(("html",))
    assert isinstance(html, EmailMessage)
    html.add_related(
        qr_png(letter.code),
        "image",
        "png",
        cid=f"<{cid}>",
        filename="code.png",
        disposition="inline",
    )


def _add_calendar(message: EmailMessage, entry: bytes) -> None:
    message.add_attachment(
        entry.decode(),
        subtype="calendar",
        params={"method": "PUBLISH"},
        filename="booking.ics",
    )
