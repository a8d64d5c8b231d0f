"""verify-log: every event as it was written, or the first that is not."""

import argparse
import asyncio

from sync_server.commands.outcome import DONE, fail, out
from sync_server.house import open_house
from sync_server.settings import Settings


def verify_log(settings: Settings, _: argparse.Namespace) -> int:
    """Reads only, so it works beside a running server too."""

    async def verify() -> str | None:
        house = await open_house(settings)
        try:
            bad = await house.ledger.verify()
        finally:
            await house.close()
        return f"Row {bad.seq} of {bad.stream} {bad.why}." if bad else None

    bad = asyncio.run(verify())
    if bad:
        return fail(bad)
    out("Every event is as it was written.")
    return DONE
