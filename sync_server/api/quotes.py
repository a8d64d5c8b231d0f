"""POST /api/v1/quotes: what exactly this slot costs exactly this person."""

from datetime import datetime
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.site import Site
from ledger.reader import Reader
from sync_server.api.answers import QuoteAnswer
from sync_server.api.asking import who_asks
from sync_server.api.body import exact_body_as
from sync_server.api.codes import ApiCode
from sync_server.api.described import answered, refused, secured, takes
from sync_server.api.desk import desk_of
from sync_server.api.prices import price_answer
from sync_server.api.problems import CanonicalResponse
from sync_server.api.refusals import RULES, Where, not_made, told_alternatives
from sync_server.api.wishes import QuoteBody
from sync_server.use_cases.asker import Asker, Member, runs
from sync_server.use_cases.booking.alternatives import with_alternatives
from sync_server.use_cases.booking.case import Place, find_place
from sync_server.use_cases.booking.outcomes import No, NotMade, SlotTaken
from sync_server.use_cases.booking.price import Quoted, quote_for

router: Final = APIRouter(prefix="/api/v1", tags=["booking"])
NOWHERE: Final = Site("", 0, "UTC")
"""Where there is no site to speak for, answers are in UTC."""


@router.post(
    "/quotes",
    summary="What a slot costs, and whether it may be booked",
    description="Nothing is kept by it. Without a token: for a guest; with a member's: what it "
    "costs them; operators name a `person` or ask as a guest.",
    responses=answered(200, "The price that would be billed", QuoteAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            413: (ApiCode.TOO_LARGE,),
            422: (ApiCode.BAD_BODY, ApiCode.UNKNOWN_RESOURCE, ApiCode.UNKNOWN_PERSON, *RULES),
        }
    ),
    openapi_extra=secured(needed=False) | takes(QuoteBody),
)
async def quotes(request: Request) -> Response:
    desk = desk_of(request)
    asker = await who_asks(desk, request)
    if isinstance(asker, Response):
        return asker
    body = await exact_body_as(request, QuoteBody)
    if isinstance(body, Response):
        return body
    now = desk.house.clock()
    found = await desk.house.ledger.read(lambda reader: _quote(reader, asker, body, now))
    if not isinstance(found, tuple):
        return not_made(Where(request, NOWHERE, now), found)
    place, quoted = found
    where = Where(request, place.site, now)
    if not isinstance(quoted, Quoted):
        return not_made(where, quoted)
    taken = SlotTaken()
    if not quoted.free:
        whom = (place, _for_whom(asker, body, place))
        taken = await with_alternatives(desk.house, whom, body.wish, taken)
    return CanonicalResponse(_answer(where, quoted, body, taken))


def _quote(
    reader: Reader, asker: Asker, body: QuoteBody, now: datetime
) -> tuple[Place, Quoted | NotMade] | No:
    place = find_place(reader, body.resource)
    if place is None:
        return No.UNKNOWN_RESOURCE
    person_id, staff = _for_whom(asker, body, place), runs(asker, place.site_id)
    if not staff and body.person not in (None, person_id):
        return place, No.UNKNOWN_PERSON
    return place, quote_for(reader, (place, person_id), body.wish, now, staff=staff)


def _for_whom(asker: Asker, body: QuoteBody, place: Place) -> str | None:
    if runs(asker, place.site_id):
        return body.person
    return asker.person_id if isinstance(asker, Member) else None


def _answer(where: Where, quoted: Quoted, body: QuoteBody, taken: SlotTaken) -> QuoteAnswer:
    place, wish = quoted.place, body.wish
    return QuoteAnswer(
        resource=place.resource_id,
        start=where.local(wish.starts),
        end=where.local(wish.ends),
        needs_approval=quoted.needs_approval,
        free=quoted.free,
        pay_by=list(quoted.ways_to_pay),
        price=price_answer(quoted.quote, place.site, place.resource.name, where.locale),
        alternatives=told_alternatives(where, taken.alternatives),
    )
