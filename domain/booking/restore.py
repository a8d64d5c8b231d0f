"""Whoever comes after their slot was released gets it back, as long as it is still free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.availability import Taken
from domain.booking.state import Booking, BookingStatus
from domain.booking.time_rules import claim_of
from domain.calendar import Window
from domain.resource import Resource


@dataclass(frozen=True, slots=True)
class Restore:
    """`claim` is held again, on `unit`: what is left of the slot, with the buffer behind it."""

    unit: str
    claim: Window


class NotRestored(StrEnum):
    NOT_RELEASED = "not_released"
    OVER = "over"
    TAKEN = "taken"
    """Somebody else has it by now: offer the nearest."""


def decide_restore(
    booking: Booking, resource: Resource, taken: Iterable[Taken], now: datetime
) -> Restore | NotRestored:
    """Whether a released booking stands again; on its own unit, where that is free.

    Time gone by needs no claim: nobody can be given it any more.
    """
    if booking.status is not BookingStatus.RELEASED:
        return NotRestored.NOT_RELEASED
    if now >= booking.ends:
        return NotRestored.OVER
    whole = claim_of(resource.terms, Window(booking.starts, booking.ends))
    claim, taken = Window(max(whole.start, now), whole.end), tuple(taken)
    units = resource.unit_ids(booking.resource_id)
    own_first = sorted(units, key=lambda unit: unit != booking.held_unit)
    free = [unit for unit in own_first if _is_free(unit, claim, taken)]
    return Restore(free[0], claim) if free else NotRestored.TAKEN


def _is_free(unit: str, claim: Window, taken: tuple[Taken, ...]) -> bool:
    held = (each.window for each in taken if each.unit == unit)
    return all(window.end <= claim.start or claim.end <= window.start for window in held)
