"""init: founding a house, or leaving the one that stands as it is."""

import argparse
import asyncio
from uuid import uuid4

from domain.subjects import HOUSE
from ledger.data_dir import DataDir
from ledger.migrate import migrate
from sync_server.commands.outcome import DONE, out
from sync_server.house import open_house
from sync_server.key_store import make_keys
from sync_server.settings import Settings
from sync_server.use_cases.found_house import found_house


def init(settings: Settings, _: argparse.Namespace) -> int:
    """Make what is missing; a house that stands already is left as it is."""
    data = DataDir(settings.data)
    data.make()
    with data.owned():
        keys = make_keys(data)
        migrate(settings.ledger_url)
        new = asyncio.run(_found(settings))
    out(f"The house {'stands' if new else 'stood already'}: key {keys.signing.public_hex[:16]}")
    return DONE


async def _found(settings: Settings) -> bool:
    house = await open_house(settings)
    try:
        return await house.ledger.work([HOUSE], lambda unit: found_house(unit, house.keys, uuid4()))
    finally:
        await house.close()
