"""What could be had instead of a slot that somebody else has; looked up without any lock."""

from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from domain import booking
from domain.availability import Taken
from domain.booking import Booking, booking_problem
from domain.booking.alternatives import Alternative, span_to_read
from domain.booking.wish import BookingFacts, SlotWish
from domain.calendar import Window
from ledger.reader import Reader
from sync_server.house import House
from sync_server.use_cases.booking.case import Case, Place, own_bookings, standing_of
from sync_server.use_cases.booking.outcomes import No, SlotTaken

T = TypeVar("T")
MOST_OTHERS: Final = 12
"""So many other resources are looked at, the smallest that are large enough."""


async def with_alternatives(
    house: House, whom: tuple[Place, str | None], wish: SlotWish, made: T
) -> T:
    """`made`, where it says that a slot is taken with the nearest that can be had."""
    if not isinstance(made, SlotTaken):
        return made
    now = house.clock()
    found = await house.ledger.read(lambda reader: alternatives_to(reader, whom, wish, now))
    return replace(made, alternatives=found)


def alternatives_to(
    reader: Reader, whom: tuple[Place, str | None], wish: SlotWish, now: datetime
) -> tuple[Alternative, ...]:
    """The nearest that this person (or anybody) could book at the same site instead.

    None of them to what could not be booked on any day: the years up to it are not searched.
    """
    place, person_id = whom
    if booking_problem(Booking(place.resource_id, None, wish.starts, wish.ends, wish.party)):
        return ()
    standing = standing_of(reader, person_id)
    if isinstance(standing, No):
        return ()
    case = Case(place, standing)
    own = own_bookings(reader, case, wish, (person_id,) if person_id else ())
    facts = case.facts(wish, own)
    others = _others(reader, case, wish)
    span = span_to_read(facts, wish)
    units = [unit for each in (facts, *others) for unit in each.resource.unit_ids(each.resource_id)]
    taken = [
        Taken(each.unit, Window(each.from_, each.until))
        for each in reader.held(units, span.start, span.end, now)
    ]
    return booking.alternatives.alternatives(facts, wish, taken, others, now)


def _others(reader: Reader, case: Case, wish: SlotWish) -> list[BookingFacts]:
    """Others of that kind with room for the party, the smallest first."""
    kind = case.place.resource.kind
    fitting = [
        (resource.seats, resource.number, id_, resource)
        for id_, resource in reader.resources(case.place.site_id)
        if resource.kind is kind
        and id_ != case.place.resource_id
        and (resource.seats == 0 or resource.seats >= wish.party)
    ]
    fitting.sort(key=lambda each: each[:3])
    places = (
        replace(case.place, resource_id=id_, resource=resource)
        for _, _, id_, resource in fitting[:MOST_OTHERS]
    )
    return [replace(case, place=place).facts(wish) for place in places]
