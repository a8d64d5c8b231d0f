"""Doors and the locks on them: what a signer may ask of a lock and what a lock may answer.

The signed bytes of every message are built here so that signer, lock and simulator cannot
disagree. The wire form (topics, JSON) is described in docs/door-protocol.md.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

COMMAND_TTL_S: Final = 2.0
"""MQTT message expiry of a command: a broker never hands out one that is older."""
CHALLENGE_TTL_S: Final = 3.0
"""A lock opens only for a challenge at most this old by its own monotonic clock."""
CHALLENGES_KEPT: Final = 4
"""A lock keeps its last challenges so that two signers do not disturb each other."""
ASK_TIMEOUT_S: Final = 1.5
"""A lock that gives no challenge for this long is not commanded at all."""
REPORT_TIMEOUT_S: Final = 3.5
"""After this long without a report from the lock the person is told so."""
LAST_OPENING_S: Final = 3.2
"""No lock acts later than this after the asking began, so that its report still arrives and
nobody who was told "no answer" sees the door open behind them."""

_PREFIX: Final = b"foyer-door-v1\x00"


@dataclass(frozen=True, slots=True)
class Door:
    """One door of a site: the zone behind it, its lock, and where to go if it fails."""

    id: str
    name: str
    zone: int
    lock: str
    lock_key: str
    """Ed25519 public key of the lock, hex; reports are verified with it."""
    critical: bool = False
    """Never opened by the pass alone."""
    other_way: str | None = None
    """Id of the door to send people to when this one fails."""
    hint: str = ""
    """Where the door is, as a person would say it: "round the corner, 40 steps"."""


class DoorOutcome(StrEnum):
    """How asking a lock ended, as the person is told."""

    OPENED = "opened"
    ALREADY_OPEN = "already_open"
    JAMMED = "jammed"
    NO_ANSWER = "no_answer"
    NOT_CONNECTED = "not_connected"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    """The kiosk died between sending and hearing: never repeated."""

    @property
    def is_open(self) -> bool:
        return self in (DoorOutcome.OPENED, DoorOutcome.ALREADY_OPEN)


class LockResult(StrEnum):
    """What a lock reports: an act, its refusal of a certified command, or what it noticed."""

    OPENED = "opened"
    ALREADY_OPEN = "already_open"
    JAMMED = "jammed"
    EXPIRED = "expired"
    """The challenge is older than the command allows."""
    UNKNOWN_CHALLENGE = "unknown_challenge"
    WRONG_BOOT = "wrong_boot"
    BUSY = "busy"
    """More commands at once than the lock can remember: it refuses rather than forgets."""
    CLOSED = "closed"
    FORCED = "forced"
    """Opened without a command."""

    @property
    def outcome(self) -> DoorOutcome:
        """What a person who asked for the door is told."""
        match self:
            case LockResult.OPENED:
                return DoorOutcome.OPENED
            case LockResult.ALREADY_OPEN:
                return DoorOutcome.ALREADY_OPEN
            case LockResult.JAMMED:
                return DoorOutcome.JAMMED
            case _:
                return DoorOutcome.REJECTED


@dataclass(frozen=True, slots=True)
class LockStatus:
    """What is known of one lock: `online` None means nothing was heard yet."""

    online: bool | None
    last_result: str | None
    """A LockResult, of its last report: opened, closed, jammed, forced (uncommanded)..."""


@dataclass(frozen=True, slots=True)
class DoorCertificate:
    """The house's word that a key may command these locks, shown with each command.

    Locks have no wall clock. A lock remembers the latest ``issued_at`` of any certificate it
    has verified, advanced by its monotonic clock, and refuses a certificate whose
    ``ends_at`` lies before that.
    """

    key_number: int
    public_key: bytes
    locks: tuple[str, ...]
    issued_at: datetime
    ends_at: datetime
    signature: bytes

    def signed_bytes(self) -> bytes:
        return certificate_bytes(
            self.key_number, self.public_key, self.locks, self.issued_at, self.ends_at
        )


def certificate_bytes(
    key_number: int,
    public_key: bytes,
    locks: tuple[str, ...],
    issued_at: datetime,
    ends_at: datetime,
) -> bytes:
    """What the house key signs in a door certificate; times in whole unix seconds."""
    times = f"{int(issued_at.timestamp())}\n{int(ends_at.timestamp())}"
    text = "\n".join(("certificate", str(key_number), public_key.hex(), times, *locks))
    return _PREFIX + text.encode()


def command_life_ms(elapsed_s: float) -> int:
    """How old a challenge may be when the lock acts, for asking that began `elapsed_s` ago.

    The challenge was made after the asking began and has been heard by now, so a lock that keeps
    to this acts at most LAST_OPENING_S after the beginning. 0 means too late to command.
    """
    return max(0, int(min(CHALLENGE_TTL_S, LAST_OPENING_S - elapsed_s) * 1000))


def command_bytes(
    command: str, lock: str, boot: str, challenge: str, lives_ms: int, key_number: int
) -> bytes:
    """What a signer signs to open `lock` once. No person and no wall time in it."""
    fields = ("command", command, lock, boot, challenge, str(lives_ms), str(key_number))
    return _PREFIX + "\n".join(fields).encode()


def ready_bytes(lock: str, boot: str, challenge: str, answers: str) -> bytes:
    """What a lock signs when it announces a challenge; `answers` is the asker's nonce or ""."""
    return _PREFIX + "\n".join(("ready", lock, boot, challenge, answers)).encode()


def report_bytes(lock: str, boot: str, seq: int, command: str, result: str) -> bytes:
    """What a lock signs when it reports; `command` is "" where none caused it.

    `seq` counts a boot's reports, so that the same one delivered twice is known for one.
    """
    return _PREFIX + "\n".join(("report", lock, boot, str(seq), command, result)).encode()


def alive_bytes(lock: str, boot: str, alive: bool) -> bytes:
    """What a lock signs to say that it is there, and beforehand, as its will, that it is not."""
    return _PREFIX + "\n".join(("alive", lock, boot, "1" if alive else "0")).encode()
