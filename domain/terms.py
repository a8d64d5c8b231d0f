"""The terms an operator sets for booking a resource: who, when, how long, and what if not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Audience(StrEnum):
    """Who may book."""

    ANYONE = "anyone"
    MEMBERS = "members"
    PLANS = "plans"
    """Members on one of the named plans."""


class Per(StrEnum):
    """The calendar span of a quota, in the site's time."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Quota:
    """At most so many minutes or bookings of this resource for each person and span."""

    per: Per
    most_min: int | None = None
    most_bookings: int | None = None


@dataclass(frozen=True, slots=True)
class Blackout:
    """Not to be booked meanwhile; `why` in the operator's words by language."""

    starts: datetime
    ends: datetime
    why: dict[str, str]


@dataclass(frozen=True, slots=True)
class CancelStep:
    """Cancelled later than `before_min` before the start: `percent` of the price is owed."""

    before_min: int
    percent: int


@dataclass(frozen=True, slots=True)
class BookingTerms:
    """Minutes are of the clock; `horizon_days` of the site's calendar, today included."""

    step_min: int = 15
    """Starts and ends lie on this grid of the local day."""
    shortest_min: int = 15
    longest_min: int = 24 * 60
    buffer_before_min: int = 0
    buffer_after_min: int = 0
    notice_min: int = 0
    horizon_days: int = 90
    audience: Audience = Audience.ANYONE
    plans: tuple[str, ...] = ()
    around_the_clock: bool = False
    """Also outside the opening hours (of the plan's hours, for members)."""
    needs_approval: bool = False
    quotas: tuple[Quota, ...] = ()
    blackouts: tuple[Blackout, ...] = ()
    remind_min: int | None = None
    """A reminder with one-tap keep so long before the start; None: none."""
    release_min: int | None = None
    """Released when nobody has come so long after the start; None: never."""
    cancel: tuple[CancelStep, ...] = ()
    """No step: free of charge until the start."""
    move_until_min: int = 0
    """Can be moved until so long before the start."""
