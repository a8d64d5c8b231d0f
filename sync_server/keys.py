"""The secrets of the house: its signing key, its sealing key, and one for tokens."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import nacl.public

from domain.codes import short_code_from
from domain.door import certificate_bytes
from domain.sync import CertificateWire
from ledger.seal import SigningKey, seal_to

HOUSE_KEY_NUMBER: Final = 0


@dataclass(frozen=True, slots=True, repr=False)
class HouseKeys:
    """`signing` is house key number 0; `secret` keys the tokens that all workers share."""

    signing: SigningKey
    sealing: nacl.public.PrivateKey
    secret: bytes

    @property
    def sealing_public_hex(self) -> str:
        return bytes(self.sealing.public_key).hex()

    def mac(self, purpose: str, text: str) -> str:
        """An HMAC-SHA256 under a key of its own per purpose, hex."""
        key = hmac.digest(self.secret, purpose.encode(), hashlib.sha256)
        return hmac.digest(key, text.encode(), hashlib.sha256).hex()

    def seal(self, data: bytes) -> bytes:
        """`data` for later: only the holder of the sealing key reads it again."""
        return seal_to(bytes(self.sealing.public_key), data)

    def directory_key(self, kiosk_id: str) -> str:
        """The key a kiosk keeps its names under: the same for as long as it is enrolled."""
        return self.mac("directory", kiosk_id)

    def short_code(self, pass_id: str) -> str:
        """The short code of a pass: nothing of its id shows in it, and none is ever stored.

        So a mail that has to be sent again shows the same code.
        """
        return short_code_from(bytes.fromhex(self.mac("short-code", pass_id)))

    def certify(
        self, key: tuple[int, str], locks: tuple[str, ...], now: datetime, until: datetime
    ) -> CertificateWire:
        """The house's word that a key (number, public hex) may command `locks` until then."""
        number, public_hex = key
        message = certificate_bytes(number, bytes.fromhex(public_hex), locks, now, until)
        signature = self.signing.sign(message).hex()
        return CertificateWire(number, public_hex, locks, now, until, signature)
