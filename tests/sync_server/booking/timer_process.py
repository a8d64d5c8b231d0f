"""A server process that does nothing but carry out timers, at an hour it is told.

python -m tests.sync_server.booking.timer_process DATABASE_URL DATA NOW
"""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

import nacl.public

from ledger.data_dir import DataDir
from ledger.ledger import open_ledger
from ledger.seal import SigningKey
from sync_server.house import House
from sync_server.jobs.timers import carry_out_timers
from sync_server.keys import HouseKeys
from sync_server.settings import Settings


async def carry_out(database_url: str, folder: Path, now: datetime) -> None:
    """Everything that is due, once."""
    keys = HouseKeys(SigningKey(bytes(32)), nacl.public.PrivateKey(bytes(range(32))), b"s" * 32)
    ledger = await open_ledger(database_url, lambda: now)
    try:
        await carry_out_timers(House(Settings(folder), DataDir(folder), keys, ledger, lambda: now))
    finally:
        await ledger.close()


if __name__ == "__main__":
    url, data, at = sys.argv[1:]
    asyncio.run(carry_out(url, Path(data), datetime.fromisoformat(at)))
