"""Addresses of pages that a mail can carry: as strong as the pass, and gone with it."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sync_server.keys import HouseKeys

_PROOF_BYTES: Final = 16
_PASS: Final = "pass-link"
_PAYMENT: Final = "payment-link"


def pass_token(keys: HouseKeys, pass_id: str) -> str:
    """What stands in the address of a pass's own page: its id with 128 bits of proof.

    It is made anew whenever it is needed and stored nowhere.
    """
    return _token(keys, _PASS, bytes.fromhex(pass_id))


def pass_of_token(keys: HouseKeys, token: str) -> str | None:
    """The pass whose page this is, or None; whether it still stands is for the caller to see."""
    found = _proven(keys, _PASS, token)
    return found.hex() if found and len(found) == 8 else None


def payment_token(keys: HouseKeys, payment_id: str) -> str:
    """The same for the page of a payment."""
    return _token(keys, _PAYMENT, UUID(payment_id).bytes)


def payment_of_token(keys: HouseKeys, token: str) -> str | None:
    """The payment whose page this is, or None."""
    found = _proven(keys, _PAYMENT, token)
    return str(UUID(bytes=found)) if found and len(found) == 16 else None


def _token(keys: HouseKeys, purpose: str, id_: bytes) -> str:
    whole = id_ + _proof(keys, purpose, id_)
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")


def _proven(keys: HouseKeys, purpose: str, token: str) -> bytes | None:
    """The id in a token of ours, written as we write it."""
    try:
        padded = token.encode() + b"=" * (-len(token) % 4)
        whole = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    id_, proof = whole[:-_PROOF_BYTES], whole[-_PROOF_BYTES:]
    good = hmac.compare_digest(proof, _proof(keys, purpose, id_))
    return id_ if good and _token(keys, purpose, id_) == token else None


def _proof(keys: HouseKeys, purpose: str, id_: bytes) -> bytes:
    return bytes.fromhex(keys.mac(purpose, id_.hex()))[:_PROOF_BYTES]


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

    def payment(self, token: str) -> str:
        """What is to be paid, and what came of it."""
        return f"{self.base}/pay/{token}"

    def series(self, series_id: str) -> str:
        """A member's series; for whoever is signed in as them."""
        return f"{self.base}/me/series/{series_id}"

    def sign_in(self, token: str) -> str:
        """The page with the button that signs in."""
        return f"{self.base}/sign-in/{token}"

    def paid(self, token: str) -> str:
        """The same, coming back from the provider's page."""
        return f"{self.payment(token)}?back=1"
