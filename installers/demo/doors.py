"""The two simulated doors as a part of the demo: locks on the broker, with a control of their own.

The house's doors are called by the names of their locks, "front" and "courtyard".
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from installers.demo.child import Child
from installers.demo.page.stage import DoorPicture
from installers.demo.places import Places

NAMES: Mapping[str, str] = {"front": "Front door", "courtyard": "Courtyard door"}


@dataclass(frozen=True, slots=True)
class LockSecrets:
    """What a lock is given when it is mounted."""

    lock: str
    seed_hex: str
    broker_password: str


class Doors:
    """One simulator process with all locks."""

    def __init__(self, places: Places, locks: list[LockSecrets], house_key_hex: str) -> None:
        keys = "".join(f"{lock.seed_hex}\n" for lock in locks)
        passwords = "".join(f"{lock.broker_password}\n" for lock in locks)
        self._command = [sys.executable, "-m", "doors.simulator"]
        for lock in locks:
            self._command += ["--lock", lock.lock, "--user", lock.lock]
        self._command += ["--house-key", house_key_hex]
        self._command += ["--key-file", str(places.secret("lock-keys", keys))]
        self._command += ["--password-file", str(places.secret("lock-passwords", passwords))]
        self._log = places.log("doors")
        self._child: Child | None = None
        self._control = ""
        self._web = httpx.AsyncClient(trust_env=False, timeout=5)

    async def start(self, broker_port: int) -> None:
        """Mount the locks; returns when all of them have reached the broker."""
        command = [*self._command, "--broker", f"127.0.0.1:{broker_port}"]
        self._child = Child("door simulator", command, self._log)
        first = json.loads(await self._child.start(speaks=True))
        self._control = f"http://127.0.0.1:{first['control_port']}"

    async def stop(self) -> None:
        if self._child is not None:
            await self._child.stop()
        await self._web.aclose()

    async def state(self) -> dict[str, dict[str, Any]]:
        """What each lock says of itself, by its name."""
        answer = (await self._web.get(f"{self._control}/state")).raise_for_status()
        return {door["lock"]: door for door in answer.json()}

    async def behave(self, lock: str, mode: str) -> None:
        """Make a door jam, or be good again ("ok")."""
        query = {"lock": lock, "name": mode}
        (await self._web.post(f"{self._control}/mode", params=query)).raise_for_status()

    async def pictures(self, ids: Mapping[str, str]) -> list[DoorPicture]:
        """The doors as the page draws them; `ids` are the house's ids of them by lock."""
        try:
            states = await self.state()
        except httpx.HTTPError:
            states = {}
        return [
            DoorPicture(lock, ids[lock], name, _picture(states.get(lock)))
            for lock, name in NAMES.items()
        ]


def _picture(state: Mapping[str, Any] | None) -> str:
    if state is None or not state["connected"]:
        return "away"
    if state["mode"] == "jam":
        return "jammed"
    return "open" if state["open"] else "closed"
