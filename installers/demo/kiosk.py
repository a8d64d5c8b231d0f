"""A kiosk as a part of the demo: enrolled, running, heard by its reports, touched by a hand."""

import asyncio
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from installers.demo.child import BIN, Child, run_once
from installers.demo.places import Places
from installers.demo.reports import KioskReports
from installers.demo.trouble import DemoTrouble

PICTURE_WITHIN_S = 10.0
_LOOK_AGAIN_S = 0.02


@dataclass(frozen=True, slots=True)
class Fittings:
    """What stands around a kiosk; empty is not there."""

    server: str
    camera: str = ""
    broker: str = ""
    broker_password_file: Path | None = None
    door: str = ""

    def flags(self) -> list[str]:
        given = {"--server": self.server, "--camera": self.camera, "--door": self.door}
        if self.broker:
            given["--broker"] = self.broker
            given["--broker-user"] = "kiosk"
            given["--broker-password-file"] = str(self.broker_password_file)
        return [part for flag, value in given.items() if value for part in (flag, value)]


def has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class Kiosk:
    """`shown`: on the display, full screen; else in memory, with a hand to touch it."""

    def __init__(self, places: Places, name: str, fittings: Fittings, *, shown: bool) -> None:
        self._data = places.kiosk(name)
        self._fittings = fittings
        report = places.folder / f"{name}.jsonl"
        self.reports = KioskReports(report)
        program = [str(BIN / "foyer-kiosk")] if shown else [sys.executable, "-m", _HAND]
        command = [*program, "run", "--data", str(self._data), "--report", str(report)]
        if not shown:
            command += ["--mute", "--windowed"]
        self._shown = shown
        more = {} if shown else {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
        self._child = Child(name, [*command, *fittings.flags()], places.log(name), more)

    async def enrol(self, code: str) -> None:
        """Join the house with a one-time code. Raises DemoTrouble."""
        where = ["--data", str(self._data), "--server", self._fittings.server]
        await run_once(
            "foyer-kiosk enroll", [str(BIN / "foyer-kiosk"), "enroll", *where, "--code", code]
        )

    async def start(self) -> None:
        """Run it; where it is not shown, wait for its first picture. See `reports`."""
        self.reports.start()
        await self._child.start(speaks=not self._shown)

    async def stop(self) -> None:
        await self._child.stop()
        await self.reports.stop()

    async def ended(self) -> int:
        """Wait until its window is closed."""
        return await self._child.ended()

    async def type(self, text: str) -> None:
        """Press these keys and Enter; only where it is not shown."""
        await self._child.tell(json.dumps({"type": text}))

    async def picture(self, path: Path) -> None:
        """Save what its window shows; only where it is not shown. Raises DemoTrouble."""
        await asyncio.to_thread(path.unlink, missing_ok=True)
        await self._child.tell(json.dumps({"picture": str(path)}))
        deadline_s = time.monotonic() + PICTURE_WITHIN_S
        while not await asyncio.to_thread(path.exists):
            if time.monotonic() > deadline_s:
                raise DemoTrouble("The kiosk's window gave no picture.")
            await asyncio.sleep(_LOOK_AGAIN_S)


_HAND = "installers.demo.hand"
