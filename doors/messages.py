"""The messages between signers and locks and their strict JSON form (docs/door-protocol.md)."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any, Final

from domain.door import DoorCertificate

LARGEST_PAYLOAD: Final = 8_192
_ROOT: Final = "foyer/v1/locks"
_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HEX: Final = re.compile(r"[0-9a-f]*")
_LATEST_UNIX_S: Final = 253_402_300_799
"""The last second of the year 9999."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A signer wants a challenge; the answer repeats its nonce."""

    lock: str
    nonce: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A lock announces a challenge, signed; `answers` is the nonce of an ask or ""."""

    lock: str
    boot: str
    challenge: str
    answers: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Command:
    """Open once, for this boot and challenge, signed by a certified key."""

    command: str
    lock: str
    boot: str
    challenge: str
    lives_ms: int
    key: int
    signature: bytes
    certificate: DoorCertificate

    def __post_init__(self) -> None:
        if not self.command:
            raise ValueError("a command without an id")


@dataclass(frozen=True, slots=True)
class Report:
    """What a lock did or noticed, signed; `command` is "" where none caused it."""

    lock: str
    boot: str
    seq: int
    command: str
    result: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Alive:
    """Whether a lock is connected, signed; retained, and its last will."""

    lock: str
    boot: str
    alive: bool
    signature: bytes


Message = Ask | Ready | Command | Report | Alive

_KINDS: Final[dict[str, Callable[..., Message]]] = {
    "ask": Ask,
    "ready": Ready,
    "command": Command,
    "report": Report,
    "alive": Alive,
}


def topic_of(lock: str, kind: str) -> str:
    """The topic of one kind of message of a lock; lock "+" is the filter for all."""
    return f"{_ROOT}/{lock}/{kind}"


def is_id(text: str) -> bool:
    """Whether locks and commands may be called so; it can break neither topics nor signed bytes."""
    return _ID.fullmatch(text) is not None


def encode(message: Message) -> tuple[str, bytes]:
    """Topic and payload of a message."""
    values = asdict(message) | {"v": 1}
    if isinstance(message, Command):
        values["certificate"] = _certificate_json(message.certificate)
    text = json.dumps(values, default=bytes.hex, separators=(",", ":"), sort_keys=True)
    return topic_of(message.lock, type(message).__name__.lower()), text.encode()


def decode(topic: str, payload: bytes) -> Message | None:
    """The message, or None for anything that is not exactly one of ours on its own topic."""
    root, _, rest = topic.partition(f"{_ROOT}/")
    lock, _, kind = rest.partition("/")
    if root or kind not in _KINDS or len(payload) > LARGEST_PAYLOAD:
        return None
    try:
        values = json.loads(payload)
        if not isinstance(values, dict) or _whole(values.pop("v", None)) != 1:
            return None
        message = _build(_KINDS[kind], values)
    except (ValueError, RecursionError):
        return None
    return message if message.lock == lock else None


def _build(kind: Callable[..., Message], values: dict[str, Any]) -> Message:
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # a dataclass
    if names != set(values):
        raise ValueError("other fields than those of the message")
    return kind(**{name: _READ[name](value) for name, value in values.items()})


def _id(value: object) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise ValueError("not an id")
    return value


def _id_or_empty(value: object) -> str:
    return "" if value == "" else _id(value)


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _LATEST_UNIX_S:
        raise ValueError("not a whole number")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("not a truth value")
    return value


def _signature(value: object) -> bytes:
    return _hex(value, 64)


def _hex(value: object, length: int) -> bytes:
    if not isinstance(value, str) or len(value) != 2 * length or not _HEX.fullmatch(value):
        raise ValueError("not hexadecimal of that length")
    return bytes.fromhex(value)


def _certificate(value: object) -> DoorCertificate:
    if not isinstance(value, dict) or set(value) != set(_CERTIFICATE_FIELDS):
        raise ValueError("not a certificate")
    locks = value["locks"]
    if not isinstance(locks, list):
        raise ValueError("not a list of locks")
    return DoorCertificate(
        key_number=_whole(value["key"]),
        public_key=_hex(value["public_key"], 32),
        locks=tuple(_id(lock) for lock in locks),
        issued_at=datetime.fromtimestamp(_whole(value["issued_at"]), UTC),
        ends_at=datetime.fromtimestamp(_whole(value["ends_at"]), UTC),
        signature=_signature(value["signature"]),
    )


def _certificate_json(certificate: DoorCertificate) -> dict[str, Any]:
    return {
        "key": certificate.key_number,
        "public_key": certificate.public_key.hex(),
        "locks": list(certificate.locks),
        "issued_at": int(certificate.issued_at.timestamp()),
        "ends_at": int(certificate.ends_at.timestamp()),
        "signature": certificate.signature.hex(),
    }


_CERTIFICATE_FIELDS: Final = ("key", "public_key", "locks", "issued_at", "ends_at", "signature")
_READ: Final[dict[str, Callable[[object], Any]]] = {
    **dict.fromkeys(("lock", "nonce", "boot", "challenge", "result"), _id),
    **dict.fromkeys(("answers", "command"), _id_or_empty),
    **dict.fromkeys(("lives_ms", "key", "seq"), _whole),
    "alive": _flag,
    "signature": _signature,
    "certificate": _certificate,
}
