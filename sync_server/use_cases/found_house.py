"""Founding a house: the keys it is known by become its first facts."""

from uuid import UUID

from domain.subjects import HOUSE
from domain.trust import KeyTrusted, TrustedKey
from ledger.unit import Unit
from sync_server.keys import HOUSE_KEY_NUMBER, HouseKeys

EPOCH = "server_epoch"


def found_house(unit: Unit, keys: HouseKeys, epoch: UUID) -> bool:
    """Record the house key and the epoch once; False if this house stands already."""
    if unit.meta(EPOCH) is not None:
        return False
    key = TrustedKey(HOUSE_KEY_NUMBER, keys.signing.public_hex, keys.sealing_public_hex)
    unit.append(HOUSE, "trust", str(HOUSE_KEY_NUMBER), KeyTrusted(key), actor="operator")
    unit.set_meta(EPOCH, str(epoch))
    return True
