"""Day passes of a site: what there is for a day, at which price, and the order in one step."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.booking import PayBy
from domain.booking.outcomes import NotBookable
from domain.calendar import local_date
from domain.money import Money
from domain.subjects import HOUSE, site_stream
from ledger.unit import Unit
from sync_server.api.desk import desk_of
from sync_server.asking.visits import asker_of_browser
from sync_server.links import pass_token, payment_token
from sync_server.payments import simulated
from sync_server.use_cases.asker import Anyone, Asker, Member
from sync_server.use_cases.booking.day_desk import (
    MOST_DAYS_AHEAD,
    DayDesk,
    OnSale,
    read_day_desk,
)
from sync_server.use_cases.booking.guests import Guest
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import No, PriceChanged
from sync_server.use_cases.booking.sell_day import (
    DaySold,
    DayWish,
    NotSold,
    sell_day_pass,
    sell_to_guest,
)
from sync_server.use_cases.chance import Ids
from sync_server.web.booking.asked import cents_in
from sync_server.web.booking.summary import Line, percent
from sync_server.web.page import Voice, page, voice_of
from sync_server.web.places import Place, place_at
from wording.bookings import not_bookable_sentence

router: Final = APIRouter(include_in_schema=False)
_FIELDS: Final = ("product", "name", "mail", "company", "vat_id", "pay_by", "rules")
_STRIP_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Counter:
    """The page as somebody sees it: who asks, for which day, what is on sale to them."""

    place: Place
    asker: Asker
    day: date
    desk: DayDesk
    ways: tuple[PayBy, ...]

    def product(self, product_id: str) -> OnSale | None:
        """The one that is picked; the first where none is."""
        found = [each for each in self.desk.on_sale if each.product.id == product_id]
        return next(iter(found or self.desk.on_sale), None)

    def cents(self, on_sale: OnSale) -> int:
        """What this person pays for it: nothing, where a credit does."""
        return 0 if self.by_credit(on_sale) else on_sale.quote.total_cents

    def by_credit(self, on_sale: OnSale) -> bool:
        return on_sale.product.passes == 1 and self.desk.credits.passes > 0


@router.get("/s/{slug}/day-pass")
async def day_page(request: Request, slug: str) -> Response:
    counter = await _counter(request, slug, request.query_params.get("day", ""))
    product = request.query_params.get("product", "")
    return _page(request, counter, {"product": product}, {})


@router.post("/s/{slug}/day-pass")
async def order(request: Request, slug: str) -> Response:
    """The order: sold at once, or on to the payment; whatever is missing is asked for."""
    async with request.form() as form:
        names = (*_FIELDS, "day", "expected", "request")
        values = {name: str(form.get(name, "")).strip() for name in names}
    counter = await _counter(request, slug, values["day"])
    picked = counter.product(values["product"])
    if picked is None or picked.product.id != values["product"]:
        return _page(request, counter, values, {})
    voice = voice_of(request, counter.place)
    if problems := _missing(counter, picked, values, voice):
        return _page(request, counter, values, problems)
    made = await _sold(request, counter, picked, values)
    if isinstance(made, DaySold):
        desk_of(request).heads.poke()
        return _after(request, counter, made, values)
    return _page(request, counter, values, _refusal(request, made, voice))


async def _sold(
    request: Request, counter: Counter, picked: OnSale, values: Mapping[str, str]
) -> DaySold | NotSold:
    house = desk_of(request).house
    wish = DayWish(
        picked.product.id,
        counter.day,
        PayBy(values["pay_by"]) if values["pay_by"] and counter.cents(picked) else None,
        cents_in(values["expected"]),
        values["request"][:64],
    )
    language = voice_of(request, counter.place).language
    site_id, asker = counter.place.id, counter.asker

    def sell(unit: Unit) -> DaySold | NotSold:
        if isinstance(asker, Member):
            making = Making(unit, house.keys, Ids(), f"person:{asker.person_id}")
            return sell_day_pass(making, site_id, asker.person_id, wish, simulated.NAME)
        making = Making(unit, house.keys, Ids(), "guest")
        who = (values["name"], values["mail"], values["company"], values["vat_id"])
        guest = Guest(*who, language=language)
        return sell_to_guest(making, site_id, guest, wish, simulated.NAME)

    return await house.ledger.work([HOUSE, site_stream(site_id)], sell)


def _after(
    request: Request, counter: Counter, made: DaySold, values: Mapping[str, str]
) -> Response:
    keys = desk_of(request).house.keys
    if made.payment_id:
        return RedirectResponse(f"/pay/{payment_token(keys, made.payment_id)}", 303)
    if made.pass_id:
        return RedirectResponse(f"/b/{pass_token(keys, made.pass_id)}", 303)
    goes_on = "/me" if isinstance(counter.asker, Member) else "/sign-in"
    return page(
        request,
        "booking/day_bundle.html",
        place=counter.place,
        passes=made.passes,
        goes_on=goes_on,
        mail=values["mail"],
    )


def _refusal(request: Request, why: NotSold, voice: Voice) -> dict[str, str]:
    """What to do now, by the field it is about."""
    match why:
        case No.BAD_GUEST | No.BAD_VAT_ID:
            field = "mail" if why is No.BAD_GUEST else "vat_id"
            return {field: voice.say(f"book.no.{why.value}")}
        case No.NO_PLACE_LEFT:
            return {"price": voice.say("day.no_place")}
        case PriceChanged():
            return {"price": voice.say("book.price_changed")}
        case NotBookable():
            now = desk_of(request).house.clock()
            return {"price": not_bookable_sentence(why, now, voice.locale)}
        case No.WAY_TO_PAY:
            return {"pay_by": voice.say("book.no.way_to_pay")}
        case _:
            return {"price": voice.say("day.not_on_offer")}


def _missing(
    counter: Counter, picked: OnSale, values: Mapping[str, str], voice: Voice
) -> dict[str, str]:
    """What is still to be filled in, by field."""
    guest = isinstance(counter.asker, Anyone)
    wanted = ["name", "mail"] if guest else []
    wanted += ["rules"] if counter.place.site.texts.get("rules") else []
    problems = {name: voice.say(f"book.missing.{name}") for name in wanted if not values[name]}
    if counter.cents(picked) and values["pay_by"] not in _ways(counter, picked):
        problems["pay_by"] = voice.say("book.missing.pay_by")
    return problems


def _ways(counter: Counter, picked: OnSale) -> tuple[PayBy, ...]:
    """Bundles are on invoice only: they lie on the account from the first moment on."""
    if picked.product.passes > 1:
        return tuple(way for way in counter.ways if way is not PayBy.LINK)
    return counter.ways


async def _counter(request: Request, slug: str, day_text: str) -> Counter:
    """Raises 404 where there is no such site, or it sells no day passes."""
    place = await place_at(request, slug)
    if place is None or not place.site.day_products:
        raise HTTPException(404)
    house = desk_of(request).house
    now = house.clock()
    today = local_date(now, place.site.zone)
    last = today + timedelta(days=MOST_DAYS_AHEAD)
    day = min(max(_day(day_text) or today, today), last)
    asker = await asker_of_browser(request)
    where = (place.id, place.site)
    desk = await house.ledger.read(lambda reader: read_day_desk(reader, where, day, asker, now))
    by_link = bool(house.settings.payments)
    ways = tuple(way for way in desk.ways if by_link or way is not PayBy.LINK)
    return Counter(place, asker, day, desk, ways)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _page(
    request: Request, counter: Counter, values: Mapping[str, str], problems: Mapping[str, str]
) -> Response:
    voice, site = voice_of(request, counter.place), counter.place.site
    picked = counter.product(values.get("product", ""))
    today = local_date(desk_of(request).house.clock(), site.zone)
    first = max(today, counter.day - timedelta(days=2))
    return page(
        request,
        "booking/day.html",
        place=counter.place,
        status=422 if problems else 200,
        desk=counter.desk,
        today=today,
        strip=[first + timedelta(days=n) for n in range(_STRIP_DAYS)],
        weekday=voice.weekday,
        offers=[_offer(counter, each, voice) for each in counter.desk.on_sale],
        picked=picked.product.id if picked else "",
        full=counter.desk.left == 0,
        price=_price(counter, picked, voice) if picked else None,
        bundle=bool(picked and picked.product.passes > 1),
        guest=isinstance(counter.asker, Anyone),
        ways=[(way.value, voice.say(f"book.pay.{way.value}")) for way in _ways(counter, picked)]
        if picked and counter.cents(picked)
        else [],
        rules=voice.words(site.texts["rules"]) if site.texts.get("rules") else "",
        values={name: values.get(name, "") for name in _FIELDS},
        problems={name: problems.get(name, "") for name in (*_FIELDS, "price")},
        again=bool(problems),
        request_id=values.get("request") or secrets.token_hex(16),
    )


def _offer(counter: Counter, each: OnSale, voice: Voice) -> dict[str, Any]:
    """A product in words: name, what it is, when, its price, what is better now."""
    product, offer = each.product, each.offer
    currency = counter.place.site.currency
    notes = []
    if offer:
        window = offer.window
        notes.append(voice.say("day.hours", starts=window.start, ends=window.end))
    if offer and offer.better:
        amount = Money(offer.better.price_cents, currency)
        name = voice.words(offer.better.name)
        notes.append(voice.say("day.better", name=name, amount=amount))
    if offer and offer.other_day:
        notes.append(voice.say("day.soon_over", day=offer.other_day))
    return {
        "id": product.id,
        "name": voice.words(product.name),
        "about": voice.words(product.about or {}),
        "notes": notes,
        "amount": None if counter.by_credit(each) else Money(each.quote.total_cents, currency),
    }


def _price(counter: Counter, picked: OnSale, voice: Voice) -> dict[str, Any]:
    """The sums above the order button, as the price of a room has them."""
    currency, name = counter.place.site.currency, voice.words(picked.product.name)
    quote, free = picked.quote, counter.by_credit(picked)
    lines = [
        Line(name if line.ref else voice.say("price.plan"), Money(line.cents, currency))
        for line in quote.lines
    ]
    rates = [(percent(each.vat_bp, voice), each.vat_cents) for each in quote.vat()]
    vat = [
        Line(voice.say("book.vat", percent=rate), Money(cents, currency))
        for rate, cents in rates
        if cents
    ]
    credit = Line(voice.say("day.by_credit"), Money(0, currency))
    cents = counter.cents(picked)
    return {
        "name": name,
        "lines": [credit] if free else lines,
        "total": Money(cents, currency),
        "net": Money(0 if free else quote.net_cents, currency),
        "vat": [] if free else vat,
        "cents": cents,
    }
