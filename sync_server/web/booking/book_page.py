"""The page before a booking: what exactly, with what, and what it costs this person."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.add_on import AddOn
from domain.booking.alternatives import Alternative
from domain.booking.outcomes import NotBookable
from domain.money import Money
from domain.resource import Resource
from ledger.reader import Reader
from sync_server.api.desk import desk_of
from sync_server.asking.clients import client_of
from sync_server.asking.visits import asker_of_browser, visit_of
from sync_server.links import pass_token
from sync_server.use_cases.asker import Anyone, Member
from sync_server.use_cases.booking.acts import book
from sync_server.use_cases.booking.alternatives import with_alternatives
from sync_server.use_cases.booking.case import Place as Where
from sync_server.use_cases.booking.case import find_place
from sync_server.use_cases.booking.holding import hold
from sync_server.use_cases.booking.holds import Hold, Holder
from sync_server.use_cases.booking.outcomes import (
    Booked,
    No,
    NotMade,
    PriceChanged,
    SlotTaken,
)
from sync_server.use_cases.booking.price import Quoted, quote_slot
from sync_server.use_cases.booking.requests import NewBooking, RequestKey
from sync_server.web.booking.asked import ADD_ON, Asked, book_url, cents_in, read_asked
from sync_server.web.booking.summary import summary_of, when
from sync_server.web.page import Voice, page, voice_of
from sync_server.web.places import Place, place_at
from wording import not_bookable_sentence, split_message

router: Final = APIRouter(include_in_schema=False)
_MOST_IN_A_LIST: Final = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to book, and who they are."""

    place: Place
    asked: Asked
    where: Where
    asker: Anyone | Member

    @property
    def resource(self) -> Resource:
        return self.where.resource


@router.get("/s/{slug}/book")
async def book_page(request: Request, slug: str) -> Response:
    """The slot with its price for whoever asks, or why not and what instead."""
    wanted = await _wanted(request, slug, request.query_params)
    house = desk_of(request).house
    now = house.clock()

    def look(reader: Reader) -> Quoted | NotBookable | No:
        asked = wanted.asked
        return quote_slot(reader, wanted.asker, asked.resource_id, asked.wish, now)

    quoted = await house.ledger.read(look)
    if isinstance(quoted, Quoted) and not quoted.free:
        return await _refused(request, wanted, SlotTaken())
    if not isinstance(quoted, Quoted):
        return await _refused(request, wanted, quoted)
    return _page(request, wanted, quoted)


@router.post("/s/{slug}/book")
async def book_it(request: Request, slug: str) -> Response:
    """A member's booking is made; a guest's slot is held while they say who they are."""
    async with request.form() as form:
        values = {name: str(value) for name, value in form.items()}
    wanted = await _wanted(request, slug, values)
    if isinstance(wanted.asker, Member):
        return await _book(request, wanted, wanted.asker, values)
    house = desk_of(request).house
    session = await visit_of(request).begun()
    holder = Holder(session=session.id, ip=client_of(request))
    held = await hold(house, holder, wanted.asked.resource_id, wanted.asked.wish)
    if isinstance(held, Hold):
        return RedirectResponse(f"/hold/{held.token}", 303)
    return await _refused(request, wanted, held)


async def _book(
    request: Request, wanted: Wanted, member: Member, values: Mapping[str, str]
) -> Response:
    house = desk_of(request).house
    key = RequestKey(f"page:{member.person_id}", values.get("request", "")[:64], str(wanted.asked))
    new = NewBooking(
        wanted.asked.resource_id,
        wanted.asked.wish,
        expected_cents=cents_in(values.get("expected", "")),
        key=key if key.key else None,
    )
    made = await book(house, member, member.person_id, new)
    if isinstance(made, Booked):
        desk_of(request).heads.poke()
        return RedirectResponse(_after(house.keys, made), 303)
    return await _refused(request, wanted, made)


def _after(keys: Any, made: Booked) -> str:
    """The pass's own page; a wish has none before somebody confirms it."""
    return f"/b/{pass_token(keys, made.pass_id)}" if made.pass_id else "/me?asked=yes"


async def _wanted(request: Request, slug: str, values: Mapping[str, str]) -> Wanted:
    """Raises 404 for what is no slot of this site."""
    place = await place_at(request, slug)
    asked = read_asked(values, place.site.zone) if place else None
    if place is None or asked is None:
        raise HTTPException(404)
    where = await desk_of(request).house.ledger.read(
        lambda reader: find_place(reader, asked.resource_id)
    )
    if where is None or where.site_id != place.id:
        raise HTTPException(404)
    return Wanted(place, asked, where, await asker_of_browser(request))


