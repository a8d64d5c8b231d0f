"""A letter as a mail: text, HTML with the QR inside, and the calendar entry."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache
from pathlib import Path
from typing import Final

import jinja2

from paper.qr import QUIET_MODULES, qr_modules, qr_png
from sync_server.links import Links
from sync_server.mail.invite import Published, calendar_entry
from sync_server.mail.letter import Letter
from sync_server.mail.words import Words, in_words

_TEMPLATES: Final = Path(__file__).parent / "templates"
_PLATE_PX: Final = 264
"""About the width of the QR with its margin in the mail."""


def compose(letter: Letter, sender: str, at: datetime, links: Links) -> EmailMessage:
    """The mail to be sent; its Message-ID is that of the mail, however often it is tried."""
    words = in_words(letter, links)
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    cid = f"code.{letter.mail_id}@{domain}"
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = formataddr((letter.to.name, letter.to.mail))
    message["Subject"] = words.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{letter.mail_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_render("mail.txt", words))
    message.add_alternative(_html(letter, words, cid), subtype="html")
    _add_code(message, letter, cid)
    if letter.occasion:
        entry = calendar_entry(letter, letter.occasion, words, Published(at, sender))
        _add_calendar(message, entry)
    message["Content-Language"] = words.language  # last: making parts moves Content headers
    return message


def _html(letter: Letter, words: Words, cid: str) -> str:
    modules = len(qr_modules(letter.code)) + 2 * QUIET_MODULES
    side_px = modules * max(1, round(_PLATE_PX / modules))
    return _render("mail.html", words, cid=cid, side_px=side_px)


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


def _render(template: str, words: Words, **more: object) -> str:
    return _templates().get_template(template).render(words=words, **more)


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
