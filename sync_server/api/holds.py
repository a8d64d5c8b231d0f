"""Holds: a slot kept for ten minutes, booked by a guest or a member, or given up."""

from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from domain.booking import PayBy
from ledger.reader import Reader
from sync_server.api.answers import AlternativeAnswer, BookingAnswer, HoldAnswer, OrderAnswer
from sync_server.api.asking import who_asks
from sync_server.api.body import exact_body_as
from sync_server.api.booked import Found, booking_answer, find_booking
from sync_server.api.codes import ApiCode
from sync_server.api.described import answered, refused, secured, takes, without_body
from sync_server.api.desk import Desk, desk_of
from sync_server.api.prices import price_answer
from sync_server.api.problems import CanonicalResponse
from sync_server.api.quotes import NOWHERE
from sync_server.api.refusals import NOT_MADE, RULES, Where, not_made
from sync_server.api.told import told
from sync_server.api.wishes import OrderBody, SlotBody
from sync_server.asking.clients import client_of
from sync_server.links import Links, payment_token
from sync_server.payments import simulated
from sync_server.use_cases.asker import Member
from sync_server.use_cases.booking.case import Place, find_place
from sync_server.use_cases.booking.holding import ToPay, book_hold, give_up, hold, order_hold
from sync_server.use_cases.booking.holds import (
    Hold,
    Holder,
    hold_id_of_token,
    hold_of_token,
)
from sync_server.use_cases.booking.making import first_pass
from sync_server.use_cases.booking.outcomes import Booked, No
from sync_server.use_cases.booking.price import Quoted, quote_for

router: Final = APIRouter(prefix="/api/v1/holds", tags=["holds"])
Token = Annotated[str, Path(max_length=300, description="As the hold was answered with.")]
_MAYBE_ORDERED: Final = (No.WAY_TO_PAY, No.HOLD_GONE)
"""What is to be paid first is ordered; what is ordered already is no longer a mere hold."""
_WITH_409: Final[dict[str, Any]] = {"alternatives": list[AlternativeAnswer], "add_on": str}


@router.post(
    "",
    summary="Keep a slot for ten minutes",
    description="For a guest, or for the member of the token. At most five at a time from one "
    "address.",
    status_code=201,
    responses=answered(201, "Kept", HoldAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            409: (ApiCode.SLOT_TAKEN,),
            413: (ApiCode.TOO_LARGE,),
            422: (ApiCode.BAD_BODY, ApiCode.UNKNOWN_RESOURCE, ApiCode.UNKNOWN_PERSON, *RULES),
            429: (ApiCode.TOO_MANY_HOLDS,),
        },
        **_WITH_409,
    ),
    openapi_extra=secured(needed=False) | takes(SlotBody),
)
async def place(request: Request) -> Response:
    desk = desk_of(request)
    asker = await who_asks(desk, request)
    if isinstance(asker, Response):
        return asker
    body = await exact_body_as(request, SlotBody)
    if isinstance(body, Response):
        return body
    person_id = asker.person_id if isinstance(asker, Member) else None
    holder = Holder(ip=client_of(request), person_id=person_id)
    made = await hold(desk.house, holder, body.resource, body.wish)
    here = await desk.house.ledger.read(lambda reader: find_place(reader, body.resource))
    where = Where(request, here.site if here else NOWHERE, desk.house.clock())
    if not isinstance(made, Hold) or here is None:
        return not_made(where, made if isinstance(made, NOT_MADE) else No.UNKNOWN_RESOURCE)
    return CanonicalResponse(await _held(desk, where, here, made), status_code=201)


