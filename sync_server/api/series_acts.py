"""What may happen to a series: looked at, a date skipped or added again, ended."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from sync_server.api.answers import AlternativeAnswer
from sync_server.api.asking import who_changes, who_reads
from sync_server.api.body import exact_body_as
from sync_server.api.booking_acts import Fee
from sync_server.api.codes import ApiCode
from sync_server.api.dates import DateQuery, day_meant
from sync_server.api.described import answered, refused, secured, takes
from sync_server.api.desk import Desk, desk_of
from sync_server.api.quotes import NOWHERE
from sync_server.api.refusals import RULES, Where
from sync_server.api.series_forms import SeriesAddBody, SeriesAnswer, SeriesDayBody
from sync_server.api.series_told import PROBLEMS, as_it_stands, series_refused
from sync_server.api.told import told
from sync_server.use_cases.asker import Asker
from sync_server.use_cases.booking.cancel import CancelTerms
from sync_server.use_cases.booking.outcomes import Booked, Cancelled, No
from sync_server.use_cases.series import acts
from sync_server.use_cases.series.change import Ended, EndTerms
from sync_server.use_cases.series.standing import find_series

router: Final = APIRouter(prefix="/api/v1/series/{series_id}", tags=["series"])
SeriesId = Annotated[str, Path(max_length=200)]
_SEEN: Final = {401: (ApiCode.NO_TOKEN,), 404: (ApiCode.UNKNOWN_SERIES,)}
_WHOSE: Final = _SEEN | {403: (ApiCode.FORBIDDEN,)}
_AS_IT_STANDS: Final = answered(200, "As it now stands", SeriesAnswer)


@router.get(
    "",
    summary="A series with every date",
    responses=_AS_IT_STANDS | refused(_SEEN | {422: (ApiCode.BAD_REQUEST,)}),
    openapi_extra=secured(),
)
async def one(request: Request, series_id: SeriesId) -> Response:
    desk = desk_of(request)
    asker = await who_reads(desk, request)
    if isinstance(asker, Response):
        return asker
    return await as_it_stands(desk, request, asker, series_id)


@router.post(
    "/skip",
    summary="Call one date off",
    description="At the fee that the terms ask for. It can be added again.",
    responses=_AS_IT_STANDS
    | refused(
        _WHOSE
        | {
            409: (ApiCode.NOT_STANDING, ApiCode.FEE_CHANGED),
            413: (ApiCode.TOO_LARGE,),
            422: (ApiCode.BAD_REQUEST, ApiCode.BAD_BODY),
        },
        fee_cents=int,
    ),
    openapi_extra=secured() | takes(SeriesDayBody),
)
async def skip(request: Request, series_id: SeriesId) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    body = await exact_body_as(request, SeriesDayBody)
    if isinstance(body, Response):
        return body
    fee = body.expected_fee_cents
    done = await acts.skip(desk.house, asker, series_id, body.date, fee)
    if isinstance(done, Cancelled):
        desk.heads.poke()
        return await as_it_stands(desk, request, asker, series_id)
    return await _not_done(desk, request, asker, series_id, done)


@router.post(
    "/add-again",
    summary="Book a date again that has no booking",
    responses=_AS_IT_STANDS
    | refused(
        _WHOSE
        | {
            409: (ApiCode.NOT_STANDING, ApiCode.SLOT_TAKEN),
            413: (ApiCode.TOO_LARGE,),
            422: (
                ApiCode.BAD_REQUEST,
                ApiCode.BAD_BODY,
                ApiCode.UNKNOWN_PERSON,
                ApiCode.WAY_TO_PAY,
                *RULES,
                *PROBLEMS,
            ),
        },
        alternatives=list[AlternativeAnswer],
        add_on=str,
    ),
    openapi_extra=secured() | takes(SeriesAddBody),
)
async def add_again(request: Request, series_id: SeriesId) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    body = await exact_body_as(request, SeriesAddBody)
    if isinstance(body, Response):
        return body
    done = await acts.add_again(desk.house, asker, series_id, body.date)
    if isinstance(done, Booked):
        desk.heads.poke()
        return await as_it_stands(desk, request, asker, series_id)
    return series_refused(await _where(desk, request, asker, series_id), done)


@router.delete(
    "",
    summary="End it from a date on",
    description="Every date from then on is called off by its own terms, all or none; the "
    "`fee_cents` of the dates together are what it costs.",
    responses=_AS_IT_STANDS
    | refused(
        _WHOSE | {409: (ApiCode.FEE_CHANGED,), 422: (ApiCode.BAD_REQUEST, ApiCode.BAD_DATE)},
        fee_cents=int,
    ),
    openapi_extra=secured(),
)
async def end(
    request: Request,
    series_id: SeriesId,
    first: Annotated[DateQuery, Query(alias="from")],
    expected_fee_cents: Fee = None,
) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    day = day_meant(first)
    if day is None:
        return told(request, 422, ApiCode.BAD_DATE)
    done = await acts.end(desk.house, asker, series_id, day, expected_fee_cents)
    if isinstance(done, Ended):
        desk.heads.poke()
        return await as_it_stands(desk, request, asker, series_id)
    return await _not_done(desk, request, asker, series_id, done)


async def _not_done(
    desk: Desk, request: Request, asker: Asker, series_id: str, no: CancelTerms | EndTerms | No
) -> Response:
    where = await _where(desk, request, asker, series_id)
    if isinstance(no, No):
        return series_refused(where, no)
    more = {"fee_cents": no.fee_cents}
    return told(request, 409, ApiCode.FEE_CHANGED, more=more, site=where.site)


async def _where(desk: Desk, request: Request, asker: Asker, series_id: str) -> Where:
    found = await desk.house.ledger.read(lambda reader: find_series(reader, asker, series_id))
    site = NOWHERE if isinstance(found, No) else found.case.place.site
    return Where(request, site, desk.house.clock())
