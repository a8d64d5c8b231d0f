"""One day of 200 resources at the server, with ever more bookings in the log.

python -m benchmarks.availability [--resources 200] [--bookings 600] [--asked 200] [--million]
The day that is asked for has the same bookings each time; only what was before it grows. Then the
day itself grows. The time is that of the whole request inside the server, without a network.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI

from benchmarks.availability_house import SITE, STREAM, furnish, history, slots_of, write
from sync_server.app import served_app
from sync_server.house import open_house
from sync_server.main import main as command
from sync_server.settings import Settings

PATH: Final = "/api/v1/availability"
LIMIT_MS: Final = 40.0
LIMIT_AT: Final = 100_000
SIZES: Final = (1_000, 10_000, 100_000)
_AHEAD: Final = timedelta(days=3)


async def request_ms(app: FastAPI, path: str, query: str) -> float:
    """One GET through the whole application, in milliseconds."""
    status = 0
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"bench")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    began = time.perf_counter()
    await app(scope, receive, send)
    took_ms = (time.perf_counter() - began) * 1000
    assert status == 200, status
    return took_ms


@dataclass(frozen=True, slots=True)
class Took:
    """How long each request took, and what of it this process was computing."""

    every_ms: list[float]
    cpu_ms: float

    @property
    def p50_ms(self) -> float:
        return statistics.median(self.every_ms)

    @property
    def p95_ms(self) -> float:
        return statistics.quantiles(self.every_ms, n=20)[-1]


async def asked(settings: Settings, days: Iterable[date], times: int) -> dict[date, Took]:
    """How long each day takes, `times` times, after a few that are not counted."""
    app = served_app(settings)
    took: dict[date, Took] = {}
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        for day in days:
            query = f"site={SITE}&date={day.isoformat()}"
            for _ in range(5):
                await request_ms(app, PATH, query)
            began = time.process_time()
            every = [await request_ms(app, PATH, query) for _ in range(times)]
            took[day] = Took(every, (time.process_time() - began) * 1000 / times)
    return took


def told(name: str, took: Took) -> None:
    times = f"p50 {took.p50_ms:7.2f} ms   p95 {took.p95_ms:7.2f} ms   CPU {took.cpu_ms:6.2f} ms"
    print(f"{name:<42} {times}", flush=True)


async def founded(settings: Settings, resources: int) -> None:
    house = await open_house(settings)
    try:
        await house.ledger.work([STREAM], lambda unit: furnish(unit, resources))
    finally:
        await house.close()


def one_size(folder: Path, given: argparse.Namespace, size: int) -> Took:
    """The day that is asked for, with `size` bookings in the log."""
    settings = Settings(folder)
    assert command(["init", "--data", str(folder)]) == 0
    asyncio.run(founded(settings, given.resources))
    now = datetime.now(UTC)
    day = (now + _AHEAD).date()
    of_day = slots_of(day, given.resources, min(given.bookings, size))
    began = time.perf_counter()
    past = history(day, given.resources, size - len(of_day))
    write(str(folder / "foyer.sqlite"), chain(of_day, past), now)
    seeded_s = time.perf_counter() - began
    took = asyncio.run(asked(settings, [day], given.asked))[day]
    told(f"{size:>9,} bookings in the log ({seeded_s:.0f} s to seed)", took)
    return took


def growing_day(folder: Path, given: argparse.Namespace) -> None:
    """The same house, the day fuller each time."""
    settings = Settings(folder)
    assert command(["init", "--data", str(folder)]) == 0
    asyncio.run(founded(settings, given.resources))
    now = datetime.now(UTC)
    days = {}
    for n, share in enumerate((0, 0.5, 1, 2, 3)):
        count = int(given.bookings * share)
        day = (now + timedelta(days=2 * n + 2)).date()
        days[day] = count
        write(str(folder / "foyer.sqlite"), iter(slots_of(day, given.resources, count)), now)
    for day, took in asyncio.run(asked(settings, days, given.asked)).items():
        told(f"{days[day]:>9,} bookings on the day", took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resources", type=int, default=200)
    parser.add_argument("--bookings", type=int, default=600, help="on the day that is asked for")
    parser.add_argument("--asked", type=int, default=200)
    parser.add_argument("--million", action="store_true", help="also with 1,000,000 (minutes)")
    given = parser.parse_args()
    sizes = (*SIZES, *((1_000_000,) if given.million else ()))
    curve = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="foyer-availability-") as folder:
            curve[size] = one_size(Path(folder) / "house", given, size)
    with tempfile.TemporaryDirectory(prefix="foyer-availability-") as folder:
        growing_day(Path(folder) / "house", given)
    p95 = curve[LIMIT_AT].p95_ms
    print(
        f"at {LIMIT_AT:,}: p95 {p95:.1f} of at most {LIMIT_MS:.0f} ms, ratio {p95 / LIMIT_MS:.2f}"
    )
    grown = curve[sizes[-1]].cpu_ms / curve[sizes[0]].cpu_ms
    print(f"from {sizes[0]:,} to {sizes[-1]:,} bookings: {grown:.2f} x the CPU time")


if __name__ == "__main__":
    main()