@router.post(
    "/{token}/book",
    summary="Book what is held",
    description="Booked at once, or, where it is paid by link, ordered: then it is booked once "
    "the money has come. The same again answers what came of it.",
    status_code=201,
    responses=answered(201, "Booked; `wished` where staff confirm it first", BookingAnswer)
    | answered(202, "Ordered: to be paid on `page`", OrderAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            404: (ApiCode.UNKNOWN_HOLD,),
            409: (ApiCode.HOLD_GONE, ApiCode.SLOT_TAKEN, ApiCode.PRICE_CHANGED),
            413: (ApiCode.TOO_LARGE,),
            422: (
                ApiCode.BAD_REQUEST,
                ApiCode.BAD_BODY,
                ApiCode.BAD_GUEST,
                ApiCode.BAD_VAT_ID,
                ApiCode.WAY_TO_PAY,
                ApiCode.UNKNOWN_RESOURCE,
                ApiCode.UNKNOWN_PERSON,
                *RULES,
            ),
        },
        **_WITH_409,
        total_cents=int,
    ),
    openapi_extra=secured(needed=False) | takes(OrderBody),
)
async def book(request: Request, token: Token) -> Response:
    desk = desk_of(request)
    asker = await who_asks(desk, request)
    if isinstance(asker, Response):
        return asker
    held = await _hold(desk, token)
    if held is None:
        return await _booked(desk, request, hold_id_of_token(desk.house.keys, token))
    body = await exact_body_as(request, OrderBody)
    if isinstance(body, Response):
        return body
    made: Any = await book_hold(desk.house, held, body.agreed)
    if made in _MAYBE_ORDERED and desk.house.settings.payments:
        made = await order_hold(desk.house, held, body.agreed, simulated.NAME)
    desk.heads.poke()
    if isinstance(made, Booked):
        return await _booked(desk, request, made.booking_id)
    if isinstance(made, ToPay):
        return CanonicalResponse(_order(desk, made), status_code=202)
    here = await desk.house.ledger.read(lambda reader: find_place(reader, held.held.resource_id))
    where = Where(request, here.site if here else NOWHERE, desk.house.clock())
    return not_made(where, made if isinstance(made, NOT_MADE) else No.WAY_TO_PAY)


@router.delete(
    "/{token}",
    summary="Give it up",
    description="The slot is free at once. What is ordered waits for its money.",
    status_code=204,
    responses=without_body(204, "It is nobody's now")
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            404: (ApiCode.UNKNOWN_HOLD,),
            422: (ApiCode.BAD_REQUEST,),
        }
    ),
    openapi_extra=secured(needed=False),
)
async def drop(request: Request, token: Token) -> Response:
    desk = desk_of(request)
    asker = await who_asks(desk, request)
    if isinstance(asker, Response):
        return asker
    held = await _hold(desk, token)
    if held is None or held.held.booking is not None:
        return told(request, 404, ApiCode.UNKNOWN_HOLD)
    await give_up(desk.house, held)
    return Response(status_code=204)


async def _hold(desk: Desk, token: str) -> Hold | None:
    house = desk.house
    return await house.ledger.read(lambda reader: hold_of_token(reader, house.keys, token))


async def _held(desk: Desk, where: Where, here: Place, made: Hold) -> HoldAnswer:
    held, now = made.held, desk.house.clock()
    whom = (here, held.person_id)
    quoted = await desk.house.ledger.read(
        lambda reader: quote_for(reader, whom, held.wish, now, staff=False)
    )
    assert made.quote is not None, "a fresh hold is answered with its price"
    ways = quoted.ways_to_pay if isinstance(quoted, Quoted) else ()
    return HoldAnswer(
        token=made.token,
        expires_at=where.local(made.expires_at),
        resource=here.resource_id,
        start=where.local(held.wish.starts),
        end=where.local(held.wish.ends),
        pay_by=[way for way in ways if way is not PayBy.LINK or desk.house.settings.payments],
        price=price_answer(made.quote, here.site, here.resource.name, where.locale),
    )


async def _booked(desk: Desk, request: Request, booking_id: str | None) -> Response:
    """What was held is booked under the hold's own id."""

    def read(reader: Reader) -> Found | None:
        found = find_booking(reader, booking_id) if booking_id else None
        return replace(found, pass_id=first_pass(reader, found.booking_id)) if found else None

    found = await desk.house.ledger.read(read)
    if found is None:
        return told(request, 404, ApiCode.UNKNOWN_HOLD)
    where = Where(request, found.site, desk.house.clock())
    return CanonicalResponse(booking_answer(where, found, desk.house), status_code=201)


def _order(desk: Desk, made: ToPay) -> OrderAnswer:
    links = Links(desk.house.settings.base_url)
    page = links.payment(payment_token(desk.house.keys, made.payment_id))
    return OrderAnswer(made.payment_id, page, made.order.amount_cents, made.order.currency)
