"""Pictures of a scripted visit, for machines without a display."""

import asyncio
from pathlib import Path

from installers.demo.running import Running
from installers.demo.steps import step
from installers.demo.visit import read_mail

_SETTLED_S = 1.5
"""An answer has grown over the screen and its words have faded in."""
PARTS = {"member": "welcome", "early": "too-early", "group": "how-many", "unpaid": "not-paid"}


async def take_pictures(demo: Running) -> Path:
    """The lobby at rest, then what each of these codes becomes. Returns the folder."""
    await asyncio.sleep(_SETTLED_S)
    await _picture(demo, "lobby")
    for part, name in PARTS.items():
        await _answer(demo, part, name)
    await demo.doors_part.behave("front", "jam")
    await _answer(demo, "host", "door-jams")
    await demo.doors_part.behave("front", "ok")
    return demo.places.pictures


async def _answer(demo: Running, part: str, name: str) -> None:
    mail = await read_mail(demo, part)
    assert mail.code_png is not None
    mark = demo.kiosk.reports.mark
    await demo.webcam.show(mail.code_png, seconds=2)
    await demo.kiosk.reports.next("answer", mark, within_s=10)
    await asyncio.sleep(_SETTLED_S)
    await _picture(demo, name)


async def _picture(demo: Running, name: str) -> None:
    path = demo.places.pictures / f"{name}.png"
    with step(f"Picture taken: {path.name}"):
        await demo.kiosk.picture(path)
