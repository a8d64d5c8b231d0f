"""GET /office/usage: how a site is used, for its staff; every figure opens its events."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.calendar import local_date
from domain.usage import Figure
from ledger.reader import Reader
from sync_server.api.desk import desk_of
from sync_server.use_cases.usage.csv_text import usage_csv
from sync_server.use_cases.usage.events import events_behind
from sync_server.use_cases.usage.read_usage import UsageRow, read_usage
from sync_server.web.office.asked import AskedUsage, asked_usage
from sync_server.web.office.event_words import EventShown, events_shown
from sync_server.web.office.staff import staffed
from sync_server.web.office.usage_words import usage_shown
from sync_server.web.page import page, voice_of
from sync_server.web.places import Place
from sync_server.web.problems import answer

router: Final = APIRouter(include_in_schema=False)


@router.get("/office/usage")
async def usage(request: Request) -> Response:
    found = await _asked(request)
    if isinstance(found, Response):
        return found
    asked, places = found
    voice = voice_of(request, asked.place)
    rows = await _rows(request, asked)
    return page(
        request,
        "office/usage.html",
        place=asked.place,
        places=places,
        asked=asked,
        shown=usage_shown(asked, rows, voice),
    )


@router.get("/office/usage.csv")
async def usage_table(request: Request) -> Response:
    """The same as a table to keep."""
    found = await _asked(request)
    if isinstance(found, Response):
        return found
    asked, _ = found
    days = asked.days
    text = usage_csv(await _rows(request, asked), asked.place.site.currency)
    name = f"{asked.place.slug}-{days.first}-{days.last}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="text/csv", headers=headers)


@router.get("/office/usage/events")
async def usage_events(request: Request, figure: str = "") -> Response:
    """Everything that a figure comes from."""
    found = await _asked(request)
    if isinstance(found, Response):
        return found
    asked, _ = found
    if figure not in list(Figure) or asked.days.resource_id is None:
        return answer(request, 404)
    voice = voice_of(request, asked.place)

    def look(reader: Reader) -> tuple[list[EventShown], list[UsageRow]]:
        behind = events_behind(reader, asked.days, Figure(figure)) or []
        return events_shown(reader, behind, voice), read_usage(reader, asked.days) or []

    events, rows = await desk_of(request).house.ledger.read(look)
    name = rows[-1].name if rows else asked.days.resource_id
    return page(
        request,
        "office/events.html",
        place=asked.place,
        asked=asked,
        figure=figure,
        name=name,
        events=events,
    )


async def _rows(request: Request, asked: AskedUsage) -> list[UsageRow]:
    ledger = desk_of(request).house.ledger
    return await ledger.read(lambda reader: read_usage(reader, asked.days)) or []


async def _asked(request: Request) -> tuple[AskedUsage, list[Place]] | Response:
    """What is asked for, by staff of the site that it is about."""
    places = await staffed(request)
    if isinstance(places, Response):
        return places
    now = desk_of(request).house.clock()
    today = local_date(now, places[0].site.zone)
    asked = asked_usage(request.query_params, places, today)
    return (asked, places) if asked else answer(request, 403)
