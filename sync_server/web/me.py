"""The member's own page, and what can be done on it."""

from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.rates import TooOften
from domain.subjects import HOUSE
from sync_server.api.desk import desk_of
from sync_server.api.languages import KNOWN
from sync_server.asking.members import signed_in
from sync_server.asking.next_page import HOME
from sync_server.use_cases.lost_phone import carried_by, replace_codes
from sync_server.use_cases.mail_language import set_mail_language
from sync_server.use_cases.member_page import read_member
from sync_server.use_cases.series.listing import series_of_person
from sync_server.web.home import home_of
from sync_server.web.own_words import OwnWords
from sync_server.web.page import page, voice_of
from sync_server.web.waiting import come_back_later

router: Final = APIRouter(include_in_schema=False)
_TOLD: Final = ("lost", "ended")


@router.get("/me")
async def me(request: Request, told: str = "") -> Response:
    who = await signed_in(request)
    if isinstance(who, Response):
        return who
    house = desk_of(request).house
    now = house.clock()
    found, repeated = await house.ledger.read(
        lambda reader: (
            read_member(reader, who.person_id, now),
            series_of_person(reader, who.person_id, now),
        )
    )
    place = await home_of(request)
    words = OwnWords(voice_of(request, place), house.keys, now)
    values: dict[str, Any] = {
        "found": found,
        "told": told if told in _TOLD else "",
        "lead": words.lead(found),
        "coming": [words.booking(each) for each in found.coming],
        "past": [words.booking(each) for each in found.past],
        "series": [words.of_series(each) for each in repeated],
        "days": [words.of_day(each) for each in found.days],
        "plan": words.plan(found.plan) if found.plan else (),
        "code": words.address(found.pass_id),
    }
    return page(request, "me.html", place=place, **values)


@router.post("/me/lost-phone")
async def lost_phone(request: Request) -> Response:
    """Whatever code it carried is replaced; what is signed in elsewhere is so no more."""
    who = await signed_in(request)
    if isinstance(who, Response):
        return who
    desk, now = desk_of(request), desk_of(request).house.clock()
    ledger, keys = desk.house.ledger, desk.house.keys
    carried = await ledger.read(lambda reader: carried_by(reader, who.person_id, now))
    streams = sorted({HOUSE, *(each.stream for each in carried)})
    wait = await ledger.work(
        streams,
        lambda unit: replace_codes(unit, keys, who.person_id, who.session_id, carried),
    )
    desk.heads.poke()
    if isinstance(wait, TooOften):
        return come_back_later(request, await home_of(request), wait, now)
    return RedirectResponse(f"{HOME}?told=lost", 303)


@router.post("/me/sessions/end")
async def end_sessions(request: Request) -> Response:
    """All but the one that asks."""
    who = await signed_in(request)
    if isinstance(who, Response):
        return who
    ledger = desk_of(request).house.ledger
    await ledger.work([], lambda unit: unit.end_web_sessions_of(who.person_id, but=who.session_id))
    return RedirectResponse(f"{HOME}?told=ended", 303)


@router.post("/me/language")
async def language(request: Request) -> Response:
    """Of mails, and of this page with them."""
    who = await signed_in(request)
    if isinstance(who, Response):
        return who
    async with request.form() as form:
        wanted = str(form.get("language", ""))
    if wanted not in KNOWN:
        return RedirectResponse(HOME, 303)
    await desk_of(request).house.ledger.work(
        [HOUSE], lambda unit: set_mail_language(unit, who.person_id, wanted)
    )
    return RedirectResponse(f"{HOME}?lang={wanted}", 303)
