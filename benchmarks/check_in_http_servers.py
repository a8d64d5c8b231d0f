"""The servers under load: ours as it is installed, and the limit, each a process of its own."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from benchmarks.bare_check_in import URL
from sync_server.settings import Settings

_START_S: Final = 120.0
_STOP_S: Final = 15.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers on this port; check-ins are posted to `path`."""

    name: str
    port: int
    path: str


@contextmanager
def ours(settings: Settings) -> Iterator[Server]:
    """`foyer-server serve` with all its rules."""
    port = _free_port()
    command = ["-m", "sync_server.main", "serve", "--data", str(settings.data)]
    command += ["--port", str(port), "--workers", str(settings.workers), "--log-level", "warning"]
    if settings.database_url:
        command += ["--database-url", settings.database_url]
    with _running(command, port):
        yield Server("ours", port, "/api/v1/check-ins")


@contextmanager
def limit(database_url: str, workers: int) -> Iterator[Server]:
    """The bare server on the same schema."""
    port = _free_port()
    command = ["-m", "benchmarks.bare_check_in", "--port", str(port), "--workers", str(workers)]
    with _running(command, port, {URL: database_url}):
        yield Server("limit", port, "/check-ins")


@contextmanager
def _running(command: list[str], port: int, more: dict[str, str] | None = None) -> Iterator[None]:
    server = subprocess.Popen([sys.executable, *command], env=os.environ | (more or {}))
    try:
        _wait_for(port, server)
        yield
    finally:
        server.terminate()
        server.wait(_STOP_S)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Until it answers anything at all. Raises RuntimeError if it ends or never does."""
    until = time.monotonic() + _START_S
    while time.monotonic() < until and server.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError("the server did not start")


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
