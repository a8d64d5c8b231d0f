"""Where the keys of a house lie in its data directory, and how they are made."""

from typing import Final

from ledger.data_dir import DataDir
from ledger.seal import SigningKey
from sync_server.keys import HouseKeys, load_sealing_key, load_secret

_HOUSE: Final = "house-0.seed"
_SEALING: Final = "sealing.seed"
_TOKENS: Final = "tokens.secret"


class NotSetUp(Exception):  # noqa: N818 - run `foyer-server init` first
    """There is no house in this directory yet."""


def make_keys(data: DataDir) -> HouseKeys:
    """The keys of this house, made where there are none yet."""
    for name in (_HOUSE, _SEALING, _TOKENS):
        load_secret(data.keys / name, make=True)
    return load_keys(data)


def load_keys(data: DataDir) -> HouseKeys:
    """The keys of this house. Raises NotSetUp."""
    if not (data.keys / _TOKENS).exists():
        raise NotSetUp(f"There is no house in {data.root} yet: foyer-server init --data DIR")
    return HouseKeys(
        signing=SigningKey(load_secret(data.keys / _HOUSE)),
        sealing=load_sealing_key(data.keys / _SEALING),
        secret=load_secret(data.keys / _TOKENS),
    )
