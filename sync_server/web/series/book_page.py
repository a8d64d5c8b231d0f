"""The page that repeats a slot: rhythm and end, every date looked at, and one order for all."""

import secrets
from dataclasses import dataclass, replace
from typing import Final

from fastapi import APIRouter
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.booking.series import MOST_DATES, SeriesProblem
from sync_server.api.desk import desk_of
from sync_server.asking.members import signed_in
from sync_server.use_cases.asker import Member
from sync_server.use_cases.booking.case import Place as Where
from sync_server.use_cases.booking.case import find_place
from sync_server.use_cases.booking.outcomes import No
from sync_server.use_cases.booking.requests import RequestKey
from sync_server.use_cases.series.acts import book_series, preview
from sync_server.use_cases.series.make import SeriesBooked
from sync_server.use_cases.series.preview import Preview
from sync_server.web.page import Voice, page, voice_of
from sync_server.web.places import Place, place_at
from sync_server.web.series.asked import RHYTHMS, AskedSeries, read_series
from sync_server.web.series.words import rows_of, summary_of_series, time_of

router: Final = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Repeated:
    """What a member wants to repeat, and where."""

    place: Place
    where: Where
    asked: AskedSeries
    member: Member


@router.get("/s/{slug}/series")
async def series_page(request: Request, slug: str, new: str = "") -> Response:
    """Every date with its price, or why not; nothing is kept by looking."""
    repeated = await _repeated(request, slug, request.query_params)
    return repeated if isinstance(repeated, Response) else await _page(request, repeated, new)


@router.post("/s/{slug}/series")
async def order(request: Request, slug: str) -> Response:
    """All ticked dates that can be had; where they cost more than shown, they are shown again."""
    async with request.form() as form:
        repeated = await _repeated(request, slug, form)
        key, expected = str(form.get("request", ""))[:64], str(form.get("expected", ""))
    if isinstance(repeated, Response):
        return repeated
    house, member, asked = desk_of(request).house, repeated.member, repeated.asked
    if not (expected.isascii() and expected.isdigit() and len(expected) < 15):
        return RedirectResponse(asked.url(repeated.place), 303)
    new = asked.new(repeated.where)
    scope, content = f"series-page:{member.person_id}", asked.content
    request_key = RequestKey(scope, key, content) if key else None
    whole = replace(new, expected_cents=int(expected), key=request_key)
    made = await book_series(house, member, member.person_id, whole)
    if isinstance(made, SeriesBooked):
        desk_of(request).heads.poke()
        return RedirectResponse(f"/me/series/{made.series_id}?told=made", 303)
    return RedirectResponse(f"{asked.url(repeated.place)}&new=yes", 303)


async def _repeated(
    request: Request, slug: str, values: QueryParams | FormData
) -> Repeated | Response:
    """Raises 404 for what is no slot of this site; who is not signed in is led there."""
    place = await place_at(request, slug)
    asked = read_series(values, place.site.zone) if place else None
    if place is None or asked is None:
        raise HTTPException(404)
    where = await desk_of(request).house.ledger.read(
        lambda reader: find_place(reader, asked.slot.resource_id)
    )
    if where is None or where.site_id != place.id:
        raise HTTPException(404)
    who = await signed_in(request)
    if isinstance(who, Response):
        return who
    return Repeated(place, where, asked, Member(who.person_id))


async def _page(request: Request, repeated: Repeated, new: str) -> Response:
    house, place, asked = desk_of(request).house, repeated.place, repeated.asked
    voice, now = voice_of(request, place), house.clock()
    member = repeated.member
    found = await preview(house, member, member.person_id, asked.new(repeated.where))
    shown = found if isinstance(found, Preview) else None
    return page(
        request,
        "series/book.html",
        place=place,
        status=200 if shown else 422,
        asked=asked,
        resource=repeated.where.resource,
        time=time_of(asked.slot.wish.slot, voice),
        rhythms=[(each, voice.say(f"series.rhythm.{each}")) for each in RHYTHMS],
        problem=_problem(found, voice),
        rows=rows_of(shown, place, voice, now) if shown else [],
        summary=summary_of_series(shown, voice) if shown else None,
        bookable=len(shown.bookable) if shown else 0,
        missing=len(shown.days) - len(shown.bookable) if shown else 0,
        total_cents=shown.total_cents if shown else 0,
        request_id=secrets.token_hex(16),
        asks_first=repeated.where.resource.terms.needs_approval,
        changed=bool(new),
    )


def _problem(found: Preview | SeriesProblem | No, voice: Voice) -> str:
    match found:
        case Preview():
            return ""
        case SeriesProblem():
            return voice.say(f"series.{found.value}", count=MOST_DATES)
        case _:
            return voice.say(f"book.no.{found.value}")
