"""What every mail begins with, and the templates it is written from."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache
from pathlib import Path
from typing import Final

import jinja2

from ledger.cards import Card

_TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, and when; the Message-ID is that of the mail, however often tried."""

    mail_id: str
    to: Card
    sender: str
    at: datetime

    @property
    def domain(self) -> str:
        return parseaddr(self.sender)[1].rpartition("@")[2] or "localhost"

    def message(self, subject: str) -> EmailMessage:
        """A mail with its headers and nothing in it yet."""
        message = EmailMessage(policy=SMTP)
        message["From"] = self.sender
        message["To"] = formataddr((self.to.name, self.to.mail))
        message["Subject"] = subject
        message["Date"] = format_datetime(self.at)
        message["Message-ID"] = f"<{self.mail_id}@{self.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        return message


def render(template: str, **values: object) -> str:
    """A template filled in; a value that it names and nobody gave raises."""
    return _templates().get_template(template).render(**values)


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
