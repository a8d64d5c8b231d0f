"""The secrets of the house: its signing key, its sealing key, and one for tokens."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
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


def load_sealing_key(path: Path) -> nacl.public.PrivateKey:
    """The X25519 key in `path`. Raises OSError if it is not there."""
    return nacl.public.PrivateKey(load_secret(path))


def load_secret(path: Path, *, make: bool = False) -> bytes:
    """32 secret bytes kept in `path` with mode 0600. Raises OSError if they are not there."""
    if make and not path.exists():
        write_secret(path, secrets.token_bytes(32).hex())
    return bytes.fromhex(path.read_text().strip())


def write_secret(path: Path, text: str) -> None:
    """Write `text` to a new file that only its owner can read, and have it on the disk."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(fd, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
