"""What the rule answers: admitted or refused, and the ways out of a refusal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why somebody is not let in; stable, part of the API."""

    UNKNOWN_CODE = "unknown_code"
    UNKNOWN_VERSION = "unknown_version"
    BAD_SIGNATURE = "bad_signature"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    CANCELLED = "cancelled"
    WRONG_SITE = "wrong_site"
    OUTSIDE_HOURS = "outside_hours"
    NOT_PAID = "not_paid"
    ALREADY_USED = "already_used"
    PARTY_FULL = "party_full"
    NO_GRANT_FOR_PLACE = "no_grant_for_place"
    BLOCKED = "blocked"
    NOT_KNOWN_HERE = "not_known_here"
    CLOCK_IN_DOUBT = "clock_in_doubt"


@dataclass(frozen=True, slots=True)
class Admitted:
    """Let in because of a grant, until it ends, into `zones`. `again`: here before today.

    `until` None: no end is known.
    """

    because: str
    grant_id: str
    until: datetime | None
    zones: int
    again: bool = False
    pass_only: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """Come again at `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class BuyDayPass:
    price_cents: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Pay:
    amount_cents: int
    grant_id: str


@dataclass(frozen=True, slots=True)
class UseDoor:
    door_id: str


@dataclass(frozen=True, slots=True)
class EnterFewer:
    people: int


Act = BuyDayPass | Pay | UseDoor | EnterFewer


@dataclass(frozen=True, slots=True)
class Do:
    """Do this and the rule admits."""

    act: Act


@dataclass(frozen=True, slots=True)
class AskStaff:
    """Somebody of the house decides; `phone` if the site gave one."""

    phone: str = ""


Remedy = Wait | Do | AskStaff


@dataclass(frozen=True, slots=True)
class Refused:
    """Not let in. `since` or `until` are times worth telling: when it ended or begins."""

    reason: Reason
    remedies: tuple[Remedy, ...]
    since: datetime | None = None


Outcome = Admitted | Refused
