"""GET /api/v1/availability: what of a day is free, taken, closed or gone by."""

from collections.abc import Callable
from datetime import datetime
from functools import cache, partial
from typing import Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.availability import Run
from sync_server.api.answers import AvailabilityAnswer, ResourceDay, RunAnswer
from sync_server.api.asking import site_meant, who_asks
from sync_server.api.codes import ApiCode
from sync_server.api.dates import DateQuery, day_meant
from sync_server.api.described import answered, refused, secured
from sync_server.api.desk import desk_of
from sync_server.api.problems import CanonicalResponse
from sync_server.api.resources import ResourceQuery, SiteQuery
from sync_server.api.told import told
from sync_server.use_cases.booking import day as days
from sync_server.use_cases.booking.outcomes import No

router: Final = APIRouter(prefix="/api/v1", tags=["booking"])


@router.get(
    "/availability",
    summary="What of a day is free, for whoever asks",
    description="Of all resources of a site, or of one. The runs of a resource cover the whole "
    "local day without gaps; `free` can be booked as shown, buffers are taken off already.",
    responses=answered(200, "The day of each resource", AvailabilityAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            404: (ApiCode.UNKNOWN_SITE, ApiCode.UNKNOWN_RESOURCE),
            422: (ApiCode.WHICH_SITE, ApiCode.BAD_DATE, ApiCode.BAD_REQUEST),
        }
    ),
    openapi_extra=secured(needed=False),
)
async def availability(
    request: Request,
    date: DateQuery,
    site: SiteQuery = None,
    resource: ResourceQuery = None,
) -> Response:
    desk = desk_of(request)
    asker = await who_asks(desk, request)
    if isinstance(asker, Response):
        return asker
    if (day := day_meant(date)) is None:
        return told(request, 422, ApiCode.BAD_DATE)
    site_id = None
    if site is not None or resource is None:
        meant = await site_meant(desk, request, site)
        if isinstance(meant, Response):
            return meant
        site_id = meant[0]
    now, ledger = desk.house.clock(), desk.house.ledger
    if resource is None:
        assert site_id is not None, "asked for above"
        here = site_id
        view = await ledger.read(lambda reader: days.read_site_day(reader, here, day, asker, now))
    else:
        found = await ledger.read(
            lambda reader: days.read_resource_days(reader, resource, (day, 1), asker, now)
        )
        view = found if isinstance(found, No) else found[0]
    if isinstance(view, No) or site_id not in (None, view.site_id):
        missing = ApiCode.UNKNOWN_SITE if view is No.UNKNOWN_SITE else ApiCode.UNKNOWN_RESOURCE
        return told(request, 404, missing)
    return CanonicalResponse(_answer(view))


def _answer(view: days.DayView) -> AvailabilityAnswer:
    # The runs of all resources meet at the same few instants.
    local = cache(partial(datetime.astimezone, tz=ZoneInfo(view.site.zone)))
    return AvailabilityAnswer(
        site=view.site_id,
        date=view.day,
        zone=view.site.zone,
        resources=[
            ResourceDay(
                id=each.resource_id,
                name=each.resource.name,
                may_book=each.may_book,
                from_cents=each.from_cents,
                runs=[_run(run, local) for run in each.runs],
            )
            for each in view.resources
        ],
    )


def _run(run: Run, local: Callable[[datetime], datetime]) -> RunAnswer:
    window = run.window
    return RunAnswer(run.kind, local(window.start), local(window.end), run.free_units)
