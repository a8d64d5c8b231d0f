"""The front page: the sites of the house, or the only one of them."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sync_server.web.page import page
from sync_server.web.places import places_of

router: Final = APIRouter(include_in_schema=False)


@router.get("/")
async def front(request: Request) -> Response:
    places = await places_of(request)
    if len(places) == 1:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(places[0].url + query, 303)
    return page(request, "front.html", places=places)
