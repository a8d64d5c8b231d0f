"""GET /s/SITE: a day of the site, as its address asks for it."""

from functools import partial
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.calendar import local_date
from ledger.reader import Reader
from sync_server.api.desk import desk_of
from sync_server.asking.visits import asker_of_browser
from sync_server.web.page import page, voice_of
from sync_server.web.places import Place, place_at
from sync_server.web.site.asked import told, wanted_of
from sync_server.web.site.day_passes import day_passes_in_words
from sync_server.web.site.pictures import floor_plan_of, picture_url
from sync_server.web.site.reading import look_of
from sync_server.web.site.view import SiteView, site_view, week_after, week_before
from sync_server.web.site.words import day_in_words, end_clock, open_in_words
from sync_server.web.static import asset

router: Final = APIRouter(include_in_schema=False)


@router.get("/s/{slug}")
async def site_page(request: Request, slug: str) -> Response:
    place = await place_at(request, slug)
    if place is None:
        raise HTTPException(404)
    house = desk_of(request).house
    now, voice = house.clock(), voice_of(request, place)
    wanted = wanted_of(request.query_params, local_date(now, place.site.zone), place.site.zone)
    asker = await asker_of_browser(request)

    def look(reader: Reader) -> tuple[SiteView, str]:
        view = site_view(look_of(reader, place, asker, now), wanted, voice)
        return view, day_passes_in_words(reader, place, wanted.day, now, voice)

    view, day_passes = await house.ledger.read(look)
    return page(
        request,
        "site.html",
        place=place,
        view=view,
        day_passes=day_passes,
        wanted=wanted,
        before=week_before(wanted),
        after=week_after(wanted),
        picture=_picture(place),
        floor_plan=await floor_plan_of(house, place),
        open_words=open_in_words(place.site, now, voice),
        day_words=day_in_words(wanted.day, wanted.today, voice),
        told=told,
        end_clock=partial(end_clock, voice=voice),
    )


def _picture(place: Place) -> str:
    """The operator's first photo, else the drawing of a lobby."""
    return picture_url(place, place.site.photos[0]) if place.site.photos else asset("lobby.svg")
