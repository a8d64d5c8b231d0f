"""The port to the server: the sync protocol as calls, its troubles named by what to do."""

from typing import Protocol

from domain.sync import (
    Cursor,
    EnrolReply,
    EnrolRequest,
    NameDown,
    Page,
    Push,
    PushReply,
    SignedHello,
    SignedReply,
)


class LinkTrouble(Exception):  # noqa: N818 - the base of what may go wrong on the way
    """Base of all that a call to the server may raise."""


class RetryLater(LinkTrouble):
    """Not reached, timed out, or not able now (503): nothing is lost, try again."""


class SayHelloAgain(LinkTrouble):
    """The token is not accepted any more."""


class Resync(LinkTrouble):
    """The cursor is not of this log: fetch a snapshot."""


class Revoked(LinkTrouble):
    """The house does not trust this kiosk any more; `reply` is to be verified first."""

    def __init__(self, reply: SignedReply | None) -> None:
        super().__init__("revoked")
        self.reply = reply


class NotUnderstood(LinkTrouble):
    """The server refused the call as such; a newer program is needed. `detail` for the log."""


class ServerLink(Protocol):
    """Every call has a time-out and raises only LinkTrouble."""

    async def enrol(self, request: EnrolRequest) -> EnrolReply: ...
    async def challenge(self) -> str: ...
    async def hello(self, hello: SignedHello) -> SignedReply: ...
    async def push(self, token: str, push: Push) -> PushReply: ...
    async def pull(
        self, token: str, cursor: Cursor, epoch: str, *, wait_s: int, digest: bool
    ) -> Page: ...
    async def snapshot(self, token: str, stream: str, after: int) -> Page: ...
    async def names(self, token: str) -> tuple[NameDown, ...]: ...
    async def close(self) -> None: ...
