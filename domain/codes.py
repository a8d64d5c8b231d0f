"""The printed pass: a fixed binary layout, signed, in letters every keyboard agrees on.

Layout of version 1, big-endian, 40 bytes: version u8, key number u16, site number u16 (0: any
site), issued at u32 (unix seconds), pass id 8 bytes, grant kind u8 (bit 7: one entry only),
grant reference 8 bytes, resource number u16, zone mask u16, party u8, from u32, until u32,
wishes u8. A 64-byte Ed25519 signature over a prefix and the body follows. Printed as `F1` and
base32hex (RFC 4648, section 7) without padding: 169 characters, QR version 7 at level M.
docs/pass-layout.md describes it with an example.
"""

import base64
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from domain.passes import Entry, GrantKind

Sign = Callable[[bytes], bytes]
VerifyWith = Callable[[int, bytes, bytes], bool]
"""(key number, message, signature) -> is it good; False for a key that is not known."""

PREFIX: Final = "F1"
SIGNED_PREFIX: Final = b"foyer-pass-v1\x00"
VERSION: Final = 1
ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUV"
SHORT_LENGTH: Final = 10

_BODY: Final = struct.Struct(">BHHI8sB8sHHBIIB")
_SIGNATURE_BYTES: Final = 64
_PACKED_BYTES: Final = _BODY.size + _SIGNATURE_BYTES
_TEXT_LENGTH: Final = -(-_PACKED_BYTES * 8 // 5)
PRINTED_LENGTH: Final = len(PREFIX) + _TEXT_LENGTH
_ONCE: Final = 0x80
_KINDS: Final = tuple(GrantKind)


@dataclass(frozen=True, slots=True)
class PassCode:
    """What a pass says of itself. `pass_id` and `grant_ref` are 16 hex digits each."""

    key_number: int
    site_number: int
    issued_at: datetime
    pass_id: str
    grant_kind: GrantKind
    grant_ref: str
    valid_from: datetime
    valid_until: datetime
    zones: int
    resource_number: int = 0
    entry: Entry = Entry.UNLIMITED
    party: int = 1
    wishes: int = 0


class CodeProblem(StrEnum):
    """Why a text is not a pass of this house; each is a reason of the admission rule."""

    UNKNOWN = "unknown_code"
    VERSION = "unknown_version"
    SIGNATURE = "bad_signature"


def grant_ref(grant_id: str) -> str:
    """The last eight bytes of a UUID as 16 hex digits: enough to find a grant again."""
    return grant_id.replace("-", "")[-16:]


def print_code(code: PassCode, sign: Sign) -> str:
    """The text of the QR. Raises struct.error or ValueError for values out of range."""
    body = _pack(code)
    packed = body + sign(SIGNED_PREFIX + body)
    return PREFIX + base64.b32hexencode(packed).decode().rstrip("=")


def read_code(text: str, verify: VerifyWith) -> PassCode | CodeProblem:
    """The pass in `text`, or what is wrong with it. Never raises, whatever the text."""
    packed = _unprint(text)
    if isinstance(packed, CodeProblem):
        return packed
    body, signature = packed[: _BODY.size], packed[_BODY.size :]
    (key_number,) = struct.unpack_from(">H", body, 1)
    if not verify(key_number, SIGNED_PREFIX + body, signature):
        return CodeProblem.SIGNATURE
    return _unpack(body)


def normal_short_code(text: str) -> str | None:
    """A typed short code as it was issued, or None; case, blanks and hyphens are forgiven."""
    code = "".join(text.split()).replace("-", "").upper()
    fits = len(code) == SHORT_LENGTH and all(letter in ALPHABET for letter in code)
    return code if fits else None


def short_code_from(random_bytes: bytes) -> str:
    """Ten letters from 7 random bytes: their first 50 bits."""
    number = int.from_bytes(random_bytes[:7], "big") >> 6
    return "".join(ALPHABET[number >> 5 * n & 31] for n in reversed(range(SHORT_LENGTH)))


def _unprint(text: str) -> bytes | CodeProblem:
    if len(text) < len(PREFIX) or not text.isascii():
        return CodeProblem.UNKNOWN
    head, rest = text[: len(PREFIX)], text[len(PREFIX) :]
    if head != PREFIX:
        other = head[0] == "F" and head[1].isdigit() and all(c in ALPHABET for c in rest) and rest
        return CodeProblem.VERSION if other else CodeProblem.UNKNOWN
    if len(rest) != _TEXT_LENGTH or any(letter not in ALPHABET for letter in rest):
        return CodeProblem.UNKNOWN
    packed = base64.b32hexdecode(rest + "=" * (-len(rest) % 8))
    if base64.b32hexencode(packed).decode().rstrip("=") != rest:
        return CodeProblem.UNKNOWN
    return packed if packed[0] == VERSION else CodeProblem.VERSION


def _pack(code: PassCode) -> bytes:
    kind = _KINDS.index(code.grant_kind) | (_ONCE if code.entry is Entry.ONCE else 0)
    return _BODY.pack(
        VERSION,
        code.key_number,
        code.site_number,
        int(code.issued_at.timestamp()),
        _eight_bytes(code.pass_id),
        kind,
        _eight_bytes(code.grant_ref),
        code.resource_number,
        code.zones,
        code.party,
        int(code.valid_from.timestamp()),
        int(code.valid_until.timestamp()),
        code.wishes,
    )


def _eight_bytes(digits: str) -> bytes:
    raw = bytes.fromhex(digits)
    if len(raw) != 8:
        raise ValueError(f"not 16 hex digits: {digits}")
    return raw


def _unpack(body: bytes) -> PassCode | CodeProblem:
    (_, key, site, issued, id_, kind, ref, resource, zones, party, start, end, wishes) = (
        _BODY.unpack(body)
    )
    if kind & ~_ONCE >= len(_KINDS):
        return CodeProblem.VERSION
    return PassCode(
        key_number=key,
        site_number=site,
        issued_at=datetime.fromtimestamp(issued, UTC),
        pass_id=id_.hex(),
        grant_kind=_KINDS[kind & ~_ONCE],
        grant_ref=ref.hex(),
        valid_from=datetime.fromtimestamp(start, UTC),
        valid_until=datetime.fromtimestamp(end, UTC),
        zones=zones,
        resource_number=resource,
        entry=Entry.ONCE if kind & _ONCE else Entry.UNLIMITED,
        party=party,
        wishes=wishes,
    )
