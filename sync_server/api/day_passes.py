"""Day passes in the API: what is on offer for a day, and buying one, once for each key."""

import hashlib
from typing import Annotated, Final

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from domain.booking import PayBy
from domain.day_pass import DayPass
from domain.payment import NotPayable
from domain.subjects import HOUSE, site_stream
from ledger.unit import Unit
from sync_server.api.asking import site_meant, who_asks, who_changes
from sync_server.api.body import exact_body_as
from sync_server.api.bookings import Key
from sync_server.api.codes import ApiCode
from sync_server.api.dates import DateQuery, day_meant
from sync_server.api.day_answers import DayPassesAnswer, DayProductAnswer, DaySoldAnswer
from sync_server.api.described import answered, refused, secured, takes, without_body
from sync_server.api.desk import desk_of
from sync_server.api.languages import in_language
from sync_server.api.prices import price_answer
from sync_server.api.problems import CanonicalResponse
from sync_server.api.refusals import Where, not_made
from sync_server.api.resources import SiteQuery
from sync_server.api.told import no_token, told
from sync_server.api.wishes import DayPassBody
from sync_server.house import House
from sync_server.links import Links, pass_token, payment_token
from sync_server.payments import simulated
from sync_server.use_cases.asker import Anyone, Asker, Auditor, Member, runs
from sync_server.use_cases.booking.acts import actor_of
from sync_server.use_cases.booking.cancel_day import cancel_day
from sync_server.use_cases.booking.day_desk import DayDesk, OnSale, read_day_desk
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import No
from sync_server.use_cases.booking.sell_day import (
    DaySold,
    DayWish,
    NotSold,
    sell_day_pass,
    sell_to_guest,
)
from sync_server.use_cases.chance import Ids

router: Final = APIRouter(prefix="/api/v1", tags=["booking"])
DayPassId = Annotated[str, Path(max_length=200)]


@router.get(
    "/day-passes",
    summary="Which day passes are on offer for a day",
    description="At the price for whoever asks; passes of plans and bundles go first.",
    responses=answered(200, "The products, and how many places are left", DayPassesAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            404: (ApiCode.UNKNOWN_SITE,),
            422: (ApiCode.WHICH_SITE, ApiCode.BAD_DATE, ApiCode.BAD_REQUEST),
        }
    ),
    openapi_extra=secured(needed=False),
)
async def day_passes(request: Request, date: DateQuery, site: SiteQuery = None) -> Response:
    desk = desk_of(request)
    asker = await who_asks(desk, request)
    if isinstance(asker, Response):
        return asker
    if (day := day_meant(date)) is None:
        return told(request, 422, ApiCode.BAD_DATE)
    place = await site_meant(desk, request, site)
    if isinstance(place, Response):
        return place
    now = desk.house.clock()
    found = await desk.house.ledger.read(lambda r: read_day_desk(r, place, day, asker, now))
    by_link = bool(desk.house.settings.payments)
    return CanonicalResponse(_answer(Where(request, place[1], now), found, by_link=by_link))


@router.post(
    "/day-passes",
    summary="Buy a day pass or a bundle",
    description="For the person of the token, or for a `guest` without one; operators name either. "
    "A pass of a plan or a bundle is used first. The same request with the same key gets what "
    "came of it.",
    status_code=201,
    responses=answered(201, "Sold; `pay` where its money is waited for", DaySoldAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            403: (ApiCode.FORBIDDEN,),
            404: (ApiCode.UNKNOWN_SITE,),
            409: (ApiCode.NO_PLACE_LEFT, ApiCode.ID_REUSED, ApiCode.PRICE_CHANGED),
            413: (ApiCode.TOO_LARGE,),
            422: (
                ApiCode.BAD_BODY,
                ApiCode.BAD_KEY,
                ApiCode.BAD_DATE,
                ApiCode.WHICH_SITE,
                ApiCode.BAD_GUEST,
                ApiCode.BAD_VAT_ID,
                ApiCode.UNKNOWN_PRODUCT,
                ApiCode.UNKNOWN_PERSON,
                ApiCode.WAY_TO_PAY,
                "blocked",
            ),
        },
        total_cents=int,
    ),
    openapi_extra=secured(needed=False) | takes(DayPassBody),
)
async def buy(request: Request, key: Key) -> Response:
    desk = desk_of(request)
    asker = await who_asks(desk, request)
    if isinstance(asker, Auditor):
        return told(request, 403, ApiCode.FORBIDDEN)
    if isinstance(asker, Response):
        return asker
    body = await exact_body_as(request, DayPassBody)
    if isinstance(body, Response):
        return body
    if day_meant(body.date.isoformat()) is None:
        return told(request, 422, ApiCode.BAD_DATE)
    place = await site_meant(desk, request, body.site)
    if isinstance(place, Response):
        return place
    if asker == Anyone() and body.guest is None:
        return no_token(request)
    made = await _sold(desk.house, asker, place[0], body, key)
    desk.heads.poke()
    where = Where(request, place[1], desk.house.clock())
    if isinstance(made, DaySold):
        return CanonicalResponse(_sold_answer(desk.house, made), status_code=201)
    return not_made(where, No.WAY_TO_PAY if isinstance(made, NotPayable) else made)


