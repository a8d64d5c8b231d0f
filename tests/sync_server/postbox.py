"""A mail server that really listens, and can be in a bad mood for a while."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass  # without slots: aiosmtpd looks at every attribute, and 3.11.2 trips over __weakref__
class Postbox:
    """What was delivered. `moods` are answers given first, one per mail, instead of taking it."""

    moods: list[str] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)
    tries: int = 0
    port: int = 0

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:
        self.tries += 1
        if self.moods:
            return self.moods.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


def _closed(password: bytes | None) -> dict[str, Any]:
    if password is None:
        return {}

    def authenticate(*given: Any) -> AuthResult:
        return AuthResult(success=given[-1].password == password, handled=False)

    return {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False}


@contextmanager
def open_postbox(*moods: str, knows: bytes | None = None) -> Iterator[Postbox]:
    """`knows`: it takes mails only from whoever has this password."""
    postbox = Postbox(list(moods))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        postbox.port = probe.getsockname()[1]
    controller = Controller(postbox, hostname="127.0.0.1", port=postbox.port, **_closed(knows))
    controller.start()
    try:
        yield postbox
    finally:
        controller.stop()
