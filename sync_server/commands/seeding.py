"""seed-demo: fill an empty house with the demo."""

import argparse
import json
from pathlib import Path
from typing import Final

from ledger.data_dir import DataDir
from ledger.errors import BrokenKeyFile
from ledger.seal import SigningKey
from ledger.secret_file import read_secret, write_secret
from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import SeedDemo
from sync_server.commands.outcome import show
from sync_server.key_store import load_keys
from sync_server.settings import BadSettings, Settings

LOCKS: Final = ("front", "courtyard")


def seed_demo(settings: Settings, flags: argparse.Namespace) -> int:
    """Print the ids of the demo as JSON."""
    keys = _given_keys(flags.lock_keys) if flags.lock_keys else own_lock_keys(settings)
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


def own_lock_keys(settings: Settings) -> dict[str, str]:
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
    try:
        return {lock: each["public"] for lock, each in json.loads(read_secret(file)).items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenKeyFile(f"{file} holds no keys any more. Move it away.") from error
