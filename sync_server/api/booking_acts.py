"""What may happen to a booking: changed, called off, kept, confirmed, declined."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from domain.booking import BookingStatus
from ledger.reader import Reader
from sync_server.api.answers import (
    AlternativeAnswer,
    BookingAnswer,
    CancelQuoteAnswer,
    ChangeQuoteAnswer,
)
from sync_server.api.asking import who_changes
from sync_server.api.body import exact_body_as
from sync_server.api.booked import Found, booking_answer, find_booking
from sync_server.api.booking_list import BookingId
from sync_server.api.codes import ApiCode
from sync_server.api.described import Responses, answered, refused, secured, takes
from sync_server.api.desk import Desk, desk_of
from sync_server.api.prices import price_answer
from sync_server.api.problems import CanonicalResponse
from sync_server.api.quotes import NOWHERE
from sync_server.api.refusals import NOT_MADE, RULES, Where, not_made
from sync_server.api.told import told
from sync_server.api.wishes import ChangeBody
from sync_server.use_cases.asker import Asker, Member
from sync_server.use_cases.booking import changing
from sync_server.use_cases.booking.cancel import CancelTerms
from sync_server.use_cases.booking.change import Priced
from sync_server.use_cases.booking.outcomes import No

router: Final = APIRouter(prefix="/api/v1/bookings/{booking_id}", tags=["booking"])
Fee = Annotated[
    int | None,
    Query(
        ge=0,
        le=2**53,
        description="What was shown; at another fee nothing happens. Operators set it.",
    ),
]
_WHOSE: Final = {
    401: (ApiCode.NO_TOKEN,),
    403: (ApiCode.FORBIDDEN,),
    404: (ApiCode.UNKNOWN_BOOKING,),
}
_PLAIN: Final = {422: (ApiCode.BAD_REQUEST,)}
_CHANGE: Final = (
    ApiCode.BAD_REQUEST,
    ApiCode.BAD_BODY,
    ApiCode.UNKNOWN_RESOURCE,
    ApiCode.WAY_TO_PAY,
    *RULES,
)


def _answers(type_: type, more: dict[int, Any], **with_409: Any) -> Responses:
    return answered(200, "As it now stands", type_) | refused(_WHOSE | more, **with_409)


@router.patch(
    "",
    summary="Move, extend, shorten, other add-ons",
    responses=_answers(
        BookingAnswer,
        {
            409: (
                ApiCode.SLOT_TAKEN,
                ApiCode.PRICE_CHANGED,
                ApiCode.NOT_STANDING,
                ApiCode.ASK_ANEW,
            ),
            413: (ApiCode.TOO_LARGE,),
            422: _CHANGE,
        },
        alternatives=list[AlternativeAnswer],
        add_on=str,
        total_cents=int,
    ),
    openapi_extra=secured() | takes(ChangeBody),
)
async def change(request: Request, booking_id: BookingId) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    body = await exact_body_as(request, ChangeBody)
    if isinstance(body, Response):
        return body
    made = await changing.change(desk.house, asker, booking_id, body.change)
    return await _done(desk, request, booking_id, made)


@router.post(
    "/change-quote",
    summary="What a change would cost, without making it",
    responses=answered(200, "The new price", ChangeQuoteAnswer)
    | refused(
        _WHOSE
        | {
            409: (ApiCode.NOT_STANDING, ApiCode.ASK_ANEW),
            413: (ApiCode.TOO_LARGE,),
            422: _CHANGE,
        }
    ),
    openapi_extra=secured() | takes(ChangeBody),
)
async def change_quote(request: Request, booking_id: BookingId) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    body = await exact_body_as(request, ChangeBody)
    if isinstance(body, Response):
        return body
    priced = await changing.quote_change(desk.house, asker, booking_id, body.change)
    if not isinstance(priced, Priced):
        return await _done(desk, request, booking_id, priced)
    where = Where(request, priced.case.place.site, desk.house.clock())
    return CanonicalResponse(_change_quote(where, priced))


@router.delete(
    "",
    summary="Call it off",
    description="At the fee that the terms ask for; once it is called off, the same again "
    "answers the booking as it stands.",
    responses=_answers(
        BookingAnswer,
        {409: (ApiCode.NOT_STANDING, ApiCode.FEE_CHANGED)} | _PLAIN,
        fee_cents=int,
    ),
    openapi_extra=secured(),
)
async def cancel(
    request: Request, booking_id: BookingId, expected_fee_cents: Fee = None
) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    made = await changing.cancel(desk.house, asker, booking_id, expected_fee_cents)
    if isinstance(made, CancelTerms):
        more = {"fee_cents": made.fee_cents}
        return told(request, 409, ApiCode.FEE_CHANGED, more=more)
    if made is No.NOT_STANDING and await _is_cancelled(desk, asker, booking_id):
        return await _done(desk, request, booking_id, None)
    return await _done(desk, request, booking_id, made)


@router.post(
    "/cancel-quote",
    summary="What calling it off would cost now",
    responses=answered(200, "The terms at this moment", CancelQuoteAnswer)
    | refused(_WHOSE | {409: (ApiCode.NOT_STANDING,)} | _PLAIN),
    openapi_extra=secured(),
)
async def cancel_quote(request: Request, booking_id: BookingId) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    terms = await changing.cancel_terms(desk.house, asker, booking_id)
    found = await _found(desk, booking_id)
    if not isinstance(terms, CancelTerms) or found is None:
        return await _done(desk, request, booking_id, terms)
    where = Where(request, found.site, desk.house.clock())
    answer = CancelQuoteAnswer(
        terms.fee_cents,
        terms.refund_cents,
        terms.minutes_back,
        where.local(terms.free_until),
        terms.currency,
    )
    return CanonicalResponse(answer)


@router.post(
    "/keep",
    summary='"I still need it"',
    responses=_answers(BookingAnswer, {409: (ApiCode.NOT_STANDING,)} | _PLAIN),
    openapi_extra=secured(),
)
async def keep(request: Request, booking_id: BookingId) -> Response:
    return await _act(request, booking_id, changing.keep)


@router.post(
    "/confirm",
    summary="Staff say yes to a wish",
    description="For operators: it becomes a booking, if it is still free.",
    responses=_answers(
        BookingAnswer,
        {409: (ApiCode.SLOT_TAKEN, ApiCode.NOT_STANDING)} | _PLAIN,
        alternatives=list[AlternativeAnswer],
        add_on=str,
    ),
    openapi_extra=secured(),
)
async def confirm(request: Request, booking_id: BookingId) -> Response:
    return await _act(request, booking_id, changing.confirm, for_staff=True)


@router.post(
    "/decline",
    summary="Staff say no to a wish",
    description="For operators: its host is told.",
    responses=_answers(BookingAnswer, {409: (ApiCode.NOT_STANDING,)} | _PLAIN),
    openapi_extra=secured(),
)
async def decline(request: Request, booking_id: BookingId) -> Response:
    return await _act(request, booking_id, changing.decline, for_staff=True)


async def _act(
    request: Request,
    booking_id: str,
    act: Callable[[Any, Asker, str], Awaitable[Any]],
    *,
    for_staff: bool = False,
) -> Response:
    """Acts without a body; one's own booking is known, so what is for staff is told as such."""
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    made = await act(desk.house, asker, booking_id)
    if for_staff and made is No.UNKNOWN_BOOKING and await _is_own(desk, asker, booking_id):
        return told(request, 403, ApiCode.FORBIDDEN)
    return await _done(desk, request, booking_id, made)


