"""The scan path of a full house: code in the picture to decision stored, and its limits.

python -m benchmarks.scan_path [--members 10000] [--bookings 5000] [--scans 500]
"""

import argparse
import asyncio
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.booking import Booking
from domain.membership import Membership
from domain.passes import GrantKind
from domain.person import Person
from kiosk.devices.code_reader import read_still
from kiosk.services.scan import Moment, Place, present, scan
from ledger.kiosk import KioskUnit
from ledger.seal import SigningKey, verify
from paper.qr import qr_png
from tests.kiosk.services.lobby_stand import Stand
from tests.world import World, ziegelhof


def full_house(members: int, bookings: int, seed: int) -> tuple[World, list[str]]:
    """A world of that size and the printed codes of its passes."""
    chance = random.Random(seed)
    world = ziegelhof()
    plan = next(subject for kind, subject in world.states if kind == "plan")
    membership = next(state for (kind, _), state in world.states.items() if kind == "membership")
    people, texts = [], []
    for _ in range(members):
        person = world.put("person", world.id(), Person())
        held = Membership(person, plan, membership.first_day)
        world.put("membership", world.id(), held)
        people.append(person)
    for _ in range(bookings):
        starts = world.now + timedelta(minutes=chance.randint(-40, 10))
        person = chance.choice(people)
        booking = Booking(world.resource_id, person, starts, starts + timedelta(hours=1))
        booking_id = world.put("booking", world.id(), booking)
        texts.append(world.issue(GrantKind.BOOKING, booking_id, person)[1])
    texts += [
        world.issue(GrantKind.MEMBERSHIP, person, person, site_number=0)[1]
        for person in people[:: max(1, members // 2000)]
    ]
    chance.shuffle(texts)
    return world, texts


def picture_of(text: str) -> NDArray[np.uint8]:
    """A 1280x720 frame with the code as a phone shows it: tilted a little, with noise."""
    import cv2

    code = cv2.imdecode(np.frombuffer(qr_png(text), np.uint8), cv2.IMREAD_COLOR)
    code = cv2.resize(code, (320, 320), interpolation=cv2.INTER_AREA)
    frame = np.full((720, 1280, 3), 96, np.uint8)
    frame[200:520, 480:800] = code
    turn = cv2.getRotationMatrix2D((640, 360), 8, 1.0)
    turned = cv2.warpAffine(frame, turn, (1280, 720), borderValue=(96, 96, 96))
    noise = np.random.default_rng(1).integers(0, 24, turned.shape, np.uint8)
    return np.asarray(cv2.add(turned, noise), np.uint8)


def timed(run: Callable[[], object]) -> float:
    """Milliseconds `run` takes."""
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


def spread(name: str, took_ms: list[float]) -> dict[str, float]:
    """Print p50, p95 and p99 of a list; returns them."""
    values = {f"p{q}": float(np.percentile(took_ms, q)) for q in (50, 95, 99)}
    print(f"{name:<46}" + "  ".join(f"{key} {ms:8.3f} ms" for key, ms in values.items()))
    return values


def bare_commits(folder: Path, count: int) -> list[float]:
    """One durable commit each, with nothing else."""
    db = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE t (v TEXT)")
    return [timed(lambda: db.execute("INSERT INTO t VALUES ('x')")) for _ in range(count)]


def bare_checks(count: int) -> list[float]:
    """One Ed25519 verification each."""
    key = SigningKey(bytes(32))
    message = bytes(54)
    signature = key.sign(message)
    return [timed(lambda: verify(key.public, message, signature)) for _ in range(count)]


def decisions(stand: Stand, texts: list[str]) -> list[float]:
    """Reading the code, gathering facts, deciding and recording, without the commit."""
    place = Place(stand.world.site_id, stand.world.front)
    moment = Moment(stand.world.now, None, offline=True)

    def decide(unit: KioskUnit) -> list[float]:
        def one(text: str) -> None:
            scan(unit, place, present(unit, text), moment, people=None, seal=stand.seal)

        return [timed(partial(one, text)) for text in texts]

    return stand.ledger.work_now(decide)


async def scans(stand: Stand, texts: list[str], *, read: bool) -> list[float]:
    """Each code once; with `read` from its picture, else from its text."""
    took = []
    for text in texts:
        picture = picture_of(text) if read else None
        started = time.perf_counter()
        found = read_still(picture)[0].text if picture is not None else text
        await stand.desk.code(found)
        took.append((time.perf_counter() - started) * 1000)
    await stand.desk.settle()
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--bookings", type=int, default=5_000)
    parser.add_argument("--scans", type=int, default=500)
    given = parser.parse_args()
    world, texts = full_house(given.members, given.bookings, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        stand = Stand(Path(folder) / "kiosk.sqlite", replace(world))
        half = given.scans
        commit = spread("bare durable SQLite commit", bare_commits(Path(folder), half))
        check = spread("bare signature check", bare_checks(half))
        by_text = asyncio.run(scans(stand, texts[:half], read=False))
        decided = spread("decision alone", decisions(stand, texts[2 * half : 3 * half]))
        spread("text to decision stored", by_text)
        whole = spread(
            "code in the picture to decision stored",
            asyncio.run(scans(stand, texts[half : 2 * half], read=True)),
        )
        print(f"decision alone, p50: {decided['p50'] / check['p50']:.1f} x a signature check")
        print(f"picture to decision, p50: {whole['p50'] / commit['p50']:.1f} x a durable commit")
        print(f"picture to decision, p95: {whole['p95']:.1f} of at most 60 ms")
        print(f"decision alone, p99: {decided['p99']:.2f} of at most 5 ms")
        stand.ledger.close()


if __name__ == "__main__":
    main()
