"""The member's own page, and what can be done on it."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sync_server.api.desk import desk_of
from sync_server.asking.members import signed_in
from sync_server.asking.next_page import HOME
from sync_server.use_cases.member_page import read_member
from sync_server.web.home import home_of
from sync_server.web.page import page

router: Final = APIRouter(include_in_schema=False)


@router.get("/me")
async def me(request: Request) -> Response:
    who = await signed_in(request)
    if isinstance(who, Response):
        return who
    house = desk_of(request).house
    now = house.clock()
    found = await house.ledger.read(lambda reader: read_member(reader, who.person_id, now))
    place = await home_of(request)
    return page(request, "me.html", place=place, found=found, session_id=who.session_id)


@router.post("/me/sessions/end")
async def end_sessions(request: Request) -> Response:
    """All but the one that asks."""
    who = await signed_in(request)
    if isinstance(who, Response):
        return who
    ledger = desk_of(request).house.ledger
    await ledger.work([], lambda unit: unit.end_web_sessions_of(who.person_id, but=who.session_id))
    return RedirectResponse(HOME, 303)