async def _done(desk: Desk, request: Request, booking_id: str, made: object) -> Response:
    """The booking as it now stands, or why nothing was done."""
    found = await _found(desk, booking_id)
    no = made if isinstance(made, NOT_MADE) else None
    if found is None or no is No.UNKNOWN_BOOKING:  # the words too are those for none at all
        return not_made(Where(request, NOWHERE, desk.house.clock()), No.UNKNOWN_BOOKING)
    where = Where(request, found.site, desk.house.clock())
    if no is not None:
        return not_made(where, no)
    desk.heads.poke()
    return CanonicalResponse(booking_answer(where, found, desk.house))


async def _found(desk: Desk, booking_id: str) -> Found | None:
    return await desk.house.ledger.read(lambda reader: find_booking(reader, booking_id))


async def _is_cancelled(desk: Desk, asker: Asker, booking_id: str) -> bool:
    """Whether it is theirs, and called off already."""

    def read(reader: Reader) -> bool:
        found = changing.read_booking(reader, asker, booking_id)
        return not isinstance(found, No) and found.booking.status is BookingStatus.CANCELLED

    return await desk.house.ledger.read(read)


async def _is_own(desk: Desk, asker: Asker, booking_id: str) -> bool:
    if not isinstance(asker, Member):
        return False
    found = await _found(desk, booking_id)
    return found is not None and found.booking.person_id == asker.person_id


def _change_quote(where: Where, priced: Priced) -> ChangeQuoteAnswer:
    place, quote = priced.case.place, replace(priced.quote, lines=priced.lines)
    return ChangeQuoteAnswer(
        start=where.local(priced.wish.starts),
        end=where.local(priced.wish.ends),
        resource=place.resource_id,
        difference_cents=priced.difference_cents,
        price=price_answer(quote, place.site, place.resource.name, where.locale),
    )
