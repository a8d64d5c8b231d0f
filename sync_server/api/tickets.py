"""POST /api/v1/bookings/{id}/tickets: a problem, with booking, room and person attached."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.rates import TooOften
from domain.subjects import site_stream
from ledger.unit import Unit
from sync_server.api.answers import TicketAnswer
from sync_server.api.asking import who_changes
from sync_server.api.body import exact_body_as
from sync_server.api.booking_list import BookingId
from sync_server.api.bookings import Key
from sync_server.api.codes import ApiCode
from sync_server.api.described import answered, refused, secured, takes
from sync_server.api.desk import Desk, desk_of
from sync_server.api.problems import CanonicalResponse
from sync_server.api.told import told
from sync_server.api.wishes import TicketBody
from sync_server.use_cases.asker import Asker
from sync_server.use_cases.booking.changing import read_booking
from sync_server.use_cases.booking.making import newest_pass
from sync_server.use_cases.booking.outcomes import No
from sync_server.use_cases.booking.standing_booking import site_of_booking
from sync_server.use_cases.report import Report, report_problem

router: Final = APIRouter(prefix="/api/v1/bookings/{booking_id}/tickets", tags=["tickets"])
_RETRY_S: Final = "600"


@router.post(
    "",
    summary="Report a problem",
    description="The operator of the site gets a mail. The same request with the same key is one "
    "ticket.",
    status_code=201,
    responses=answered(201, "Reported", TicketAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            403: (ApiCode.FORBIDDEN,),
            404: (ApiCode.UNKNOWN_BOOKING,),
            409: (ApiCode.NOT_STANDING,),
            413: (ApiCode.TOO_LARGE,),
            422: (ApiCode.BAD_REQUEST, ApiCode.BAD_BODY, ApiCode.BAD_KEY),
            429: (ApiCode.TOO_MANY_TRIES,),
        }
    ),
    openapi_extra=secured() | takes(TicketBody),
)
async def report(request: Request, booking_id: BookingId, key: Key) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    body = await exact_body_as(request, TicketBody)
    if isinstance(body, Response):
        return body
    made = await _reported(desk, asker, booking_id, Report(body.trouble, body.words, f"api:{key}"))
    if made is No.UNKNOWN_BOOKING:
        return told(request, 404, ApiCode.UNKNOWN_BOOKING)
    if isinstance(made, No):
        return told(request, 409, ApiCode.NOT_STANDING)
    if isinstance(made, TooOften):
        return told(request, 429, ApiCode.TOO_MANY_TRIES, headers={"Retry-After": _RETRY_S})
    desk.heads.poke()
    return CanonicalResponse(TicketAnswer(made), status_code=201)


async def _reported(desk: Desk, asker: Asker, booking_id: str, what: Report) -> str | TooOften | No:
    """The id of the ticket. A booking without a pass has nothing to report from."""
    site_id = await desk.house.ledger.read(lambda reader: site_of_booking(reader, booking_id))
    if site_id is None:
        return No.UNKNOWN_BOOKING

    def work(unit: Unit) -> str | TooOften | No:
        found = read_booking(unit, asker, booking_id)
        if isinstance(found, No):
            return found
        pass_id = newest_pass(unit, booking_id)
        return report_problem(unit, site_id, pass_id, what) if pass_id else No.NOT_STANDING

    return await desk.house.ledger.work([site_stream(site_id)], work)
