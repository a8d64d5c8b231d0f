"""The simulated doors' control by HTTP on loopback, for the demo's page and for tests.

GET /state tells every door. POST /mode?lock=ID&name=jam&seconds=5&delay=2 makes one misbehave
(see Misbehaviour for the names); without `lock` all of them, without `seconds` until changed.
"""

import asyncio
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from doors.simulator.door import Misbehaviour, SimulatedDoor

LONGEST_S: Final = 3_600.0
_ANSWER_TIMEOUT_S: Final = 5.0
_POLL_S: Final = 0.05


class DoorControl:
    """Serves from start() to stop(), in threads; the doors stay in their event loop."""

    def __init__(self, doors: dict[str, SimulatedDoor], port: int) -> None:
        self._doors = doors
        self._loop = asyncio.get_running_loop()
        handler = type("_Handler", (_Handler,), {"control": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._server.daemon_threads = False
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL_S,), daemon=True
        )

    @property
    def port(self) -> int:
        return self._server.server_port

    def start(self) -> None:
        self._thread.start()

    async def stop(self) -> None:
        await asyncio.to_thread(self._server.shutdown)
        await asyncio.to_thread(self._server.server_close)

    def state(self) -> list[dict[str, Any]]:
        """Called by a request's thread."""
        return asyncio.run_coroutine_threadsafe(self._state(), self._loop).result(_ANSWER_TIMEOUT_S)

    def set_mode(self, query: dict[str, str]) -> None:
        """Called by a request's thread; raises ValueError for what cannot be meant."""
        name = Misbehaviour(query.get("name", ""))
        seconds = _seconds(query["seconds"]) if "seconds" in query else None
        delay_s = _seconds(query.get("delay", "2"))
        wanted = [query["lock"]] if "lock" in query else list(self._doors)
        if any(lock not in self._doors for lock in wanted):
            raise ValueError("no such lock")
        for lock in wanted:
            change = self._doors[lock].behave(name, seconds, delay_s)
            asyncio.run_coroutine_threadsafe(change, self._loop).result(_ANSWER_TIMEOUT_S)

    async def _state(self) -> list[dict[str, Any]]:
        return [door.state() for door in self._doors.values()]


class _Handler(BaseHTTPRequestHandler):
    control: DoorControl
    timeout = 5

    def do_GET(self) -> None:
        if urlsplit(self.path).path != "/state":
            self._answer(404, {"error": "there is GET /state and POST /mode"})
            return
        self._answer(200, self.control.state())

    def do_POST(self) -> None:
        address = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(address.query).items()}
        try:
            if address.path != "/mode":
                raise ValueError("there is GET /state and POST /mode")
            self.control.set_mode(query)
        except ValueError as problem:
            self._answer(400, {"error": str(problem)})
            return
        self._answer(200, self.control.state())

    def _answer(self, status: int, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: a page that draws the doors asks every second."""


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= LONGEST_S:
        raise ValueError("seconds must be between 0 and 3600")
    return seconds
