"""The own page of a pass: the code to hold up, what it is for, and what can be done with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.booking import BookingStatus, PayBy
from domain.money import Money
from domain.passes import GrantKind, Pass
from ledger.reader import Reader
from paper.qr import qr_png
from sync_server.api.desk import desk_of
from sync_server.links import pass_of_token
from sync_server.mail.invite import EntryWords, Published, calendar_entry
from sync_server.mail.letter import Occasion, occasion_of
from sync_server.mail.words import spaced
from sync_server.use_cases.booking.here import is_asked_for
from sync_server.use_cases.pass_view import BookingView, PassView, view_pass
from sync_server.web.page import Voice, page, voice_of
from sync_server.web.places import Place
from wording import until_when

router: Final = APIRouter(include_in_schema=False)
DOOR_FIRST: Final = timedelta(hours=2)
"""So long before it opens, the door is what people come to the page for."""

_ENDED: Final = {
    BookingStatus.WISHED: ("pass.wished", "pass.wished.rest"),
    BookingStatus.CANCELLED: ("pass.cancelled", "pass.book_again"),
    BookingStatus.RELEASED: ("pass.released", "pass.released.rest"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page leads with: the field's colour, the big clause and the second line.

    `stands`: the code opens something, now or later.
    """

    kind: str
    big: str
    rest: str
    stands: bool
    door_first: bool = False


@router.get("/b/{token}")
async def pass_page(request: Request, token: str) -> Response:
    view = await _view(request, token)
    place = Place(view.site_id, view.site)
    voice = voice_of(request, place)
    now = desk_of(request).house.clock()
    return page(
        request,
        "pass.html",
        place=place,
        token=token,
        view=view,
        shown=_shown(view, voice, now),
        short_code=spaced(view.short_code),
        terms=_cancel_words(view.booking, voice, now) if view.booking else "",
        done=_done(request, view),
        say_here=await _says_here(request, view),
        pays_here=bool(desk_of(request).house.settings.payments),
        price=_price(view),
        price_kind=_price_kind(view),
        **_ways(view, voice),
    )


def _done(request: Request, view: PassView) -> str:
    """What was just done, as the code of its sentence; empty: nothing."""
    came = view.booking is not None and view.booking.booking.claimed_at is not None
    told = {"kept": "keep.done", "changed": "change.done", "here": "pass.here.done" if came else ""}
    return next((code for name, code in told.items() if request.query_params.get(name)), "")


async def _says_here(request: Request, view: PassView) -> bool:
    """Whether "I'm here" is asked for: of the host, where nothing else would tell."""
    if view.booking is None or view.kind is not GrantKind.BOOKING:
        return False
    house, booking_id = desk_of(request).house, view.booking.id
    now = house.clock()
    return await house.ledger.read(lambda reader: is_asked_for(reader, booking_id, now))


@router.get("/b/{token}/code.png")
async def code(request: Request, token: str) -> Response:
    """The QR as a picture to keep."""
    view = await _view(request, token)
    headers = {"content-disposition": 'inline; filename="foyer-code.png"'}
    return Response(qr_png(view.code), headers=headers, media_type="image/png")


@router.get("/b/{token}/booking.ics")
async def calendar(request: Request, token: str) -> Response:
    """The booking for a calendar."""
    view = await _view(request, token)
    house = desk_of(request).house

    def look(reader: Reader) -> Occasion | None:
        issued = reader.full("pass", view.pass_id, Pass)
        return occasion_of(reader, issued) if issued else None

    occasion = await house.ledger.read(look)
    if occasion is None:
        raise HTTPException(404)
    place = Place(view.site_id, view.site)
    voice = voice_of(request, place)
    words = EntryWords(view.site.name, _yours(view, voice), voice.language)
    published = Published(house.clock(), house.settings.mail_from)
    headers = {"content-disposition": 'attachment; filename="booking.ics"'}
    entry = calendar_entry(occasion, words, published)
    return Response(entry, headers=headers, media_type="text/calendar")


async def _view(request: Request, token: str) -> PassView:
    """Raises 404 for an address that is no pass's own, and once the pass is revoked."""
    house = desk_of(request).house
    pass_id = pass_of_token(house.keys, token)
    now = house.clock()
    view = (
        await house.ledger.read(lambda reader: view_pass(reader, house.keys, pass_id, now))
        if pass_id
        else None
    )
    if view is None:
        raise HTTPException(404)
    return view


