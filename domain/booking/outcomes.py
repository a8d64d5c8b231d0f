"""What the rules of booking can answer: yes with what is claimed, or no with a stable code."""

from dataclasses import dataclass, field
from enum import StrEnum

from domain.calendar import Window


class BookingRule(StrEnum):
    """Why something cannot be booked, in the order in which the rules speak; API codes."""

    NO_TIME = "no_time"
    NO_SUCH_YEAR = "no_such_year"
    TOO_LONG_FOR_A_PASS = "too_long_for_a_pass"
    NO_PARTY = "no_party"
    BLOCKED = "blocked"
    MEMBERS_ONLY = "members_only"
    PLAN_NEEDED = "plan_needed"
    IN_THE_PAST = "in_the_past"
    OFF_GRID = "off_grid"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_SOON = "too_soon"
    TOO_FAR = "too_far"
    OUTSIDE_HOURS = "outside_hours"
    BLACKED_OUT = "blacked_out"
    PARTY_TOO_LARGE = "party_too_large"
    UNKNOWN_ADD_ON = "unknown_add_on"
    TOO_MANY_ADD_ONS = "too_many_add_ons"
    QUOTA_REACHED = "quota_reached"
    TOO_LATE_TO_CHANGE = "too_late_to_change"
    """Of an existing booking only."""


@dataclass(frozen=True, slots=True)
class Bookable:
    """The rules allow it; whether it is free, the claim decides: the slot with its buffers."""

    claim: Window
    needs_approval: bool = False


@dataclass(frozen=True, slots=True)
class NotBookable:
    """`params` are the values of the sentence `booking.<rule>`.

    `variant` names a more exact sentence, `booking.<rule>.<variant>`, of the same values.
    """

    rule: BookingRule
    params: dict[str, object] = field(default_factory=dict)
    variant: str = ""
