"""The page of a held slot: who books, how it is paid, the rules, and the order button."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.booking import PayBy
from domain.booking.outcomes import NotBookable
from ledger.reader import Reader
from sync_server.api.desk import desk_of
from sync_server.links import pass_token, payment_token
from sync_server.payments import simulated
from sync_server.use_cases.asker import Anyone
from sync_server.use_cases.booking.book_held import Agreed
from sync_server.use_cases.booking.guests import Guest
from sync_server.use_cases.booking.holding import ToPay, book_hold, give_up, order_hold
from sync_server.use_cases.booking.holds import Hold, hold_of_token
from sync_server.use_cases.booking.outcomes import Booked, No, PriceChanged, SlotTaken
from sync_server.use_cases.booking.price import Quoted, quote_slot
from sync_server.web.booking.asked import book_url, cents_in
from sync_server.web.booking.ordered import ordered
from sync_server.web.booking.summary import summary_of
from sync_server.web.page import Voice, page, voice_of
from sync_server.web.places import Place, places_of

router: Final = APIRouter(include_in_schema=False)
_FIELDS: Final = ("name", "mail", "company", "vat_id", "pay_by", "rules")
_PROBLEM_OF: Final = {No.BAD_GUEST: "mail", No.BAD_VAT_ID: "vat_id"}


@dataclass(frozen=True, slots=True)
class Held:
    """A hold with the place and price that its page shows."""

    token: str
    hold: Hold
    place: Place
    quoted: Quoted
    ways: tuple[PayBy, ...]
    """Those on offer here; by link only where the house has somebody who takes the money."""


@router.get("/hold/{token}")
async def held_page(request: Request, token: str) -> Response:
    held = await _held(request, token)
    if isinstance(held, Response):
        return held
    return _page(request, held, {}, {})


@router.post("/hold/{token}")
async def order(request: Request, token: str) -> Response:
    """The order: booked at once, or on to the payment; whatever is missing is asked for."""
    async with request.form() as form:
        values = {name: str(form.get(name, "")).strip() for name in (*_FIELDS, "expected")}
    held = await _held(request, token)
    if isinstance(held, Response):
        return held
    voice = voice_of(request, held.place)
    if problems := _missing(held, values, voice):
        return _page(request, held, values, problems)
    return await _order(request, held, values)


@router.post("/hold/{token}/drop")
async def drop(request: Request, token: str) -> Response:
    """Somebody else may have it."""
    house = desk_of(request).house
    found = await house.ledger.read(lambda reader: hold_of_token(reader, house.keys, token))
    if found is None:
        raise HTTPException(404)
    await give_up(house, found)
    place = next((each for each in await places_of(request) if each.id == found.site_id), None)
    return RedirectResponse(f"{place.url}#free" if place else "/", 303)


async def _order(request: Request, held: Held, values: Mapping[str, str]) -> Response:
    house = desk_of(request).house
    voice = voice_of(request, held.place)
    guest = Guest(
        values["name"],
        values["mail"],
        values["company"],
        values["vat_id"],
        language=voice.language,
    )
    pay_by = next((way for way in held.ways if way.value == values["pay_by"]), None)
    agreed = Agreed(guest, pay_by, cents_in(values["expected"]))
    made = (
        await order_hold(house, held.hold, agreed, simulated.NAME)
        if pay_by is PayBy.LINK and not held.quoted.needs_approval
        else await book_hold(house, held.hold, agreed)
    )
    desk_of(request).heads.poke()
    if isinstance(made, ToPay):
        return RedirectResponse(f"/pay/{payment_token(house.keys, made.payment_id)}", 303)
    if isinstance(made, Booked):
        if not made.pass_id:
            return page(request, "booking/asked.html", place=held.place, mail=values["mail"])
        return RedirectResponse(f"/b/{pass_token(house.keys, made.pass_id)}", 303)
    if isinstance(made, No) and made in _PROBLEM_OF:
        problem = {_PROBLEM_OF[made]: voice.say(f"book.no.{made.value}")}
        return _page(request, held, values, problem)
    if isinstance(made, PriceChanged):
        return _page(request, held, values, {"price": voice.say("book.price_changed")})
    if made is No.HOLD_GONE and (before := await ordered(request, held.token)):
        return before
    if isinstance(made, NotBookable | SlotTaken) or made is No.HOLD_GONE:
        return RedirectResponse(_book_again(held), 303)
    return _page(request, held, values, {"pay_by": voice.say("book.no.way_to_pay")})


def _missing(held: Held, values: Mapping[str, str], voice: Voice) -> dict[str, str]:
    """What is still to be filled in, by field."""
    wanted = ["name", "mail"] + (["rules"] if held.place.site.texts.get("rules") else [])
    problems = {name: voice.say(f"book.missing.{name}") for name in wanted if not values[name]}
    if held.quoted.quote.total_cents and values["pay_by"] not in held.ways:
        problems["pay_by"] = voice.say("book.missing.pay_by")
    return problems


async def _held(request: Request, token: str) -> Held | Response:
    """The hold, or where to go where it was ordered or its time is over.

    Raises 404 for what is none of ours.
    """
    if before := await ordered(request, token):
        return before
    house = desk_of(request).house
    now = house.clock()

    def look(reader: Reader) -> tuple[Hold, Quoted | NotBookable | No] | None:
        hold = hold_of_token(reader, house.keys, token)
        if hold is None:
            return None
        kept = hold.held
        return hold, quote_slot(reader, Anyone(), kept.resource_id, kept.wish, kept.held_at)

    found = await house.ledger.read(look)
    place = found and next((p for p in await places_of(request) if p.id == found[0].site_id), None)
    if not found or not place:
        if meanwhile := await ordered(request, token):
            return meanwhile
        raise HTTPException(404)
    hold, quoted = found
    if not isinstance(quoted, Quoted) or not hold.lasts(now):
        wish = hold.held.wish
        url = book_url(place, hold.held.resource_id, wish.starts, wish.ends)
        return page(request, "booking/hold_over.html", place=place, status=410, url=url)
    by_link = bool(house.settings.payments)
    ways = tuple(way for way in quoted.ways_to_pay if by_link or way is not PayBy.LINK)
    return Held(token, hold, place, quoted, ways)


def _page(
    request: Request, held: Held, values: Mapping[str, str], problems: Mapping[str, str]
) -> Response:
    voice = voice_of(request, held.place)
    site, resource = held.place.site, held.quoted.place.resource
    quote = held.quoted.quote
    return page(
        request,
        "booking/held.html",
        place=held.place,
        status=422 if problems else 200,
        token=held.token,
        until=held.hold.expires_at,
        summary=summary_of(site, resource, held.hold.held.wish, quote, voice),
        total_cents=quote.total_cents,
        needs_approval=held.quoted.needs_approval,
        ways=_ways(held, voice),
        rules=voice.words(site.texts["rules"]) if site.texts.get("rules") else "",
        values={name: values.get(name, "") for name in _FIELDS},
        problems={name: problems.get(name, "") for name in (*_FIELDS, "price")},
        again=bool(problems),
        change_url=_book_again(held),
    )


def _ways(held: Held, voice: Voice) -> Sequence[tuple[str, str]]:
    if not held.quoted.quote.total_cents:
        return ()
    return [(way.value, voice.say(f"book.pay.{way.value}")) for way in held.ways]


def _book_again(held: Held) -> str:
    wish = held.hold.held.wish
    return book_url(held.place, held.hold.held.resource_id, wish.starts, wish.ends)
