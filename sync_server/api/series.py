"""POST /api/v1/series: the same slot on many days, looked at first, then booked at once."""

import hashlib
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ledger.codec import canonical
from sync_server.api.asking import who_changes
from sync_server.api.body import exact_body_as
from sync_server.api.bookings import Key
from sync_server.api.codes import ApiCode
from sync_server.api.described import answered, refused, secured, takes
from sync_server.api.desk import Desk, desk_of
from sync_server.api.problems import CanonicalResponse
from sync_server.api.quotes import NOWHERE
from sync_server.api.refusals import Where
from sync_server.api.series_forms import (
    NotThatDate,
    SeriesAnswer,
    SeriesBody,
    SeriesPreviewAnswer,
)
from sync_server.api.series_told import PROBLEMS, as_it_stands, preview_answer, series_refused
from sync_server.use_cases.asker import Member, Operator
from sync_server.use_cases.booking.case import find_place
from sync_server.use_cases.booking.requests import RequestKey
from sync_server.use_cases.series.acts import book_series, preview
from sync_server.use_cases.series.make import SeriesBooked
from sync_server.use_cases.series.preview import Preview

router: Final = APIRouter(prefix="/api/v1/series", tags=["series"])
_WHO: Final = {401: (ApiCode.NO_TOKEN,), 403: (ApiCode.FORBIDDEN,), 413: (ApiCode.TOO_LARGE,)}
_NOT: Final = (
    ApiCode.BAD_BODY,
    ApiCode.UNKNOWN_RESOURCE,
    ApiCode.UNKNOWN_PERSON,
    ApiCode.WAY_TO_PAY,
    *PROBLEMS,
)


@router.post(
    "/preview",
    summary="What a series would come to, date by date",
    description="Nothing is kept by it. For the person of the token; operators name a `person`.",
    responses=answered(200, "Each date with its price, or why not", SeriesPreviewAnswer)
    | refused(_WHO | {422: _NOT}),
    openapi_extra=secured() | takes(SeriesBody),
)
async def look_ahead(request: Request) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    body = await exact_body_as(request, SeriesBody)
    if isinstance(body, Response):
        return body
    found = await preview(desk.house, asker, _person(asker, body), body.asked())
    where = await _where(desk, request, body)
    if isinstance(found, Preview):
        return CanonicalResponse(preview_answer(where, found))
    return series_refused(where, found)


@router.post(
    "",
    summary="Book a series",
    description="All dates that can be had, each a booking of its own; the others are told in "
    "the answer and can be added later. One mail for all of them. The same request with the "
    "same key gets the series that came of it, as it now stands.",
    status_code=201,
    responses=answered(201, "The series with every date", SeriesAnswer)
    | refused(
        _WHO
        | {
            409: (ApiCode.NO_DATE_LEFT, ApiCode.ID_REUSED, ApiCode.PRICE_CHANGED),
            422: (ApiCode.BAD_KEY, *_NOT),
        },
        dates=list[NotThatDate],
        total_cents=int,
    ),
    openapi_extra=secured() | takes(SeriesBody),
)
async def book(request: Request, key: Key) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    body = await exact_body_as(request, SeriesBody)
    if isinstance(body, Response):
        return body
    person_id = _person(asker, body)
    asked = body.asked(RequestKey(_scope(asker), key, _content(body, person_id)))
    made = await book_series(desk.house, asker, person_id, asked)
    if not isinstance(made, SeriesBooked):
        return series_refused(await _where(desk, request, body), made)
    desk.heads.poke()
    return await as_it_stands(desk, request, asker, made.series_id, 201)


def _person(asker: Member | Operator, body: SeriesBody) -> str:
    return body.person or (asker.person_id if isinstance(asker, Member) else "")


async def _where(desk: Desk, request: Request, body: SeriesBody) -> Where:
    place = await desk.house.ledger.read(lambda reader: find_place(reader, body.resource))
    return Where(request, place.site if place else NOWHERE, desk.house.clock())


def _scope(asker: Member | Operator) -> str:
    """Keys of different askers have nothing to do with each other, nor with single bookings."""
    match asker:
        case Member(person_id):
            return f"series:person:{person_id}"
        case Operator(site_id):
            return f"series:operator:{site_id or '*'}"


def _content(body: SeriesBody, person_id: str) -> str:
    """The hash of what was asked for, however it was written."""
    wish = body.wish
    told = [
        *(body.resource, person_id, wish.starts, wish.ends, wish.party, sorted(wish.add_ons)),
        *(body.rrule, sorted(set(body.without)), body.pay_by, body.expected_cents, body.mail),
    ]
    return hashlib.sha256(canonical(told)).hexdigest()
