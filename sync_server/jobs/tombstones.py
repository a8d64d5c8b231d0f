"""Once a day, what has been gone for long enough is not told to kiosks any more."""

from datetime import timedelta
from functools import partial

from domain.sync import TOMBSTONE_DAYS
from ledger.tombstones import drop_tombstones
from ledger.unit import Unit
from sync_server.house import House


async def forget_the_long_gone(house: House) -> None:
    """Drop tombstones older than 30 days, stream by stream; older cursors start over."""
    for stream in await house.ledger.heads():
        await house.ledger.work([stream], partial(_drop, stream))


def _drop(stream: str, unit: Unit) -> None:
    drop_tombstones(unit, stream, unit.now - timedelta(days=TOMBSTONE_DAYS))
