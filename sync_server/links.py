"""Addresses of pages that a mail can carry: as strong as the pass, and gone with it."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from typing import Final

from sync_server.keys import HouseKeys

_PASS_BYTES: Final = 8
_PROOF_BYTES: Final = 16
_PURPOSE: Final = "pass-link"


def pass_token(keys: HouseKeys, pass_id: str) -> str:
    """What stands in the address of a pass's own page: its id with 128 bits of proof.

    It is made anew whenever it is needed and stored nowhere.
    """
    whole = bytes.fromhex(pass_id) + _proof(keys, pass_id)
    return base64.urlsafe_b64encode(whole).decode()


def pass_of_token(keys: HouseKeys, token: str) -> str | None:
    """The pass whose page this is, or None; whether it still stands is for the caller to see."""
    try:
        whole = base64.b64decode(token.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    pass_id, proof = whole[:_PASS_BYTES].hex(), whole[_PASS_BYTES:]
    good = hmac.compare_digest(proof, _proof(keys, pass_id))
    return pass_id if good and len(whole) == _PASS_BYTES + _PROOF_BYTES else None


def _proof(keys: HouseKeys, pass_id: str) -> bytes:
    return bytes.fromhex(keys.mac(_PURPOSE, pass_id))[:_PROOF_BYTES]


@dataclass(frozen=True, slots=True)
class Links:
    """Whole addresses under the one the house is known by (no slash at its end)."""

    base: str

    def booking(self, token: str) -> str:
        """The page of a pass and what it is for."""
        return f"{self.base}/b/{token}"

    def door(self, token: str) -> str:
        """ "I'm at the door"."""
        return f"{self.base}/b/{token}/door"

    def cancel(self, token: str) -> str:
        """ "I need it no longer"."""
        return f"{self.base}/b/{token}/cancel"

    def keep(self, token: str) -> str:
        """ "I still need it"."""
        return f"{self.base}/b/{token}/keep"
