"""A real server for a test: uvicorn on a free port in a thread of its own."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import uvicorn

from sync_server.app import create_app
from sync_server.commands.serve import uvicorn_options
from sync_server.settings import Settings


class MovableClock:
    """Real time, moved by hand."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True, slots=True)
class RunningServer:
    url: str
    settings: Settings
    clock: MovableClock


@contextmanager
def running(settings: Settings, port: int = 0) -> Iterator[RunningServer]:
    """Serve until the block ends, on any free port unless one is named."""
    clock = MovableClock()
    options = uvicorn_options(settings) | {"port": port}
    server = uvicorn.Server(uvicorn.Config(create_app(settings, clock), **options))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield RunningServer(f"http://127.0.0.1:{port}", settings, clock)
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        assert not thread.is_alive()
