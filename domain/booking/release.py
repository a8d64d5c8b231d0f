"""No-shows: when to remind, when a slot is free again, and when it is given back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.booking.state import Booking, BookingStatus
from domain.resource import Resource
from domain.terms import BookingTerms

OUT_OF_CONTACT: Final = timedelta(minutes=2)
"""A kiosk that is silent for longer may know of somebody who has come."""
LOOK_AGAIN: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks against a no-show besides the booking's own `claimed_at` and `kept_at`.

    `here_at`: "I'm here" was tapped; `in_house`: the host is counted as present.
    """

    reminded_at: datetime | None = None
    door_opened_at: datetime | None = None
    here_at: datetime | None = None
    in_house: bool = False


@dataclass(frozen=True, slots=True)
class Remind:
    """Ask the host now whether they still need it."""


@dataclass(frozen=True, slots=True)
class Release:
    """Nobody has come: the slot is free again from now on."""


@dataclass(frozen=True, slots=True)
class Keep:
    """Nothing to do before `until`; None: nothing ever again."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """It would be released, but a kiosk is out of contact: look again at `until`."""

    until: datetime


ReleaseDecision = Remind | Release | Keep | Wait


def decide_release(
    booking: Booking,
    resource: Resource,
    evidence: Evidence,
    kiosks_in_contact: bool,
    now: datetime,
) -> ReleaseDecision:
    """What to do about `booking` now, and else when to look again."""
    terms = resource.terms
    if booking.status is not BookingStatus.CONFIRMED or _somebody_came(booking, evidence):
        return Keep()
    remind_at = _remind_at(terms, booking, evidence)
    release_at = _release_at(terms, booking, evidence)
    if remind_at is not None and remind_at <= now < booking.ends:
        return Remind()
    if remind_at is not None and now < remind_at:
        return Keep(remind_at)
    if release_at is None or now >= booking.ends or release_at >= booking.ends:
        return Keep()
    if now < release_at:
        return Keep(release_at)
    return Release() if kiosks_in_contact else Wait(now + LOOK_AGAIN)


def all_in_contact(heard_at: Iterable[datetime | None], now: datetime) -> bool:
    """Whether every enrolled kiosk of a site (that nobody set aside) was heard lately."""
    return all(at is not None and now - at <= OUT_OF_CONTACT for at in heard_at)


def _somebody_came(booking: Booking, evidence: Evidence) -> bool:
    """Presence alone can be for another reason; with "yes, I need it" it is for this one."""
    here = booking.claimed_at or evidence.door_opened_at or evidence.here_at
    return here is not None or (evidence.in_house and booking.kept_at is not None)


def _remind_at(terms: BookingTerms, booking: Booking, evidence: Evidence) -> datetime | None:
    """When a reminder is due; whoever booked later than that knows what they booked."""
    if terms.remind_min is None or evidence.reminded_at or booking.kept_at:
        return None
    due = booking.starts - timedelta(minutes=terms.remind_min)
    return None if booking.made_at is not None and booking.made_at > due else due


def _release_at(terms: BookingTerms, booking: Booking, evidence: Evidence) -> datetime | None:
    """After the start, or after a reminder that came late; once more the span if it was kept."""
    if terms.release_min is None:
        return None
    span = timedelta(minutes=terms.release_min)
    since = max(booking.starts, evidence.reminded_at or booking.starts)
    return since + (2 * span if booking.kept_at else span)
