"""What a running server has recorded, read behind its back."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from ledger.ledger import open_ledger
from ledger.reader import Reader
from sync_server.settings import Settings

T = TypeVar("T")


def read(settings: Settings, fn: Callable[[Reader], T]) -> T:
    """Whatever `fn` reads in one snapshot of the server's database."""

    async def look() -> T:
        ledger = await open_ledger(settings.ledger_url)
        try:
            return await ledger.read(fn)
        finally:
            await ledger.close()

    return asyncio.run(look())


def all_states(settings: Settings, kind: str, type_: type[T]) -> list[tuple[str, T]]:
    return read(settings, lambda reader: reader.all(kind, type_))


def events_of(settings: Settings, *ids: str) -> list[str]:
    """Those of the ids that are in the log."""
    return read(settings, lambda reader: [id_ for id_ in ids if reader.known_event(id_)])
