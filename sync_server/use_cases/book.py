"""Booking a resource: the slot is claimed, the pass issued and the mail queued, or nothing."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from domain.booking import (
    LARGEST_PARTY,
    Booking,
    BookingCancelled,
    BookingMade,
    BookingMoved,
    BookingProblem,
    BookingStatus,
    booking_problem,
)
from domain.passes import Pass
from domain.person import Person
from domain.resource import Resource
from domain.subjects import site_stream
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.keys import HouseKeys
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.issue_pass import issue_booking_pass
from sync_server.use_cases.mails import queue_booking_mail, queue_moved_mail
from sync_server.use_cases.refusal import Refusal

_TAKEN: Final = Refusal("taken", "This time is taken already. Please pick another one.")
_SENTENCES: Final = {
    BookingProblem.NO_TIME: "A booking ends after it begins.",
    BookingProblem.NO_SUCH_YEAR: "A booking lies in the years 2000 to 2099. Check the year.",
    BookingProblem.TOO_LONG: "A booking lasts a year at most. Please make several of it.",
    BookingProblem.NO_PARTY: f"A booking is for 1 to {LARGEST_PARTY} people.",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants what, when, and for how many."""

    resource_id: str
    person_id: str
    starts: datetime
    ends: datetime
    party: int = 1
    amount_cents: int = 0
    """What is still to be paid; nothing: it is paid."""


@dataclass(frozen=True, slots=True)
class Booked:
    booking_id: str
    pass_id: str
    mail_id: str
    """Empty where no mail was wished."""


def book(
    unit: Unit,
    keys: HouseKeys,
    site_id: str,
    wish: Wish,
    ids: Ids | None = None,
    *,
    mail: bool = True,
) -> Booked | Refusal:
    """Confirm a booking with its pass and mail. Locks the site's stream."""
    ids = ids or Ids()
    booking = _booking(wish)
    if problem := booking_problem(booking):
        return _not_bookable(problem)
    if unit.full("resource", wish.resource_id, Resource) is None:
        return Refusal("unknown_resource", f"There is no resource {wish.resource_id} here.")
    person = unit.full("person", wish.person_id, Person)
    if person is None or person.ended_at is not None:
        return Refusal("unknown_person", f"There is nobody with the id {wish.person_id} here.")
    booking_id = ids.subject(unit.now)
    if not unit.claim(wish.resource_id, wish.starts, wish.ends, "booking", booking_id):
        return _TAKEN
    event = BookingMade(booking)
    unit.append(site_stream(site_id), "booking", booking_id, event, actor="server")
    pass_id = issue_booking_pass(unit, keys, site_id, booking_id, ids)
    assert isinstance(pass_id, str)
    mail_id = queue_booking_mail(unit, wish.person_id, pass_id, ids) if mail else ""
    return Booked(booking_id, pass_id, mail_id)


def _booking(wish: Wish) -> Booking:
    return Booking(
        wish.resource_id,
        wish.person_id,
        wish.starts,
        wish.ends,
        party=wish.party,
        paid=wish.amount_cents == 0,
        amount_cents=wish.amount_cents,
    )


def _not_bookable(problem: BookingProblem) -> Refusal:
    return Refusal(problem.value, _SENTENCES[problem])


def move_booking(
    unit: Unit, site_id: str, booking_id: str, to: tuple[datetime, datetime], pass_id: str | None
) -> str | Refusal:
    """Move a booking and tell its host by a mail, whose id is returned ("" without a host).

    Its pass goes on; the mail shows it with the new times.
    """
    starts, ends = to
    booking = unit.full("booking", booking_id, Booking)
    if booking is None or booking.status is not BookingStatus.CONFIRMED:
        return Refusal("unknown_booking", f"There is no booking {booking_id} to be moved.")
    if problem := booking_problem(replace(booking, starts=starts, ends=ends)):
        return _not_bookable(problem)
    if not unit.move_claim(booking_id, starts, ends):
        return _TAKEN
    event = BookingMoved(starts, ends)
    unit.append(site_stream(site_id), "booking", booking_id, event, actor="server")
    if booking.person_id is None or pass_id is None:
        return ""
    return queue_moved_mail(unit, booking.person_id, pass_id, Ids())


def cancel_booking(unit: Unit, site_id: str, booking_id: str) -> Refusal | None:
    """Call a booking off; its slot is free again at once."""
    booking = unit.full("booking", booking_id, Booking)
    if booking is None or booking.status is not BookingStatus.CONFIRMED:
        return Refusal("unknown_booking", f"There is no booking {booking_id} to be called off.")
    unit.release_claim(booking_id)
    event = BookingCancelled(unit.now)
    unit.append(site_stream(site_id), "booking", booking_id, event, actor="server")
    return None


def pass_of_booking(reader: Reader, booking_id: str) -> str | None:
    """The newest pass of a booking that still stands, found by looking at all passes."""
    found = [
        (issued.issued_at, pass_id)
        for pass_id, issued in reader.all("pass", Pass)
        if issued.grant_id == booking_id and issued.revoked_at is None
    ]
    return max(found)[1] if found else None