@router.delete(
    "/day-passes/{day_pass_id}",
    summary="Call a day pass off",
    description="By whose it is until its day begins: place and credit are there again. The same "
    "again changes nothing.",
    status_code=204,
    responses=without_body(204, "Called off")
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            403: (ApiCode.FORBIDDEN,),
            404: (ApiCode.UNKNOWN_DAY_PASS,),
            409: (ApiCode.NOT_STANDING,),
            422: (ApiCode.BAD_REQUEST,),
        }
    ),
    openapi_extra=secured(),
)
async def cancel(request: Request, day_pass_id: DayPassId) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    done = await cancel_day(desk.house, asker, day_pass_id)
    if done is No.UNKNOWN_BOOKING:
        return told(request, 404, ApiCode.UNKNOWN_DAY_PASS)
    if isinstance(done, No) and not await _is_cancelled(desk.house, day_pass_id):
        return told(request, 409, ApiCode.NOT_STANDING)
    desk.heads.poke()
    return Response(status_code=204)


async def _is_cancelled(house: House, day_pass_id: str) -> bool:
    sold = await house.ledger.read(lambda reader: reader.full("day_pass", day_pass_id, DayPass))
    return sold is not None and sold.cancelled


async def _sold(
    house: House, asker: Asker, site_id: str, body: DayPassBody, key: str
) -> DaySold | NotSold:
    """For oneself, for a guest, or as an operator of the site for anybody the house knows."""
    if body.pay_by is PayBy.LINK and not house.settings.payments:
        return No.WAY_TO_PAY
    own = asker.person_id if isinstance(asker, Member) else ""
    person_id, guest = body.person or own, body.guest
    if guest is None and not runs(asker, site_id) and asker != Member(person_id):
        return No.UNKNOWN_PERSON
    request_id = hashlib.sha256(f"{actor_of(asker)} {site_id} {key}".encode()).hexdigest()
    wish = DayWish(body.product, body.date, body.pay_by, body.expected_cents, request_id)

    def sell(unit: Unit) -> DaySold | NotSold:
        making = Making(unit, house.keys, Ids(), actor_of(asker))
        if guest is not None:
            return sell_to_guest(making, site_id, guest.guest, wish, simulated.NAME)
        return sell_day_pass(making, site_id, person_id, wish, simulated.NAME)

    return await house.ledger.work([HOUSE, site_stream(site_id)], sell)


def _sold_answer(house: House, made: DaySold) -> DaySoldAnswer:
    links, keys = Links(house.settings.base_url), house.keys
    return DaySoldAnswer(
        made.day_pass_id,
        made.passes,
        links.booking(pass_token(keys, made.pass_id)) if made.pass_id else None,
        links.payment(payment_token(keys, made.payment_id)) if made.payment_id else None,
    )


def _answer(where: Where, found: DayDesk, *, by_link: bool) -> DayPassesAnswer:
    return DayPassesAnswer(
        site=found.site_id,
        date=found.day,
        left=found.left,
        credits=found.credits.passes,
        pay_by=[way for way in found.ways if by_link or way is not PayBy.LINK],
        products=[_product(where, found, each) for each in found.on_sale],
        other_date=found.other_day,
    )


def _product(where: Where, found: DayDesk, each: OnSale) -> DayProductAnswer:
    product, offer = each.product, each.offer
    name = in_language(product.name, where.locale)
    return DayProductAnswer(
        id=product.id,
        name=name,
        about=in_language(product.about or {}, where.locale),
        passes=product.passes,
        start=where.local(offer.window.start) if offer else None,
        end=where.local(offer.window.end) if offer else None,
        from_credit=offer is not None and found.credits.passes > 0,
        price=price_answer(each.quote, found.site, name, where.locale),
        better=offer.better.id if offer and offer.better else None,
        other_date=offer.other_day if offer else None,
    )
