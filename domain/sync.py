"""The messages of the sync protocol and the pure rules about them. SYNC is in docs/sync.md."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from domain.door import DoorCertificate

PROTOCOL: Final = 1
PROTOCOLS: Final = (1, 1)
SCHEMA: Final = 1
MAX_PUSH_EVENTS: Final = 100
MAX_PUSH_BYTES: Final = 256 * 1024
TOKEN_LIFE_S: Final = 15 * 60
CHALLENGE_LIFE_S: Final = 60
LONG_POLL_S: Final = 25
TOMBSTONE_DAYS: Final = 30
MAX_NUMBER: Final = 2**53 - 1
"""No number in what is sent is larger: every JSON reader has it exactly, every database too."""


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The kiosk's clocks at one moment: wall time, monotonic seconds, id of this boot."""

    wall: datetime
    monotonic_us: int
    boot_id: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a stream has been pulled, with the log's hash there."""

    stream: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Hello:
    """What a kiosk signs (over the canonical bytes of all this) to be heard."""

    challenge: str
    protocols: tuple[int, int]
    schema: int
    app_version: str
    kiosk_id: str
    incarnation: int
    last_n: int
    last_receipt: int
    cursors: tuple[Cursor, ...]
    clock: ClockReading


@dataclass(frozen=True, slots=True)
class SignedHello:
    hello: Hello
    signature: str


class HelloAnswer(StrEnum):
    WELCOME = "welcome"
    NEW_INCARNATION = "new_incarnation"
    ENROL_AGAIN = "enrol_again"
    REVOKED = "revoked"
    UNKNOWN_KIOSK = "unknown_kiosk"


@dataclass(frozen=True, slots=True)
class HelloReply:
    """Signed by the house key. `incarnation` is the one the kiosk is to use from now on."""

    answer: HelloAnswer
    challenge: str
    protocol: int
    server_epoch: str
    server_time: datetime
    token: str
    last_n_seen: int
    incarnation: int
    receipt_letter: str
    directory_key: str
    door_certificate: "CertificateWire | None"


@dataclass(frozen=True, slots=True)
class CertificateWire:
    """A domain.door.DoorCertificate as it travels: bytes as hex."""

    key_number: int
    public_key: str
    locks: tuple[str, ...]
    issued_at: datetime
    ends_at: datetime
    signature: str

    def certificate(self) -> DoorCertificate:
        """The certificate itself. Raises ValueError where hex is none."""
        return DoorCertificate(
            key_number=self.key_number,
            public_key=bytes.fromhex(self.public_key),
            locks=self.locks,
            issued_at=self.issued_at,
            ends_at=self.ends_at,
            signature=bytes.fromhex(self.signature),
        )


@dataclass(frozen=True, slots=True)
class SignedReply:
    """`body` is the exact JSON that was signed, so that nobody has to encode it again."""

    body: str
    key_number: int
    signature: str


@dataclass(frozen=True, slots=True)
class DecisionWire:
    """The rule's number and what it saw, at most 2 KiB."""

    rule: int
    saw: str


@dataclass(frozen=True, slots=True)
class EventUp:
    """One event as a kiosk sends it. `body` is canonical JSON text of the event body.

    `kind` is "<subject kind>.<event>/<version>", as in "visit.Arrived/1".
    """

    n: int
    id: str
    act: str
    kind: str
    subject: str
    at: datetime
    actor: str
    body: str
    offline: bool
    decision: DecisionWire | None = None


@dataclass(frozen=True, slots=True)
class Push:
    incarnation: int
    server_epoch: str
    events: tuple[EventUp, ...]


class PushStatus(StrEnum):
    APPLIED = "applied"
    DUPLICATE = "duplicate"
    ADJUSTED = "adjusted"
    CONTRADICTED = "contradicted"
    REFUSED = "refused"
    QUARANTINED = "quarantined"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class PushResult:
    """`seq` is where the event stands in its stream; None where it is not in the log."""

    n: int
    id: str
    status: PushStatus
    code: str | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class PushReply:
    """`at` is how far each stream had come with this push; by then its events have come down."""

    results: tuple[PushResult, ...]
    next_expected: int
    at: dict[str, int]


class Op(StrEnum):
    PUT = "put"
    GONE = "gone"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class StateDown:
    """One reduced state; `state` is canonical JSON text, absent for gone and erase."""

    seq: int
    kind: str
    subject: str
    op: Op
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """Count and sum (modulo 2**64) of the first 8 bytes of each state's SHA-256."""

    count: int
    sum: int


@dataclass(frozen=True, slots=True)
class Page:
    """States whose last change lies in (`after`, `to`], ascending, gaps allowed."""

    stream: str
    after: int
    to: int
    hash: str
    more: bool
    states: tuple[StateDown, ...]
    server_time: datetime
    digest: Digest | None = None


@dataclass(frozen=True, slots=True)
class NameDown:
    """One line of the directory: a display name, never on disk in clear."""

    person_id: str
    name: str


@dataclass(frozen=True, slots=True)
class EnrolRequest:
    code: str
    public_key: str


@dataclass(frozen=True, slots=True)
class EnrolReply:
    """`house_key` is pinned by the kiosk from then on."""

    kiosk_id: str
    site_id: str
    number: int
    house_key: str
    house_key_number: int
    server_epoch: str


Json = dict[str, Any]


def push_size_fits(events: int, size: int) -> bool:
    """Whether one push may carry this many events of this many bytes in all."""
    return events <= MAX_PUSH_EVENTS and size <= MAX_PUSH_BYTES
