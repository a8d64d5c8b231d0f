"""Imprint, terms and what else the law wants to be found: the operator's own texts."""

from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sync_server.api.languages import in_language
from sync_server.web.page import page, voice_of
from sync_server.web.places import Place, place_at, places_of

router: Final = APIRouter(include_in_schema=False)
PAGES: Final = ("imprint", "terms", "privacy", "withdrawal", "cancellation")
IN_FOOTER: Final = ("imprint", "terms", "privacy", "withdrawal", "cancellation")


@router.get("/legal/{name}")
async def legal(request: Request, name: str, site: str = "") -> Response:
    """One of PAGES; of the site that is asked for, else of the first that has such a text."""
    if name not in PAGES:
        raise HTTPException(404)
    place = await place_at(request, site) if site else await _first_with(request, name)
    text = ""
    if place:
        words = place.site.texts.get(name, {})
        text = in_language(words, voice_of(request, place).locale)
    return page(request, "legal.html", place=place, name=name, text=text)


async def _first_with(request: Request, name: str) -> Place | None:
    places = await places_of(request)
    with_text = (place for place in places if place.site.texts.get(name))
    return next(with_text, places[0] if len(places) == 1 else None)
