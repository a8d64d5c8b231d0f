"""POST /api/v1/bookings: book a slot, once for each key."""

import hashlib
from typing import Annotated, Final

from fastapi import APIRouter, Header
from starlette.requests import Request
from starlette.responses import Response

from ledger.codec import canonical
from sync_server.api.answers import AlternativeAnswer, BookingAnswer
from sync_server.api.asking import who_changes
from sync_server.api.body import exact_body_as
from sync_server.api.booked import booking_answer, find_booking
from sync_server.api.codes import ApiCode
from sync_server.api.described import answered, refused, secured, takes
from sync_server.api.desk import Desk, desk_of
from sync_server.api.problems import CanonicalResponse
from sync_server.api.quotes import NOWHERE
from sync_server.api.refusals import RULES, Where, not_made
from sync_server.api.wishes import BookingBody
from sync_server.use_cases.asker import Member, Operator
from sync_server.use_cases.booking.acts import book
from sync_server.use_cases.booking.case import find_place
from sync_server.use_cases.booking.outcomes import Booked, NotMade
from sync_server.use_cases.booking.requests import RequestKey

router: Final = APIRouter(prefix="/api/v1", tags=["booking"])
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,200}$",
        description="Your own for each attempt, kept as long as the booking: the same request "
        "with it gets the same booking.",
    ),
]


@router.post(
    "/bookings",
    summary="Book a slot",
    description="For the person of the token; operators name a `person`. The same request with "
    "the same key gets the booking that came of it, as it now stands.",
    status_code=201,
    responses=answered(201, "Booked; `wished` where staff confirm it first", BookingAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            403: (ApiCode.FORBIDDEN,),
            409: (ApiCode.SLOT_TAKEN, ApiCode.ID_REUSED, ApiCode.PRICE_CHANGED),
            413: (ApiCode.TOO_LARGE,),
            422: (
                ApiCode.BAD_BODY,
                ApiCode.BAD_KEY,
                ApiCode.UNKNOWN_RESOURCE,
                ApiCode.UNKNOWN_PERSON,
                ApiCode.WAY_TO_PAY,
                *RULES,
            ),
        },
        alternatives=list[AlternativeAnswer],
        add_on=str,
        total_cents=int,
    ),
    openapi_extra=secured() | takes(BookingBody),
)
async def bookings(request: Request, key: Key) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    body = await exact_body_as(request, BookingBody)
    if isinstance(body, Response):
        return body
    person_id = body.person or (asker.person_id if isinstance(asker, Member) else "")
    asked = body.asked(RequestKey(_scope(asker), key, _content(body, person_id)))
    made = await book(desk.house, asker, person_id, asked)
    if not isinstance(made, Booked):
        return await _refused(desk, request, body, made)
    desk.heads.poke()
    found = await desk.house.ledger.read(lambda reader: find_booking(reader, made.booking_id))
    assert found is not None, "it was made a moment ago, and bookings stay"
    where = Where(request, found.site, desk.house.clock())
    return CanonicalResponse(booking_answer(where, found, desk.house), status_code=201)


async def _refused(desk: Desk, request: Request, body: BookingBody, made: NotMade) -> Response:
    place = await desk.house.ledger.read(lambda reader: find_place(reader, body.resource))
    return not_made(Where(request, place.site if place else NOWHERE, desk.house.clock()), made)


def _scope(asker: Member | Operator) -> str:
    """Keys of different askers have nothing to do with each other."""
    match asker:
        case Member(person_id):
            return f"book:person:{person_id}"
        case Operator(site_id):
            return f"book:operator:{site_id or '*'}"


def _content(body: BookingBody, person_id: str) -> str:
    """The hash of what was asked for, however it was written."""
    wish = body.wish
    told = [
        *(body.resource, person_id, wish.starts, wish.ends, wish.party, sorted(wish.add_ons)),
        *(body.pay_by, body.expected_cents, body.mail),
    ]
    return hashlib.sha256(canonical(told)).hexdigest()
