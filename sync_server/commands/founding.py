"""init, verify-log and seed-demo."""

import argparse
import asyncio
import json
from pathlib import Path
from uuid import uuid4

from domain.subjects import HOUSE
from ledger.data_dir import DataDir
from ledger.migrate import migrate
from ledger.seal import SigningKey
from sync_server.admin.asking import Asked, ask
from sync_server.commands.outcome import DONE, fail, out, show
from sync_server.demo.act import SeedDemo
from sync_server.demo.sites import LOCKS
from sync_server.house import open_house
from sync_server.key_store import load_keys, make_keys
from sync_server.keys import write_secret
from sync_server.settings import BadSettings, Settings
from sync_server.use_cases.found_house import found_house


def init(settings: Settings, _: argparse.Namespace) -> int:
    """Make what is missing; a house that stands already is left as it is."""
    data = DataDir(settings.data)
    data.make()
    with data.owned():
        keys = make_keys(data)
        migrate(settings.ledger_url)
        new = asyncio.run(_found(settings))
    out(f"The house {'stands' if new else 'stood already'}: key {keys.signing.public_hex[:16]}")
    return DONE


async def _found(settings: Settings) -> bool:
    house = await open_house(settings)
    try:
        return await house.ledger.work([HOUSE], lambda unit: found_house(unit, house.keys, uuid4()))
    finally:
        await house.close()


def verify_log(settings: Settings, _: argparse.Namespace) -> int:
    """Reads only, so it works beside a running server too."""

    async def verify() -> str | None:
        house = await open_house(settings)
        try:
            bad = await house.ledger.verify()
        finally:
            await house.close()
        return f"Row {bad.seq} of {bad.stream} {bad.why}." if bad else None

    bad = asyncio.run(verify())
    if bad:
        return fail(bad)
    out("Every event is as it was written.")
    return DONE


def seed_demo(settings: Settings, flags: argparse.Namespace) -> int:
    """Print the ids of the demo as JSON."""
    keys = _given_keys(flags.lock_keys) if flags.lock_keys else _own_keys(settings)
    wanted = SeedDemo(flags.seed, flags.members, flags.bookings, keys)
    answer = ask(settings, Asked("seed-demo", wanted))
    return show(answer, lambda done: json.dumps(done, indent=2))


def _given_keys(file: Path) -> dict[str, str]:
    try:
        found = json.loads(file.read_text())
        keys = {lock: bytes.fromhex(found[lock]).hex() for lock in LOCKS}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadSettings(f"{file} has no public key in hex for each of {LOCKS}.") from error
    return keys


def _own_keys(settings: Settings) -> dict[str, str]:
    """Keys for the demo's locks, kept with their seeds in DIR/keys/locks.json."""
    data = DataDir(settings.data)
    load_keys(data)
    file = data.keys / "locks.json"
    if not file.exists():
        fresh = {lock: SigningKey.fresh() for lock in LOCKS}
        kept = {
            lock: {"seed": key.seed_hex, "public": key.public_hex} for lock, key in fresh.items()
        }
        write_secret(file, json.dumps(kept, indent=2))
    return {lock: each["public"] for lock, each in json.loads(file.read_text()).items()}
