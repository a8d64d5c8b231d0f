"""A pass: the QR that stands for one grant, and the ways it can end."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class GrantKind(StrEnum):
    """What a pass stands for; the order is its number in the printed code."""

    MEMBERSHIP = "membership"
    BOOKING = "booking"
    DAY_PASS = "day_pass"
    INVITATION = "invitation"


class Entry(StrEnum):
    UNLIMITED = "unlimited"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class Pass:
    """What the house knows of a pass. `person_id` is whose it is, if anybody's.

    `grant_id` of a membership pass is the person: it stands for all that person may do.
    """

    grant_kind: GrantKind
    grant_id: str
    person_id: str | None
    issued_at: datetime
    party: int = 1
    entry: Entry = Entry.UNLIMITED
    short_codes: tuple[str, ...] = ()
    """argon2id of its short code, hex, by the salt of each site it may be typed at."""
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PassIssued:
    issued: Pass


@dataclass(frozen=True, slots=True)
class PassRevoked:
    at: datetime


PassEvent = PassIssued | PassRevoked


def evolve(state: Pass | None, event: PassEvent) -> Pass | None:
    match event:
        case PassIssued(issued):
            return issued
        case PassRevoked(at):
            return state and replace(state, revoked_at=state.revoked_at or at)
