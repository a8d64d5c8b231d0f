"""The server as a part of the demo: founded, filled, running, stopped and started again."""

import asyncio
import json
import socket
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx

from installers.demo.child import BIN, Child, run_once
from installers.demo.places import Places
from installers.demo.trouble import DemoTrouble
from ledger.data_dir import DataDir

SEED = 7
MEMBERS = 40
BOOKINGS = 30
READY_WITHIN_S = 20.0
_LOOK_AGAIN_S = 0.05
_PROGRAM = BIN / "foyer-server"


class Server:
    """One house with its data below the demo's folder."""

    def __init__(self, places: Places) -> None:
        self._data = places.server
        self.port = _free_port()
        self._log = places.log("server")
        self._flags: list[str] = []
        self._child = self._serving()
        self._web = httpx.AsyncClient(trust_env=False, timeout=2)

    def use_broker(self, port: int, password_file: Path) -> None:
        """Open doors from pages too, from the next start on."""
        self._use(
            {
                "--broker": f"127.0.0.1:{port}",
                "--broker-user": "server",
                "--broker-password-file": password_file,
            }
        )

    def use_payments(self, url: str, secret_file: Path) -> None:
        """Be paid by link, from the next start on."""
        self._use(
            {
                "--payments": "simulated",
                "--payments-url": url,
                "--payments-secret-file": secret_file,
            }
        )

    def _use(self, flags: Mapping[str, object]) -> None:
        self._flags += [str(part) for pair in flags.items() for part in pair]
        self._child = self._serving()

    def _serving(self) -> Child:
        command = [_PROGRAM, "serve", "--data", self._data, "--port", self.port, *self._flags]
        return Child("server", [str(part) for part in command], self._log)

    @property
    def running(self) -> bool:
        return self._child.running

    async def found(self) -> dict[str, Any]:
        """A new house with the demo's people; what seed-demo printed."""
        await self.command("init")
        numbers = {"--seed": SEED, "--members": MEMBERS, "--bookings": BOOKINGS}
        flags = [str(part) for pair in numbers.items() for part in pair]
        seeded: dict[str, Any] = json.loads(await self.command("seed-demo", *flags))
        return seeded

    async def start(self) -> None:
        """Serve; returns when it is ready. Raises DemoTrouble."""
        await self._child.start()
        deadline_s = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline_s and self.running:
            try:
                if (await self._web.get(f"http://127.0.0.1:{self.port}/readyz")).is_success:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(_LOOK_AGAIN_S)
        raise DemoTrouble("The server did not become ready; its log says why.")

    async def stop(self) -> None:
        await self._child.stop()

    async def crash(self) -> None:
        await self._child.kill()

    async def close(self) -> None:
        await self._web.aclose()
        await self.stop()

    async def add_kiosk(self, site: str) -> str:
        """The one-time code with which a new kiosk of this site enrols."""
        return (await self.command("add-kiosk", "--site", site)).strip()

    async def verify_log(self) -> None:
        """Raises DemoTrouble if a row of the log is not what it was."""
        await self.command("verify-log")

    async def command(self, name: str, *arguments: str) -> str:
        return await run_once(
            f"foyer-server {name}",
            [str(_PROGRAM), name, "--data", str(self._data), *arguments],
        )

    def times_in_log(self, events: Sequence[str]) -> dict[str, int]:
        """How often each of these events stands in the server's log, read from its database."""
        address = f"file:{DataDir(self._data).sqlite}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=5)) as database:
            return {
                event: database.execute(
                    "SELECT count(*) FROM event WHERE id = ?", (event,)
                ).fetchone()[0]
                for event in events
            }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
