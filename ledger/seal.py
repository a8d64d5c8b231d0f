"""Keys, signatures, sealed boxes and slow hashes, all from libsodium through PyNaCl."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import nacl.exceptions
import nacl.public
import nacl.pwhash
import nacl.signing

from domain.codes import VerifyWith, short_code_from
from ledger.secret_file import make_key, read_key

_SHORT_CODE_MEMORY: Final = 1024 * 1024
_HASH_BYTES: Final = 16


class SigningKey:
    """An Ed25519 key (RFC 8032). Its seed is secret: never in a log, a state or an event."""

    def __init__(self, seed: bytes) -> None:
        self._key = nacl.signing.SigningKey(seed)
        self._seed = seed

    @classmethod
    def fresh(cls) -> "SigningKey":
        return cls(secrets.token_bytes(32))

    @classmethod
    def load_or_make(cls, path: Path) -> "SigningKey":
        """The key in `path`, made there if there is none. Raises like `read_key`."""
        make_key(path)
        return cls(read_key(path))

    @property
    def public(self) -> bytes:
        return bytes(self._key.verify_key)

    @property
    def public_hex(self) -> str:
        return self.public.hex()

    @property
    def seed_hex(self) -> str:
        """For handing the key to a process of ours; the caller keeps it secret."""
        return self._seed.hex()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message).signature


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is `public_key`'s over `message`; False for anything malformed."""
    try:
        nacl.signing.VerifyKey(public_key).verify(message, signature)
    except (nacl.exceptions.CryptoError, ValueError, TypeError):
        return False
    return True


def verifier(keys: Mapping[int, str]) -> VerifyWith:
    """A verify function for pass codes over public keys (hex) by their number."""
    known = {number: nacl.signing.VerifyKey(bytes.fromhex(key)) for number, key in keys.items()}

    def check(number: int, message: bytes, signature: bytes) -> bool:
        key = known.get(number)
        if key is None:
            return False
        try:
            key.verify(message, signature)
        except (nacl.exceptions.CryptoError, ValueError):
            return False
        return True

    return check


def seal_to(public_key: bytes, data: bytes) -> bytes:
    """`data` readable only with the private half of an X25519 key."""
    return nacl.public.SealedBox(nacl.public.PublicKey(public_key)).encrypt(data)


def fresh_short_code() -> str:
    """Ten letters, 50 random bits, independent of any pass id."""
    return short_code_from(secrets.token_bytes(7))


def short_code_hash(code: str, salt_hex: str) -> str:
    """argon2id (1 MiB, t=1) of a short code under a site's salt, hex; 0.3 ms a try."""
    digest = nacl.pwhash.argon2id.kdf(
        _HASH_BYTES,
        code.encode(),
        bytes.fromhex(salt_hex),
        opslimit=1,
        memlimit=_SHORT_CODE_MEMORY,
    )
    return digest.hex()


def fresh_salt() -> str:
    """A salt for `short_code_hash`, hex."""
    return secrets.token_bytes(nacl.pwhash.argon2id.SALTBYTES).hex()