def _page(request: Request, wanted: Wanted, quoted: Quoted) -> Response:
    voice = voice_of(request, wanted.place)
    wish = wanted.asked.wish
    return page(
        request,
        "booking/book.html",
        place=wanted.place,
        asked=wanted.asked,
        resource=wanted.resource,
        summary=summary_of(wanted.place.site, wanted.resource, wish, quoted.quote, voice),
        needs_approval=quoted.needs_approval,
        member=isinstance(wanted.asker, Member),
        can_pay=bool(quoted.ways_to_pay) or quoted.quote.total_cents == 0,
        add_ons=_add_ons(wanted, voice),
        parties=_parties(wanted.resource, voice),
        series_url=wanted.asked.url(wanted.place).replace("/book?", "/series?", 1),
        own_url=wanted.asked.url(wanted.place),
        request_id=secrets.token_hex(16),
        total_cents=quoted.quote.total_cents,
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """An add-on as it can be picked."""

    field: str
    name: str
    price: str
    count: int
    counts: Sequence[tuple[int, str]]
    """How many there may be, in words; of a single one none, it is ticked."""


def _parties(resource: Resource, voice: Voice) -> list[tuple[int, str]]:
    """For how many people it can be booked."""
    most = min(resource.seats, _MOST_IN_A_LIST)
    return [(n, voice.say("pass.party", count=n)) for n in range(1, most + 1)] if most > 1 else []


def _add_ons(wanted: Wanted, voice: Voice) -> Sequence[Offer]:
    """What can be booked along with this kind of resource."""
    site, kind = wanted.place.site, wanted.resource.kind.value
    picked = dict(wanted.asked.wish.add_ons)

    def price(add_on: AddOn) -> str:
        amount = Money(add_on.price_cents, site.currency)
        return voice.say(f"book.per.{add_on.per.value}", amount=amount)

    return [
        Offer(
            ADD_ON + each.id,
            voice.words(each.name),
            price(each),
            picked.get(each.id, 0),
            _counts(each, voice),
        )
        for each in site.add_ons
        if not each.kinds or kind in each.kinds
    ]


def _counts(add_on: AddOn, voice: Voice) -> list[tuple[int, str]]:
    if add_on.most == 1:
        return []
    numbers = ((n, str(n)) for n in range(1, min(add_on.most, _MOST_IN_A_LIST) + 1))
    return [(0, voice.say("book.none_of_it")), *numbers]


_STATUS: Final = {No.TOO_MANY_HOLDS: 429}


async def _refused(request: Request, wanted: Wanted, why: NotMade | NotBookable | No) -> Response:
    """Why not, in a sentence, and what can be had instead."""
    house = desk_of(request).house
    voice = voice_of(request, wanted.place)
    wish = wanted.asked.wish
    if isinstance(why, PriceChanged):
        return RedirectResponse(wanted.asked.url(wanted.place) + "&new=price", 303)
    if isinstance(why, NotBookable):
        sentence, status = not_bookable_sentence(why, house.clock(), voice.locale), 422
    elif isinstance(why, SlotTaken):
        code = "book.taken.add_on" if why.add_on_id else "book.taken"
        sentence, status = voice.say(code, name=_name_of(wanted, why, voice)), 409
    else:
        sentence, status = voice.say(f"book.no.{why.value}"), _STATUS.get(why, 422)
    person_id = wanted.asker.person_id if isinstance(wanted.asker, Member) else None
    taken = why if isinstance(why, SlotTaken) else SlotTaken()
    instead = await with_alternatives(house, (wanted.where, person_id), wish, taken)
    return page(
        request,
        "booking/refused.html",
        place=wanted.place,
        status=status,
        said=split_message(sentence),
        when=when(wish, voice),
        resource=wanted.resource,
        instead=await _instead(request, wanted, instead.alternatives, voice),
    )


def _name_of(wanted: Wanted, why: SlotTaken, voice: Voice) -> str:
    add_on = wanted.place.site.add_on(why.add_on_id) if why.add_on_id else None
    return voice.words(add_on.name) if add_on else wanted.resource.name


@dataclass(frozen=True, slots=True)
class Instead:
    """Another slot that can be had, with its address."""

    name: str
    when: str
    kind: str
    url: str


async def _instead(
    request: Request, wanted: Wanted, found: Sequence[Alternative], voice: Voice
) -> list[Instead]:
    ledger = desk_of(request).house.ledger
    ids = {each.resource_id for each in found}
    names = await ledger.read(
        lambda reader: {
            id_: place.resource.name for id_ in ids if (place := find_place(reader, id_))
        }
    )
    return [
        Instead(
            names.get(each.resource_id, ""),
            when(type(wanted.asked.wish)(each.starts, each.ends), voice),
            voice.say(f"book.instead.{each.kind}"),
            book_url(wanted.place, each.resource_id, each.starts, each.ends),
        )
        for each in found
    ]