def _shown(view: PassView, voice: Voice, now: datetime) -> Shown:
    if view.booking is not None:
        return _of_booking(view, view.booking, voice, now)
    if view.kind is GrantKind.DAY_PASS and view.day_pass and view.day:
        if view.day_pass.cancelled:
            return Shown("later", voice.say("pass.cancelled"), voice.say("pass.book_again"), False)
        big = _named("pass.day", view, voice, day=view.day)
        return Shown("welcome", big, voice.say("pass.day.rest", site=view.site.name), True)
    big = _named("pass.member", view, voice)
    return Shown("welcome", big, voice.say("pass.member.rest"), True)


def _of_booking(view: PassView, about: BookingView, voice: Voice, now: datetime) -> Shown:
    booking = about.booking
    match booking.status:
        case BookingStatus.WISHED:
            return Shown("later", voice.say("pass.wished"), voice.say("pass.wished.rest"), False)
        case BookingStatus.CANCELLED:
            return Shown("later", voice.say("pass.cancelled"), voice.say("pass.book_again"), False)
        case BookingStatus.RELEASED:
            return Shown(
                "later", voice.say("pass.released"), voice.say("pass.released.rest"), False
            )
    if booking.ends <= now:
        return Shown("later", voice.say("pass.over"), voice.say("pass.book_again"), False)
    if not booking.paid:
        amount = Money(booking.amount_cents, view.site.currency)
        rest = voice.say("pass.unpaid.rest", amount=amount)
        return Shown("later", voice.say("pass.unpaid"), f"{_yours(view, voice)} {rest}", True)
    soon = about.opens - DOOR_FIRST <= now
    if booking.starts <= now:
        big = _named("pass.running", view, voice, ends=booking.ends)
    else:
        big = _named("pass.coming", view, voice, starts=booking.starts)
    return Shown("welcome", big, _yours(view, voice), True, soon)


def _named(code: str, view: PassView, voice: Voice, **params: object) -> str:
    """A greeting with the first name, where the house knows one."""
    if view.name:
        return voice.say(f"{code}.name", name=view.name, **params)
    return voice.say(code, **params)


def _yours(view: PassView, voice: Voice) -> str:
    """What is booked, when and where."""
    assert view.booking is not None
    booking, resource = view.booking.booking, view.booking.resource
    there = voice.words(resource.place) if resource.place else ""
    where = voice.say("welcome.where", where=there) if there else ""
    day = voice.local_day(booking.starts)
    return voice.say(
        "mail.booking.lead",
        place=resource.name,
        day=day,
        starts=booking.starts,
        ends=booking.ends,
        where=where,
    )


def _cancel_words(about: BookingView, voice: Voice, now: datetime) -> str:
    """What calling it off would cost, said beforehand."""
    if about.free_until is not None and about.free_until > now:
        until = until_when(about.free_until, now, voice.zone, voice.locale)
        return voice.say("pass.cancel.free", until=until)
    if about.fee_cents:
        return voice.say("pass.cancel.fee", amount=Money(about.fee_cents))
    return voice.say("pass.cancel.now_free")


def _price(view: PassView) -> Money | None:
    booking = view.booking.booking if view.booking else None
    return Money(booking.amount_cents, view.site.currency) if booking else None


def _price_kind(view: PassView) -> str:
    """How the price is settled, as the end of its sentence's code."""
    booking = view.booking.booking if view.booking else None
    if booking is None:
        return PayBy.NOTHING.value
    later = booking.pay_by in (PayBy.LINK, PayBy.DESK)
    if not booking.paid:
        return booking.pay_by.value if later else PayBy.LINK.value
    return "paid" if later else booking.pay_by.value


def _ways(view: PassView, voice: Voice) -> dict[str, Any]:
    """How to get there."""
    resource = view.booking.resource if view.booking else None
    steps = (
        [words for step in resource.way if (words := voice.words(step.words))] if resource else []
    )
    if resource and resource.key_at_desk:
        steps.append(voice.say("way.key"))
    place = voice.words(resource.place) if resource and resource.place else ""
    return {"way": steps, "where": place}
