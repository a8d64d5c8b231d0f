"""Sending what waits in the outbox of a house, without its server."""

import asyncio
import shutil
from pathlib import Path

from sync_server.house import open_house
from sync_server.mail.sending import send_due_mails
from sync_server.mail.transport import Transport, transport_of
from sync_server.settings import Settings
from tests.sync_server.conftest import Demo
from tests.sync_server.running import MovableClock


async def send_due(settings: Settings, clock: MovableClock, via: Transport | None = None) -> None:
    """One round of the sending loop."""
    house = await open_house(settings, clock)
    try:
        await send_due_mails(house, via or transport_of(settings, house.data))
    finally:
        await house.close()


def sent_as_files(demo: Demo, folder: Path) -> Path:
    """All mails of a copy of this house, as .eml files in the folder returned."""
    copy = folder / "house"
    shutil.copytree(demo.folder, copy)
    asyncio.run(send_due(Settings(copy), MovableClock()))
    return copy / "mails"
