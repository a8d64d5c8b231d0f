"""GET /api/v1/usage: how a site's resources are used, and the events behind each figure."""

from typing import Annotated, Final

import msgspec
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from domain.site import Site
from domain.usage import Figure
from sync_server.api.answers import (
    EventAnswer,
    EventsAnswer,
    UsageAnswer,
    UsageRowAnswer,
)
from sync_server.api.asking import site_meant, who_reads
from sync_server.api.codes import ApiCode
from sync_server.api.dates import day_meant
from sync_server.api.described import Responses, answered, refused, secured
from sync_server.api.desk import Desk, desk_of
from sync_server.api.problems import CanonicalResponse
from sync_server.api.resources import ResourceQuery, SiteQuery
from sync_server.api.told import told
from sync_server.use_cases.asker import sees_all_of
from sync_server.use_cases.usage.csv_text import usage_csv
from sync_server.use_cases.usage.events import events_behind
from sync_server.use_cases.usage.history import EventRow
from sync_server.use_cases.usage.read_usage import LONGEST_DAYS, Days, UsageRow, read_usage

router: Final = APIRouter(prefix="/api/v1/usage", tags=["usage"])
LONGEST_OF_ALL: Final = 31
"""Days of all resources at once; of one: LONGEST_DAYS."""
_DAY: Final = {"format": "date"}
First = Annotated[
    str, Query(alias="from", max_length=200, json_schema_extra=_DAY, description="As 2026-05-14.")
]
Last = Annotated[
    str, Query(alias="to", max_length=200, json_schema_extra=_DAY, description="Included.")
]
TheResource = Annotated[str, Query(max_length=200, alias="resource")]
_REFUSED: Final = refused(
    {
        401: (ApiCode.NO_TOKEN,),
        403: (ApiCode.FORBIDDEN,),
        404: (ApiCode.UNKNOWN_SITE, ApiCode.UNKNOWN_RESOURCE),
        422: (
            ApiCode.WHICH_SITE,
            ApiCode.BAD_DATE,
            ApiCode.TOO_MANY_DAYS,
            ApiCode.BAD_REQUEST,
        ),
    }
)


def _with_table(wished: Responses) -> Responses:
    """The wished answer, to be had as a table too."""
    table = {"text/csv": {"schema": {"type": "string"}}}
    return {status: each | {"content": each["content"] | table} for status, each in wished.items()}


@router.get(
    "",
    summary="Usage by resource and day",
    description="For `read` and `operate`: 31 days of all resources at most, a year of one. "
    "With `Accept: text/csv` as a table.",
    responses=_with_table(answered(200, "A row for each day and resource", UsageAnswer)) | _REFUSED,
    openapi_extra=secured(),
)
async def usage(
    request: Request,
    first: First,
    last: Last,
    site: SiteQuery = None,
    resource: ResourceQuery = None,
) -> Response:
    desk = desk_of(request)
    asked = await _days(desk, request, (first, last), (site, resource))
    if isinstance(asked, Response):
        return asked
    days, here = asked
    rows = await desk.house.ledger.read(lambda reader: read_usage(reader, days))
    if "text/csv" in request.headers.get("accept", ""):
        return _as_file(usage_csv(rows or (), here.currency), days)
    answer = UsageAnswer(
        days.site_id, here.zone, here.currency, [_row(each) for each in rows or ()]
    )
    return CanonicalResponse(answer)


@router.get(
    "/events",
    summary="The events behind a figure of one resource",
    responses=answered(200, "In the order of the log", EventsAnswer) | _REFUSED,
    openapi_extra=secured(),
)
async def events(
    request: Request,
    first: First,
    last: Last,
    resource: TheResource,
    figure: Figure,
    site: SiteQuery = None,
) -> Response:
    desk = desk_of(request)
    asked = await _days(desk, request, (first, last), (site, resource))
    if isinstance(asked, Response):
        return asked
    found = await desk.house.ledger.read(lambda reader: events_behind(reader, asked[0], figure))
    return CanonicalResponse(EventsAnswer([_event(each) for each in found or ()]))


async def _days(
    desk: Desk, request: Request, span: tuple[str, str], of: tuple[str | None, str | None]
) -> tuple[Days, Site] | Response:
    """The days meant, where whoever asks may see them."""
    asker = await who_reads(desk, request)
    if isinstance(asker, Response):
        return asker
    meant = await site_meant(desk, request, of[0])
    if isinstance(meant, Response):
        return meant
    site_id, site = meant
    if not sees_all_of(asker, site_id):
        return told(request, 403, ApiCode.FORBIDDEN)
    first, last = (day_meant(each) for each in span)
    if first is None or last is None or last < first:
        return told(request, 422, ApiCode.BAD_DATE)
    days = Days(site_id, first, last, of[1])
    if len(days) > (LONGEST_DAYS if of[1] is not None else LONGEST_OF_ALL):
        return told(request, 422, ApiCode.TOO_MANY_DAYS)
    return days, site


def _row(row: UsageRow) -> UsageRowAnswer:
    usage = row.usage
    return UsageRowAnswer(
        date=row.day,
        resource=row.resource_id,
        name=row.name,
        bookable_min=usage.bookable_min,
        booked_min=usage.booked_min,
        used_min=usage.used_min,
        no_shows=usage.no_shows,
        refused=usage.refused,
        taken=usage.taken,
        gross_cents=usage.gross_cents,
        net_cents=usage.net_cents,
    )


def _event(row: EventRow) -> EventAnswer:
    return EventAnswer(
        id=row.id,
        seq=row.seq,
        kind=row.kind,
        subject=row.subject,
        at=row.at,
        recorded_at=row.recorded_at,
        actor=row.actor,
        body=msgspec.json.decode(row.body),
    )


def _as_file(text: str, days: Days) -> Response:
    """As a file to keep."""
    name = f"usage-{days.first}-{days.last}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="text/csv", headers=headers)
