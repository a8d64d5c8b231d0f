"""A load on an HTTP server from a process of its own: clients that ask, wait and ask again.

python -m benchmarks.loads reads one JSON task from stdin and prints one JSON result. httpx would
cost more than the servers that are measured, so this speaks HTTP/1.1 over bare sockets, and only
what is needed of it: keep-alive, and answers that say their length.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import cast

import uvloop


@dataclass(frozen=True, slots=True)
class Task:
    """POST `bodies` in turn from `clients` connections, for so long or until there are no more.

    What is answered within `warm_up_s` is not counted. Clients join one by one, so that the idle
    worker takes the next; `together` they all wait for the last and begin at once.
    """

    port: int
    path: str
    token: str
    bodies: list[str]
    clients: int
    seconds: float
    warm_up_s: float = 0.0
    together: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a task. `sent` counts all requests, `took_ms` and `statuses` the counted."""

    sent: int
    seconds: float
    took_ms: list[float]
    statuses: dict[str, int]

    @property
    def per_second(self) -> float:
        return len(self.took_ms) / self.seconds

    @property
    def p99_ms(self) -> float:
        ordered = sorted(self.took_ms)
        return ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] if ordered else 0.0


def run_load(task: Task) -> Load:
    """Run a task in a new process. Raises CalledProcessError if a connection breaks."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.loads"],
        input=json.dumps(asdict(task)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60 + task.warm_up_s + task.seconds,
    )
    return Load(**json.loads(done.stdout))


@dataclass(slots=True)
class _Tally:
    """The requests still to be sent, and what was answered meanwhile."""

    requests: Iterator[bytes]
    counts_from: float
    ends: float
    sent: int = 0
    took_s: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    last: float = 0.0

    def next(self) -> bytes | None:
        if time.perf_counter() >= self.ends:
            return None
        request = next(self.requests, None)
        self.sent += request is not None
        return request

    def answered(self, status: str, asked: float) -> None:
        self.last = time.perf_counter()
        if self.counts_from <= self.last:
            self.took_s.append(self.last - asked)
            self.statuses[status] += 1


class _Client(asyncio.Protocol):
    """One connection. `first` is done at its first answer, `over` when it has no more to ask."""

    def __init__(self, tally: _Tally) -> None:
        loop = asyncio.get_running_loop()
        self.first, self.over = loop.create_future(), loop.create_future()
        self._tally = tally
        self._got = b""
        self._asked = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, blank, body = self._got.partition(b"\r\n\r\n")
        if not blank or len(body) < _length_in(head):
            return
        self._got = b""
        self._tally.answered(head[9:12].decode(), self._asked)
        if not self.first.done():
            self.first.set_result(None)
        self.ask()

    def connection_lost(self, exc: Exception | None) -> None:
        for waiting in (self.first, self.over):
            if not waiting.done():
                waiting.set_exception(exc or ConnectionError("the server hung up"))

    def ask(self) -> None:
        """Send the next request, or hang up if there is none."""
        request = self._tally.next()
        if request is not None:
            self._asked = time.perf_counter()
            self._transport.write(request)
            return
        for waiting in (self.first, self.over):
            if not waiting.done():
                waiting.set_result(None)
        self._transport.close()


def _length_in(head: bytes) -> int:
    """The Content-Length of an answer, which every answer of our servers has."""
    return int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])


def _requests(path: str, token: str, bodies: Sequence[str]) -> list[bytes]:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        "Content-Type: application/json\r\nAccept-Language: de\r\nContent-Length: "
    )
    return [f"{head}{len(body.encode())}\r\n\r\n{body}".encode() for body in bodies]


async def _run(task: Task) -> Load:
    requests = _requests(task.path, task.token, task.bodies)
    loop = asyncio.get_running_loop()
    begun = time.perf_counter()
    starts = begun + task.warm_up_s
    tally = _Tally(iter(requests), starts, starts + task.seconds)
    clients = []
    for _ in range(task.clients):
        _, client = await loop.create_connection(lambda: _Client(tally), "127.0.0.1", task.port)
        clients.append(client)
        if not task.together:
            client.ask()
            await client.first
    for client in clients if task.together else ():
        client.ask()
    await asyncio.gather(*(client.over for client in clients))
    took_ms = [took * 1000 for took in tally.took_s]
    return Load(tally.sent, max(tally.last - starts, 1e-9), took_ms, dict(tally.statuses))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        result = runner.run(_run(Task(**json.load(sys.stdin))))
    json.dump(asdict(result), sys.stdout)
