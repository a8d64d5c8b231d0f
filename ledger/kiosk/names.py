"""The directory on a kiosk: display names, sealed on disk, their key never there."""

from collections.abc import Iterable

import nacl.exceptions
import nacl.secret

from domain.sync import NameDown
from ledger.kiosk.unit import KioskUnit


class NameSeal:
    """Opens and closes names with the directory key the server gave in hello."""

    def __init__(self, key_hex: str) -> None:
        self._box = nacl.secret.SecretBox(bytes.fromhex(key_hex))

    def close(self, name: str) -> bytes:
        return bytes(self._box.encrypt(name.encode()))

    def open(self, sealed: bytes) -> str | None:
        """The name, or None if it was sealed with another key."""
        try:
            return self._box.decrypt(sealed).decode()
        except nacl.exceptions.CryptoError:
            return None


def put_names(unit: KioskUnit, names: Iterable[NameDown], seal: NameSeal) -> None:
    """Take over the whole directory; whoever is not in it any more is forgotten."""
    unit.db.execute("DELETE FROM name")
    rows = [(each.person_id, seal.close(each.name)) for each in names]
    unit.db.executemany("INSERT INTO name VALUES (?, ?)", rows)


def name_of(unit: KioskUnit, person_id: str | None, seal: NameSeal | None) -> str | None:
    """The display name, or None without a key, a person or an entry."""
    if person_id is None or seal is None:
        return None
    row = unit.db.execute("SELECT sealed FROM name WHERE person = ?", (person_id,)).fetchone()
    return seal.open(row[0]) if row else None
