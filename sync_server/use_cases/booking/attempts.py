"""Keeping what people tried in vain: demand that the house could not meet."""

from typing import Final, TypeVar

from domain.attempt import Attempts, BookingRefused, SlotWasTaken, attempts_id, counted_on
from domain.booking.outcomes import NotBookable
from domain.booking.wish import SlotWish
from ledger.unit import Unit
from sync_server.use_cases.booking.case import Place
from sync_server.use_cases.booking.outcomes import SlotTaken

MOST_COUNTED: Final = 10_000
"""For each resource and day: nobody fills the log by asking in vain."""

T = TypeVar("T")


def noted(unit: Unit, place: Place, wish: SlotWish, outcome: T, actor: str) -> T:
    """`outcome`; if the wish was refused or taken, that is recorded. Locks the site's stream."""
    event: BookingRefused | SlotWasTaken
    match outcome:
        case NotBookable(rule=rule):
            event = BookingRefused(wish.starts, wish.ends, rule.value)
        case SlotTaken(add_on_id=add_on_id):
            event = SlotWasTaken(wish.starts, wish.ends, add_on_id)
        case _:
            return outcome
    day = counted_on(wish.starts, place.site.zone, unit.now)
    if day is None:
        return outcome
    subject = attempts_id(place.resource_id, day)
    before = unit.full("attempt", subject, Attempts) or Attempts()
    if before.taken + before.refusals < MOST_COUNTED:
        unit.append(place.stream, "attempt", subject, event, actor=actor)
    return outcome
