"""A served house whose two doors hang on a real broker, for browsers to stand in front of."""

import json
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync_server.links import pass_token
from sync_server.settings import Settings
from tests.campaigns.door_house import DoorHouse
from tests.sync_server.conftest import Demo
from tests.sync_server.door_stand import doors_of_demo, with_broker
from tests.sync_server.running import RunningServer, running
from tests.sync_server.web.furnishing import furnish


@dataclass(frozen=True, slots=True)
class ServedDoors:
    demo: Demo
    server: RunningServer
    doors: DoorHouse
    control: str

    def token(self, part: str) -> str:
        return pass_token(self.demo.keys, self.demo.pass_id(part))

    def path(self, part: str) -> str:
        """Where somebody with this pass stands at the door."""
        return f"/b/{self.token(part)}/door"

    def mode(self, lock: str, name: str, **query: object) -> None:
        """Make a door misbehave, or be good again ("ok")."""
        values = {"lock": lock, "name": name, **query}
        text = "&".join(f"{key}={value}" for key, value in values.items())
        request = urllib.request.Request(f"{self.control}/mode?{text}", method="POST")
        with urllib.request.urlopen(request, timeout=10):
            pass

    def openings(self) -> list[dict[str, Any]]:
        log = self.doors.log
        lines = log.read_text().splitlines() if log.exists() else []
        return [json.loads(line) for line in lines]


@contextmanager
def served_doors(founded: Demo, folder: Path) -> Iterator[ServedDoors]:
    """The demo's house furnished, its broker, its locks in a process, and the server."""
    shutil.copytree(founded.folder, folder / "house")
    demo = Demo(folder / "house", founded.ids)
    furnish(Settings(demo.folder))
    doors = doors_of_demo(demo, folder / "doors")
    locks = subprocess.Popen(doors.simulator_command(), stdout=subprocess.PIPE, text=True)
    try:
        assert locks.stdout is not None
        first = json.loads(locks.stdout.readline())
        control = f"http://127.0.0.1:{first['control_port']}"
        with running(with_broker(Settings(demo.folder), doors)) as server:
            yield ServedDoors(demo, server, doors, control)
    finally:
        locks.terminate()
        locks.communicate(timeout=10)
        doors.broker.stop()
