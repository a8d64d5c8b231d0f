"""The public page for readers: how soon its first byte comes, and how much is transferred.

python -m benchmarks.first_view [--readers 50] [--every 2.0] [--seconds 30] [--members 40]

A real server with the demo house on SQLite. Each reader opens the page every `--every` seconds
on a connection of its own, at times set beforehand, whether the last answer has come or not (an
open loop): a slow answer is counted from when it was asked for. A real Chromium then opens the
page once with an empty cache. Prints ratios to the limits; exit code 1 if one is exceeded.
"""

import argparse
import asyncio
import math
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import CDPSession, sync_playwright

from benchmarks.check_in_http_servers import ours
from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import SeedDemo
from sync_server.commands.seeding import own_lock_keys
from sync_server.main import main as foyer_server
from sync_server.settings import Settings

FIRST_BYTE_P95_MS: Final = 50.0
TRANSFERRED_KB: Final = 150.0
CHROMIUM: Final = "/usr/bin/chromium"
_ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu", "--disable-quic")


@dataclass(frozen=True, slots=True)
class PublicHouse:
    """Where the public page of the demo house is served."""

    port: int
    path: str
    host: str = "127.0.0.1"

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}{self.path}"


@contextmanager
def public_house(folder: Path, members: int) -> Iterator[PublicHouse]:
    """The demo house in `folder`, served as it is installed."""
    settings = Settings(folder / "house")
    if foyer_server(["init", "--data", str(settings.data)]):
        raise RuntimeError("the house could not be founded")
    ids = ask(settings, Asked("seed-demo", SeedDemo(1, members, 30, own_lock_keys(settings))))
    if not isinstance(ids, dict):
        raise RuntimeError(f"the demo could not be seeded: {ids}")
    with ours(settings) as server:
        yield PublicHouse(server.port, f"/s/{ids['site']}")


@dataclass(frozen=True, slots=True)
class Reading:
    """First bytes in milliseconds after they were due, and what the readers cost."""

    first_byte_ms: tuple[float, ...]
    failed: int
    own_cpu: float
    """Of one core, used by the readers themselves."""

    def percentile(self, share: float) -> float:
        """The nearest-rank percentile in milliseconds."""
        found = sorted(self.first_byte_ms)
        return found[max(0, math.ceil(share * len(found)) - 1)]


async def open_once(host: str, port: int, path: str, due: float) -> float | None:
    """Milliseconds from `due` to the first byte of a 200, or None for anything else."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        request = (
            f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: text/html\r\n"
            "Accept-Encoding: gzip, br\r\nConnection: close\r\n\r\n"
        )
        writer.write(request.encode())
        first = await reader.read(1)
        took_ms = (time.perf_counter() - due) * 1000
        rest = await reader.read()
        while chunk := await reader.read():
            rest += chunk
        return took_ms if (first + rest).startswith(b"HTTP/1.1 200") else None
    finally:
        writer.close()


async def read_along(house: PublicHouse, readers: int, every_s: float, for_s: float) -> Reading:
    """All readers, each at its own offset, for `for_s` seconds."""
    began, cpu = time.perf_counter() + 0.2, time.process_time()
    offsets = random.Random(1)
    due = sorted(
        began + offset + n * every_s
        for offset in (offsets.uniform(0, every_s) for _ in range(readers))
        for n in range(max(1, int(for_s / every_s)))
    )
    tasks = []
    for each in due:
        await asyncio.sleep(max(0.0, each - time.perf_counter()))
        tasks.append(asyncio.create_task(open_once(house.host, house.port, house.path, each)))
    found = await asyncio.gather(*tasks, return_exceptions=True)
    share = (time.process_time() - cpu) / (time.perf_counter() - began)
    good = tuple(each for each in found if isinstance(each, float))
    return Reading(good, len(found) - len(good), share)


def transferred(url: str) -> dict[str, float]:
    """Kilobytes by address that Chromium fetched for the page, photographs left out."""
    sizes: dict[str, float] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        page = browser.new_page(viewport={"width": 360, "height": 800})
        _count(page.context.new_cdp_session(page), sizes)
        page.goto(url, wait_until="networkidle")
        browser.close()
    return sizes


def _count(session: CDPSession, sizes: dict[str, float]) -> None:
    wanted: dict[str, str] = {}

    def answered(event: dict[str, object]) -> None:
        response = event["response"]
        assert isinstance(response, dict)
        if not str(response["mimeType"]).startswith("image/jpeg"):
            wanted[str(event["requestId"])] = str(response["url"])

    def finished(event: dict[str, object]) -> None:
        if url := wanted.get(str(event["requestId"])):
            sizes[url] = float(str(event["encodedDataLength"])) / 1000

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--every", type=float, default=2.0, help="seconds between two views")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--members", type=int, default=40, help="of the demo house")
    flags = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="foyer-benchmark-") as folder,
        public_house(Path(folder), flags.members) as house,
    ):
        asyncio.run(read_along(house, flags.readers, flags.every, 4.0))  # warm
        reading = asyncio.run(read_along(house, flags.readers, flags.every, flags.seconds))
        sizes = transferred(house.url)
    return _tell(reading, sizes)


def _tell(reading: Reading, sizes: dict[str, float]) -> int:
    p50, p95 = reading.percentile(0.50), reading.percentile(0.95)
    total = sum(sizes.values())
    print(f"views {len(reading.first_byte_ms)}, failed {reading.failed}")
    print(f"first byte p50 {p50:.1f} ms, p95 {p95:.1f} ms: {p95 / FIRST_BYTE_P95_MS:.2f} of limit")
    print(f"the readers themselves used {reading.own_cpu:.0%} of one core")
    for url, size in sorted(sizes.items(), key=lambda each: -each[1]):
        print(f"{size:8.1f} kB  {url}")
    print(f"first view {total:.1f} kB: {total / TRANSFERRED_KB:.2f} of limit")
    held = p95 <= FIRST_BYTE_P95_MS and total <= TRANSFERRED_KB and not reading.failed
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
