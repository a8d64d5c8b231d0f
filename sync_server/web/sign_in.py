"""Signing in by mail link, and out."""

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.mail_address import is_mail
from domain.rates import TooOften
from ledger.reader import Reader
from sync_server.api.desk import desk_of
from sync_server.asking.clients import client_of
from sync_server.asking.next_page import next_page
from sync_server.asking.visits import visit_of
from sync_server.use_cases.names import display_name
from sync_server.use_cases.signing_in import (
    LINK_LIFE,
    LinkWish,
    ask_for_link,
    link_of,
    use_link,
    whom_to_sign_in,
)
from sync_server.web.home import home_of
from sync_server.web.page import page, voice_of
from sync_server.web.waiting import come_back_later

router: Final = APIRouter(include_in_schema=False)
_MINUTES: Final = int(LINK_LIFE.total_seconds()) // 60


@router.get("/sign-in")
async def sign_in_page(request: Request) -> Response:
    goes_to = next_page(request.query_params.get("next"))
    session = await visit_of(request).session()
    if session and session.person_id:
        return RedirectResponse(goes_to, 303)
    return await _asking(request, {"next": goes_to})


@router.post("/sign-in")
async def ask_for_a_link(request: Request) -> Response:
    """The same page whoever has the address: whether it is known is nobody's business."""
    house = desk_of(request).house
    async with request.form() as form:
        mail, goes_to = str(form.get("mail", "")).strip(), next_page(str(form.get("next", "")))
    place = await home_of(request)
    if not is_mail(mail):
        return await _asking(request, {"mail": mail, "next": goes_to, "problem": True})
    wish = LinkWish(mail, client_of(request), voice_of(request, place).locale, goes_to)
    wait = await house.ledger.work([], lambda unit: ask_for_link(unit, house.keys, wish))
    if isinstance(wait, TooOften):
        return come_back_later(request, place, wait, house.clock())
    return page(request, "sign_in_sent.html", place=place, mail=mail, minutes=_MINUTES)


@router.get("/sign-in/{token}")
async def link_page(request: Request, token: str) -> Response:
    """A button: mail scanners open links, but they press nothing."""
    house = desk_of(request).house
    now = house.clock()

    def look(reader: Reader) -> str | None:
        link = link_of(reader, token, now)
        person_id = whom_to_sign_in(reader, link.person_id) if link else None
        card = reader.card(person_id) if person_id else None
        return display_name(card.name) if card else None

    name = await house.ledger.read(look)
    if name is None:
        return await _over(request)
    return page(request, "sign_in_link.html", place=await home_of(request), name=name, token=token)


@router.post("/sign-in/{token}")
async def sign_in(request: Request, token: str) -> Response:
    used = await desk_of(request).house.ledger.work([], lambda unit: use_link(unit, token))
    if used is None:
        return await _over(request)
    person_id, goes_to = used
    await visit_of(request).sign_in(person_id)
    return RedirectResponse(goes_to, 303)


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    await visit_of(request).sign_out()
    return RedirectResponse("/", 303)


async def _asking(request: Request, values: Mapping[str, object]) -> Response:
    known = {"mail": "", "problem": False, "over": False, **values}
    status = 422 if known["problem"] else 404 if known["over"] else 200
    return page(request, "sign_in.html", place=await home_of(request), status=status, **known)


async def _over(request: Request) -> Response:
    return await _asking(request, {"next": next_page(None), "over": True})
