"""The public page of a site: what is free, and where it is."""

from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sync_server.web.page import page
from sync_server.web.places import place_at

router: Final = APIRouter(include_in_schema=False)


@router.get("/s/{slug}")
async def site_page(request: Request, slug: str) -> Response:
    place = await place_at(request, slug)
    if place is None:
        raise HTTPException(404)
    return page(request, "site.html", place=place)
