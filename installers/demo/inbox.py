"""The mails the server wrote, as their readers would see them."""

import email
import email.policy
import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail: who, what, the text, and the picture of its code if it carries one."""

    id: str
    to: str
    subject: str
    at: datetime | None
    text: str
    code_png: bytes | None = None

    @property
    def name(self) -> str:
        """Who it is for, as a person is called; without a name the address."""
        name, address = parseaddr(self.to)
        return name or address


class Inbox:
    """The mails in a folder; each file is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Mail] = {}

    def mails(self) -> list[Mail]:
        """All that have come so far, newest first."""
        for file in self._folder.glob("*.eml"):
            if file.name not in self._read:
                self._read[file.name] = read_mail(file)
        return sorted(self._read.values(), key=_age, reverse=True)


def read_mail(file: Path) -> Mail:
    """The mail in this file; its id is the file's name, shortened and safe in an address."""
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    return Mail(
        id=hashlib.sha256(file.name.encode()).hexdigest()[:16],
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        at=parsedate_to_datetime(message["Date"]) if message["Date"] else None,
        text=str(body.get_content()) if body else "",
        code_png=_code_in(message),
    )


def _code_in(message: EmailMessage) -> bytes | None:
    for part in message.walk():
        if part.get_content_type() == "image/png":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else None
    return None


def _age(mail: Mail) -> tuple[bool, float, str]:
    return mail.at is not None, mail.at.timestamp() if mail.at else 0.0, mail.id
