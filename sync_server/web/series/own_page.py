"""A member's series: every date, skipped or added again, and the end of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.calendar import local_date
from domain.money import Money
from ledger.reader import Reader
from sync_server.api.dates import day_meant
from sync_server.api.desk import desk_of
from sync_server.asking.members import signed_in
from sync_server.links import pass_token
from sync_server.use_cases.asker import Member
from sync_server.use_cases.booking.drafting import Draft
from sync_server.use_cases.booking.making import newest_pass
from sync_server.use_cases.booking.outcomes import Booked, Cancelled, No
from sync_server.use_cases.series import acts
from sync_server.use_cases.series.change import Ended
from sync_server.use_cases.series.standing import DayView, SeriesView, read_series
from sync_server.web.page import Voice, page, voice_of
from sync_server.web.places import Place
from sync_server.web.series.words import time_of, title_of, why_not

router: Final = APIRouter(include_in_schema=False, prefix="/me/series/{series_id}")
_TOLD: Final = ("made", "skipped", "added", "ended", "fee", "not")


@dataclass(frozen=True, slots=True)
class OwnDate:
    """One date as its row shows it; `skip` and `add` are what the buttons say, if any."""

    value: str
    title: str
    fact: str
    url: str = ""
    badge: str = ""
    skip: str = ""
    fee_cents: int = 0
    add: str = ""


@dataclass(frozen=True, slots=True)
class Mine:
    """A series of whoever is signed in, with the tokens of its passes by booking."""

    member: Member
    view: SeriesView
    tokens: dict[str, str]

    @property
    def place(self) -> Place:
        return Place(self.view.place.site_id, self.view.place.site)

    @property
    def url(self) -> str:
        return f"/me/series/{self.view.found.series_id}"


@router.get("")
async def series_page(request: Request, series_id: str, told: str = "") -> Response:
    mine = await _mine(request, series_id)
    if isinstance(mine, Response):
        return mine
    voice, now = voice_of(request, mine.place), desk_of(request).house.clock()
    rows = [_row(mine, each, voice, now) for each in mine.view.days]
    return page(
        request,
        "series/own.html",
        place=mine.place,
        url=mine.url,
        name=mine.view.place.resource.name,
        time=next((time_of(each.slot, voice) for each in mine.view.days if each.slot), ""),
        rows=rows,
        standing=sum(1 for each in mine.view.days if each.stands),
        can_end=any(each.skip for each in rows),
        told=told if told in _TOLD else "",
    )


@router.post("/skip")
async def skip(request: Request, series_id: str) -> Response:
    """One date off, at the fee its button showed."""
    who, day, fee = await _posted(request)
    if isinstance(who, Response):
        return who
    if day is None or fee is None:
        return _back(series_id)
    done = await acts.skip(desk_of(request).house, who, series_id, day, fee)
    return _told(request, series_id, "skipped" if isinstance(done, Cancelled) else "fee", done)


@router.post("/add-again")
async def add_again(request: Request, series_id: str) -> Response:
    who, day, _ = await _posted(request)
    if isinstance(who, Response):
        return who
    if day is None:
        return _back(series_id)
    done = await acts.add_again(desk_of(request).house, who, series_id, day)
    return _told(request, series_id, "added" if isinstance(done, Booked) else "not", done)


@router.get("/end")
async def end_page(request: Request, series_id: str) -> Response:
    """What ending costs from which date on, before anything ends."""
    mine = await _mine(request, series_id)
    if isinstance(mine, Response):
        return mine
    house, voice = desk_of(request).house, voice_of(request, mine.place)
    days = [each.day for each in mine.view.days if each.terms]
    if not days:
        return RedirectResponse(mine.url, 303)
    asked = day_meant(request.query_params.get("from", "")) or days[0]
    terms = await acts.end_terms(house, mine.member, series_id, asked)
    if isinstance(terms, No):
        return RedirectResponse(mine.url, 303)
    return page(
        request,
        "series/end.html",
        place=mine.place,
        url=mine.url,
        name=mine.view.place.resource.name,
        days=[(each.isoformat(), title_of(each, voice)) for each in days],
        first=asked.isoformat(),
        count=len(terms.days),
        fee=Money(terms.fee_cents, terms.currency),
        refund=Money(terms.refund_cents, terms.currency) if terms.refund_cents else None,
        changed=request.query_params.get("told") == "fee",
    )


@router.post("/end")
async def end(request: Request, series_id: str) -> Response:
    who, day, fee = await _posted(request)
    if isinstance(who, Response):
        return who
    if day is None or fee is None:
        return _back(series_id)
    done = await acts.end(desk_of(request).house, who, series_id, day, fee)
    if isinstance(done, Ended | No):
        return _told(request, series_id, "ended", done)
    return RedirectResponse(f"/me/series/{series_id}/end?from={day.isoformat()}&told=fee", 303)


async def _mine(request: Request, series_id: str) -> Mine | Response:
    """Raises 404 for what is none of theirs."""
    who = await signed_in(request)
    if isinstance(who, Response):
        return who
    house, member = desk_of(request).house, Member(who.person_id)
    now = house.clock()

    def look(reader: Reader) -> Mine | None:
        view = read_series(reader, member, series_id, now)
        if isinstance(view, No):
            return None
        ids = [each.booking_id for each in view.days if each.stands]
        passes = {id_: newest_pass(reader, id_) for id_ in ids}
        tokens = {id_: pass_token(house.keys, each) for id_, each in passes.items() if each}
        return Mine(member, view, tokens)

    mine = await house.ledger.read(look)
    if mine is None:
        raise HTTPException(404)
    return mine


def _row(mine: Mine, each: DayView, voice: Voice, now: datetime) -> OwnDate:
    currency = mine.place.site.currency
    title, value = voice.day_short(each.day), each.day.isoformat()
    if each.stands:
        token = mine.tokens.get(each.booking_id, "")
        fee = each.terms.fee_cents if each.terms else 0
        amount = Money(fee, currency)
        say_skip = voice.say("series.skip.fee", amount=amount) if fee else voice.say("series.skip")
        return OwnDate(
            value,
            title,
            time_of(each.slot, voice),
            url=f"/b/{token}" if token else "",
            badge="" if token else voice.say("me.wished"),
            skip=say_skip if each.terms else "",
            fee_cents=fee,
        )
    if each.ahead is None:
        code = "series.past" if local_date(now, voice.zone) >= each.day else "series.over"
        return OwnDate(value, title, "", badge=voice.say(code))
    if not isinstance(each.ahead.outcome, Draft):
        return OwnDate(value, title, why_not(each.ahead, voice, now))
    cents = each.ahead.cents
    add = voice.say("series.add.price", amount=Money(cents, currency)) if cents else ""
    skipped = voice.say("series.skipped")
    return OwnDate(value, title, skipped, add=add or voice.say("series.add"))


async def _posted(request: Request) -> tuple[Member | Response, date | None, int | None]:
    """Who sent the form, for which date, at which fee."""
    who = await signed_in(request)
    if isinstance(who, Response):
        return who, None, None
    async with request.form() as form:
        day, fee = str(form.get("day", "")), str(form.get("fee", ""))
    good = fee.isascii() and fee.isdigit() and len(fee) < 15
    return Member(who.person_id), day_meant(day), int(fee) if good else None


def _back(series_id: str, told: str = "") -> Response:
    return RedirectResponse(f"/me/series/{series_id}{'?told=' * bool(told)}{told}", 303)


def _told(request: Request, series_id: str, told: str, done: object) -> Response:
    """Raises 404 for what is none of theirs."""
    if done is No.UNKNOWN_SERIES:
        raise HTTPException(404)
    desk_of(request).heads.poke()
    return _back(series_id, told)
