"""The secrets of the demo's two locks, as they are given to real ones when they are mounted."""

import json
import secrets
from pathlib import Path

from installers.demo.doors import LockSecrets
from ledger.data_dir import DataDir
from sync_server.key_store import load_keys


def lock_secrets(server_data: Path) -> tuple[list[LockSecrets], str]:
    """Each lock with its key and a fresh account at the broker, and the house's public key."""
    data = DataDir(server_data)
    kept = json.loads((data.keys / "locks.json").read_text(encoding="utf-8"))
    locks = [LockSecrets(name, key["seed"], secrets.token_hex(16)) for name, key in kept.items()]
    return locks, load_keys(data).signing.public_hex
