"""The way a mail leaves the house: by SMTP, or as a file where none is configured."""

import asyncio
import os
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Final, Protocol

import aiosmtplib

from ledger.data_dir import DataDir
from sync_server.settings import BadSettings, Settings

TIMEOUT_S: Final = 15
_IMPLICIT_TLS_PORT: Final = 465


class MailTrouble(Exception):  # noqa: N818 - the base of what a transport may raise
    """A mail did not get out."""


class TryAgain(MailTrouble):
    """Not now (4xx, no connection, time-out): try again later."""


class NotTaken(MailTrouble):
    """This mail as it is will never be taken (5xx)."""


class Transport(Protocol):
    """Hands over one mail at a time. Raises only MailTrouble."""

    async def send(self, mail_id: str, message: EmailMessage) -> None: ...


@dataclass(frozen=True, slots=True)
class MailFolder:
    """Mails as .eml files, whole or not at all; the same mail is the same file."""

    folder: Path

    async def send(self, mail_id: str, message: EmailMessage) -> None:
        try:
            await asyncio.to_thread(self._write, mail_id, message.as_bytes())
        except OSError as error:
            raise TryAgain(type(error).__name__) from error

    def _write(self, mail_id: str, content: bytes) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        part = self.folder / f".{mail_id}.part"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(self.folder / f"{mail_id}.eml")


@dataclass(frozen=True, slots=True, repr=False)
class SmtpServer:
    """A mail server to hand mails to (RFC 5321)."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    starttls: bool = False

    async def send(self, mail_id: str, message: EmailMessage) -> None:  # noqa: ARG002 - in its headers
        try:
            await aiosmtplib.send(
                message,
                hostname=self.host,
                port=self.port,
                username=self.user or None,
                password=self.password or None,
                start_tls=self.starttls,
                use_tls=self.port == _IMPLICIT_TLS_PORT,
                timeout=TIMEOUT_S,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _trouble(error.recipients[0].code) from error
        except aiosmtplib.SMTPDataError as error:
            raise _trouble(error.code) from error
        except (aiosmtplib.SMTPException, OSError) as error:  # a wrong password is not the mail's
            raise TryAgain(type(error).__name__) from error


def transport_of(settings: Settings, data: DataDir) -> Transport:
    """The transport the settings ask for. Raises BadSettings."""
    if not settings.smtp:
        return MailFolder(data.mails)
    host, _, port = settings.smtp.rpartition(":")
    if not host or not port.isdigit():
        raise BadSettings("The mail server is named as host:port, as in mail.example.org:587.")
    password = ""
    if settings.smtp_password_file:
        try:
            password = Path(settings.smtp_password_file).read_text().strip()
        except (OSError, ValueError) as error:
            raise BadSettings(f"The password file cannot be read: {error}") from error
    return SmtpServer(host, int(port), settings.smtp_user, password, settings.smtp_starttls)


def _trouble(code: int) -> MailTrouble:
    """4xx may pass, 5xx will not (RFC 5321, section 4.2.1)."""
    return NotTaken(str(code)) if code >= 500 else TryAgain(str(code))
