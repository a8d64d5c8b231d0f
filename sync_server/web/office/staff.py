"""Who may see the pages of the office: staff, and only of their own sites."""

from starlette.requests import Request
from starlette.responses import Response

from domain.person import Person
from sync_server.api.desk import desk_of
from sync_server.asking.members import signed_in
from sync_server.web.places import Place, places_of
from sync_server.web.problems import answer


async def staffed(request: Request) -> list[Place] | Response:
    """The sites at which whoever is signed in is staff; else the answer that says no."""
    who = await signed_in(request)
    if isinstance(who, Response):
        return who
    ledger = desk_of(request).house.ledger
    person = await ledger.read(lambda reader: reader.full("person", who.person_id, Person))
    if person is None or person.ended_at is not None:
        return answer(request, 403)
    found = [place for place in await places_of(request) if person.is_staff_at(place.id)]
    return found or answer(request, 403)
