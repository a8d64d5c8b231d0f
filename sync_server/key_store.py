"""Where the keys of a house lie in its data directory, and how they are made."""

from pathlib import Path
from typing import Final

import nacl.public

from ledger.data_dir import DataDir
from ledger.errors import BrokenKeyFile
from ledger.seal import SigningKey
from ledger.secret_file import make_key, read_key
from sync_server.keys import HouseKeys

_HOUSE: Final = "house-0.seed"
_SEALING: Final = "sealing.seed"
_TOKENS: Final = "tokens.secret"


class NotSetUp(Exception):  # noqa: N818 - run `foyer-server init` first
    """There is no house in this directory yet."""


def make_keys(data: DataDir) -> HouseKeys:
    """The keys of this house, made where there are none yet.

    A house that stood already gets no other key: nothing it ever signed would hold any more.
    """
    if not (data.keys / _TOKENS).exists():
        for name in (_HOUSE, _SEALING, _TOKENS):
            make_key(data.keys / name)
    return load_keys(data)


def load_keys(data: DataDir) -> HouseKeys:
    """The keys of this house. Raises NotSetUp, OpenToOthers and BrokenKeyFile."""
    if not (data.keys / _TOKENS).exists():
        raise NotSetUp(f"There is no house in {data.root} yet: foyer-server init --data DIR")
    return HouseKeys(
        signing=SigningKey(_read(data.keys / _HOUSE)),
        sealing=nacl.public.PrivateKey(_read(data.keys / _SEALING)),
        secret=_read(data.keys / _TOKENS),
    )


def _read(file: Path) -> bytes:
    try:
        return read_key(file)
    except FileNotFoundError as error:
        raise BrokenKeyFile(f"{file} is gone. Bring it back from the backup.") from error
