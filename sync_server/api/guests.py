"""Guests of a booking over the API: invited each or as a party, listed, no longer invited."""

from typing import Annotated, Final

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from sync_server.api.answers import GuestsAnswer, InvitedAnswer
from sync_server.api.asking import who_changes
from sync_server.api.body import exact_body_as
from sync_server.api.booking_list import BookingId
from sync_server.api.codes import ApiCode
from sync_server.api.described import answered, refused, secured, takes, without_body
from sync_server.api.desk import Desk, desk_of
from sync_server.api.problems import CanonicalResponse
from sync_server.api.quotes import NOWHERE
from sync_server.api.refusals import Where, not_made
from sync_server.api.told import told
from sync_server.api.wishes import GuestsBody
from sync_server.links import Links, pass_token
from sync_server.use_cases.asker import Asker
from sync_server.use_cases.booking.invite import Invited
from sync_server.use_cases.booking.inviting import (
    invite,
    invite_with_one_pass,
    invited,
    withdraw,
)
from sync_server.use_cases.booking.outcomes import No

router: Final = APIRouter(prefix="/api/v1/bookings/{booking_id}/guests", tags=["guests"])
GuestId = Annotated[str, Path(max_length=200)]
_WHOSE: Final = {
    401: (ApiCode.NO_TOKEN,),
    403: (ApiCode.FORBIDDEN,),
    404: (ApiCode.UNKNOWN_BOOKING,),
}


@router.get(
    "",
    summary="Who is invited",
    responses=answered(200, "In the order they were", GuestsAnswer)
    | refused(_WHOSE | {422: (ApiCode.BAD_REQUEST,)}),
    openapi_extra=secured(),
)
async def guests(request: Request, booking_id: BookingId) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    return _answer(desk, request, await invited(desk.house, asker, booking_id), 200)


@router.post(
    "",
    summary="Invite guests",
    description="Each of `guests` gets a pass and a mail of their own; who is invited already is "
    "not again. Or one pass for `people`, mailed to the host to be handed on.",
    status_code=201,
    responses=answered(201, "Who is invited by it", GuestsAnswer)
    | refused(
        _WHOSE
        | {
            409: (ApiCode.NOT_STANDING,),
            413: (ApiCode.TOO_LARGE,),
            422: (
                ApiCode.BAD_REQUEST,
                ApiCode.BAD_BODY,
                ApiCode.BAD_GUEST,
                ApiCode.TOO_MANY_GUESTS,
            ),
        }
    ),
    openapi_extra=secured() | takes(GuestsBody),
)
async def invite_guests(request: Request, booking_id: BookingId) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    body = await exact_body_as(request, GuestsBody)
    if isinstance(body, Response):
        return body
    if bool(body.guests) == (body.people is not None):
        more = {"detail": "either guests or people"}
        return told(request, 422, ApiCode.BAD_BODY, more=more)
    made = await _invited(desk, asker, booking_id, body)
    desk.heads.poke()
    return _answer(desk, request, made, 201)


@router.delete(
    "/{guest_id}",
    summary="No longer invited",
    description="Their pass opens nothing any more.",
    status_code=204,
    responses=without_body(204, "They are no longer invited")
    | refused(
        _WHOSE
        | {
            404: (ApiCode.UNKNOWN_BOOKING, ApiCode.UNKNOWN_GUEST),
            422: (ApiCode.BAD_REQUEST,),
        }
    ),
    openapi_extra=secured(),
)
async def uninvite(request: Request, booking_id: BookingId, guest_id: GuestId) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    done = await withdraw(desk.house, asker, booking_id, guest_id)
    if isinstance(done, No):
        return not_made(Where(request, NOWHERE, desk.house.clock()), done)
    if not done:
        return told(request, 404, ApiCode.UNKNOWN_GUEST)
    desk.heads.poke()
    return Response(status_code=204)


async def _invited(
    desk: Desk, asker: Asker, booking_id: str, body: GuestsBody
) -> tuple[Invited, ...] | No:
    if body.people is None:
        listed = [each.listed for each in body.guests]
        return await invite(desk.house, asker, booking_id, listed)
    made = await invite_with_one_pass(desk.house, asker, booking_id, body.people)
    return made if isinstance(made, No) else (made,)


def _answer(desk: Desk, request: Request, made: tuple[Invited, ...] | No, status: int) -> Response:
    if isinstance(made, No):
        return not_made(Where(request, NOWHERE, desk.house.clock()), made)
    links = Links(desk.house.settings.base_url)

    def page(each: Invited) -> str | None:
        """Of the pass that is handed on; a named guest's own is for them alone."""
        own = each.person_id is not None or not each.pass_id
        return None if own else links.booking(pass_token(desk.house.keys, each.pass_id))

    told_ = [
        InvitedAnswer(each.invitation_id, each.name, each.mail, each.party, page(each))
        for each in made
    ]
    return CanonicalResponse(GuestsAnswer(told_), status_code=status)
