"""Guests of a booking: a pasted list, one pass to hand on, and who is invited."""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.booking import BookingStatus
from domain.guest_list import MOST_LETTERS, GuestList, read_guest_list
from domain.rates import INVITED, TooOften, judge_tries
from sync_server.api.desk import desk_of
from sync_server.links import pass_token
from sync_server.use_cases.booking.changing import in_its_stream
from sync_server.use_cases.booking.here import say_here
from sync_server.use_cases.booking.invite import (
    Invited,
    invite_each,
    invite_party,
    read_invited,
    withdraw_invitation,
)
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import No
from sync_server.web.booking.own import Own, own_booking
from sync_server.web.booking.summary import when
from sync_server.web.page import page, voice_of
from sync_server.web.waiting import come_back_later

router: Final = APIRouter(include_in_schema=False)
MOST_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited, as the list shows them; `url` of a pass that is to be handed on."""

    id: str
    name: str
    mail: str
    party: int
    url: str


@router.get("/b/{token}/guests")
async def guests_page(request: Request, token: str, invited: str = "") -> Response:
    own = await _hosted(request, token)
    return await _page(request, own, told="guests.invited" if invited else "")


@router.post("/b/{token}/guests")
async def invite(request: Request, token: str) -> Response:
    """Whoever has an address is invited; what is no address stays to be looked at again."""
    async with request.form() as form:
        text = str(form.get("guests", ""))[:MOST_LETTERS]
    own = await _hosted(request, token)
    listed = read_guest_list(text)
    if not listed.guests:
        return await _page(request, own, text=text, problem="guests.none")
    if len(listed.guests) > MOST_AT_ONCE:
        return await _page(request, own, text=text, problem="guests.too_many_at_once")
    made = await _invited(request, own, listed)
    if isinstance(made, TooOften):
        return come_back_later(request, own.place, made, desk_of(request).house.clock())
    if isinstance(made, No):
        known = "guests.too_many" if made is No.TOO_MANY_GUESTS else "guests.none"
        return await _page(request, own, text=text, problem=known)
    desk_of(request).heads.poke()
    if listed.unread:
        rest = "\n".join(listed.unread)
        return await _page(request, own, text=rest, problem="guests.unread")
    return RedirectResponse(f"{own.url}/guests?invited=yes", 303)


@router.post("/b/{token}/guests/party")
async def party(request: Request, token: str) -> Response:
    """One pass for so many, that the host hands on."""
    async with request.form() as form:
        people = str(form.get("people", ""))
    own = await _hosted(request, token)
    count = int(people) if people.isascii() and people.isdigit() and len(people) < 4 else 0
    made = await in_its_stream(
        desk_of(request).house,
        own.by,
        own.booking_id,
        lambda making, _: invite_party(making, own.booking_id, count),
    )
    if isinstance(made, No):
        return await _page(request, own, party_problem="guests.too_many")
    desk_of(request).heads.poke()
    return RedirectResponse(f"{own.url}/guests?invited=yes", 303)


@router.post("/b/{token}/guests/withdraw")
async def withdraw(request: Request, token: str) -> Response:
    async with request.form() as form:
        invitation_id = str(form.get("invitation", ""))
    own = await _hosted(request, token)
    await in_its_stream(
        desk_of(request).house,
        own.by,
        own.booking_id,
        lambda making, _: withdraw_invitation(making, own.booking_id, invitation_id),
    )
    desk_of(request).heads.poke()
    return RedirectResponse(f"{own.url}/guests", 303)


@router.post("/b/{token}/here")
async def here(request: Request, token: str) -> Response:
    """ "I'm here": the booking is not released any more."""
    own = await own_booking(request, token)
    await in_its_stream(
        desk_of(request).house,
        own.by,
        own.booking_id,
        lambda making, _: say_here(making, own.booking_id),
    )
    desk_of(request).heads.poke()
    return RedirectResponse(f"{own.url}?here=yes", 303)


async def _invited(
    request: Request, own: Own, listed: GuestList
) -> tuple[Invited, ...] | No | TooOften:
    def work(making: Making, _: bool) -> tuple[Invited, ...] | No | TooOften:
        tries = making.unit.count_try(INVITED, own.booking_id)
        if wait := judge_tries((INVITED, tries)):
            return wait
        return invite_each(making, own.booking_id, listed.guests)

    house = desk_of(request).house
    return await in_its_stream(house, own.by, own.booking_id, work, of_house=True)


async def _hosted(request: Request, token: str) -> Own:
    """Raises 404 where nobody can be invited (any more)."""
    own = await own_booking(request, token)
    booking = own.found.booking
    over = booking.ends <= desk_of(request).house.clock()
    if over or booking.status is not BookingStatus.CONFIRMED:
        raise HTTPException(404)
    return own


async def _page(
    request: Request,
    own: Own,
    *,
    text: str = "",
    problem: str = "",
    party_problem: str = "",
    told: str = "",
) -> Response:
    house = desk_of(request).house
    voice = voice_of(request, own.place)
    there = await house.ledger.read(lambda reader: read_invited(reader, own.booking_id))
    return page(
        request,
        "booking/guests.html",
        place=own.place,
        status=422 if problem or party_problem else 200,
        own=own,
        name=own.found.case.place.resource.name,
        when=when(own.found.wish, voice),
        guests=[
            Guest(
                each.invitation_id,
                each.name,
                each.mail,
                each.party,
                f"/b/{pass_token(house.keys, each.pass_id)}"
                if each.pass_id and not each.mail
                else "",
            )
            for each in there
        ],
        text=text,
        problem=voice.say(problem, most=MOST_AT_ONCE) if problem else "",
        party_problem=voice.say(party_problem, most=MOST_AT_ONCE) if party_problem else "",
        told=told,
        most_letters=MOST_LETTERS,
    )
