"""A database as the ledger needs it: transactions to write in, snapshots to read in."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from ledger.session import Session

T = TypeVar("T")


class Database(Protocol):
    """Runs plain functions in transactions; what they raise rolls back and is raised again."""

    async def write(self, streams: Sequence[str], fn: Callable[[Session], T], /) -> T:
        """In one durable transaction; `fn` locks these streams first."""
        ...

    async def read(self, fn: Callable[[Session], T], /) -> T:
        """In one snapshot that cannot be written to."""
        ...

    async def close(self) -> None:
        """Let what is queued finish, then close every connection."""
        ...
