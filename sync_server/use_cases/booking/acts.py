"""The acts on bookings as pages and the API call them: who may, which streams, alternatives."""

from collections.abc import Callable
from typing import TypeVar

from domain.subjects import HOUSE
from ledger.errors import AnswerTaken
from ledger.unit import Unit
from sync_server.house import House
from sync_server.use_cases.asker import Anyone, Asker, Auditor, Member, runs
from sync_server.use_cases.booking.alternatives import with_alternatives
from sync_server.use_cases.booking.attempts import noted
from sync_server.use_cases.booking.case import find_place
from sync_server.use_cases.booking.make import make_booking
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import Booked, NeedsHouse, No, NotMade
from sync_server.use_cases.booking.requests import NewBooking
from sync_server.use_cases.chance import Ids

T = TypeVar("T")


async def book(house: House, asker: Asker, person_id: str, request: NewBooking) -> Booked | NotMade:
    """Book for `person_id`: for oneself, or as an operator for anybody the house knows."""
    place = await house.ledger.read(lambda reader: find_place(reader, request.resource_id))
    if place is None:
        return No.UNKNOWN_RESOURCE
    staff = runs(asker, place.site_id)
    if not staff and asker != Member(person_id):
        return No.UNKNOWN_PERSON

    def work(unit: Unit) -> Booked | NotMade:
        making = Making(unit, house.keys, Ids(), actor_of(asker))
        made = make_booking(making, person_id, request, staff=staff)
        return noted(unit, place, request.wish, made, making.actor)

    made = await in_streams(house, place.stream, work)
    return await with_alternatives(house, (place, person_id), request.wish, made)


async def in_streams(
    house: House, stream: str, work: Callable[[Unit], T], *, of_house: bool = False
) -> T:
    """Do `work` with the site's stream; with `house` too if needed, known before or found out."""
    try:
        return await house.ledger.work([HOUSE, stream] if of_house else [stream], work)
    except NeedsHouse:
        return await house.ledger.work([HOUSE, stream], work)
    except AnswerTaken:  # the same idempotency key in this very moment: now its answer is there
        return await house.ledger.work([HOUSE, stream], work)


def actor_of(asker: Asker) -> str:
    """Who acts, as events keep it."""
    match asker:
        case Member(person_id):
            return f"person:{person_id}"
        case Anyone():
            return "guest"
        case Auditor():
            return "auditor"
        case _:
            return "operator"
