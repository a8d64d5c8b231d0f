"""Moving a booking, making it longer or shorter, or taking another room: the price first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.booking import BookingStatus
from domain.booking.outcomes import NotBookable
from domain.money import Money
from ledger.reader import Reader
from sync_server.api.desk import desk_of
from sync_server.use_cases.booking.change import Change, Priced
from sync_server.use_cases.booking.changing import change, quote_change
from sync_server.use_cases.booking.outcomes import Changed, No, PriceChanged, SlotTaken
from sync_server.web.booking.asked import cents_in
from sync_server.web.booking.own import Own, own_booking
from sync_server.web.booking.summary import when
from sync_server.web.page import Voice, page, voice_of
from wording import not_bookable_sentence

router: Final = APIRouter(include_in_schema=False)
LONGER_MIN: Final = (15, 30, 60)
_NOT: Final = {No.ASK_ANEW: "change.ask", No.WAY_TO_PAY: "change.pay"}


@dataclass(frozen=True, slots=True)
class Picked:
    """The form's fields: a local day, its times, and which resource."""

    day: str
    start: str
    end: str
    resource: str

    def wish(self, zone: str) -> tuple[datetime, datetime] | None:
        """The slot in UTC; an end that is not after its start is of the next day."""
        try:
            day = date.fromisoformat(self.day)
            start, end = time.fromisoformat(self.start), time.fromisoformat(self.end)
            if not 1 < day.year < 9999 or start.tzinfo or end.tzinfo:
                return None
        except ValueError:
            return None
        next_day = day + timedelta(days=end <= start)
        wall = (datetime.combine(day, start), datetime.combine(next_day, end))
        starts, ends = (at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for at in wall)
        return starts, ends


@router.get("/b/{token}/change")
async def change_page(request: Request, token: str) -> Response:
    """The form; once something is picked, also what that would cost."""
    own = await own_booking(request, token)
    if not _stands(own, desk_of(request).house.clock()):
        return RedirectResponse(own.url, 303)
    values = request.query_params
    if "day" not in values:
        return await _page(request, own, _as_it_is(own), None)
    picked = _picked(values)
    return await _page(request, own, picked, await _priced(request, own, picked))


@router.post("/b/{token}/change")
async def change_it(request: Request, token: str) -> Response:
    """Changed at the price that was shown, or said why not."""
    own = await own_booking(request, token)
    async with request.form() as form:
        values = {name: str(value) for name, value in form.items()}
    picked = _picked(values)
    wanted = _change(own, picked, values.get("expected", ""))
    if wanted is None:
        return RedirectResponse(f"{own.url}/change", 303)
    made = await change(desk_of(request).house, own.by, own.booking_id, wanted)
    desk_of(request).heads.poke()
    if isinstance(made, Changed):
        return RedirectResponse(f"{own.url}?changed=yes", 303)
    return await _page(request, own, picked, made)


_Answer = Priced | NotBookable | SlotTaken | PriceChanged | No | None


async def _priced(request: Request, own: Own, picked: Picked) -> _Answer:
    wanted = _change(own, picked, "")
    if wanted is None:
        return None
    return await quote_change(desk_of(request).house, own.by, own.booking_id, wanted)


async def _page(request: Request, own: Own, picked: Picked, answer: _Answer) -> Response:
    house = desk_of(request).house
    voice = voice_of(request, own.place)
    booking, resource = own.found.booking, own.found.case.place.resource
    now = house.clock()

    def look(reader: Reader) -> list[tuple[str, str]]:
        same = (pair for pair in reader.resources(own.place.id) if pair[1].kind is resource.kind)
        return [(id_, each.name) for id_, each in sorted(same, key=lambda pair: pair[1].number)]

    return page(
        request,
        "booking/change.html",
        place=own.place,
        status=200 if answer is None or isinstance(answer, Priced) else 409,
        own=own,
        name=resource.name,
        when=when(own.found.wish, voice),
        picked=picked,
        rooms=await house.ledger.read(look),
        step_s=resource.terms.step_min * 60,
        longer=_longer(own, voice) if booking.starts <= now < booking.ends else (),
        priced=_told(own, answer, voice) if isinstance(answer, Priced) else None,
        why=_why(answer, voice, now),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words: to when, and what is to be paid more or less."""

    name: str
    when: str
    costs: tuple[str, ...]
    amount: Money
    expected_cents: int


def _told(own: Own, priced: Priced, voice: Voice) -> Told:
    currency = own.place.site.currency
    cents = priced.difference_cents
    code = "change.free" if cents == 0 else "change.more" if cents > 0 else "change.less"
    cost, said = priced.cost, [voice.say(code, price=Money(abs(cents), currency))]
    if cost.given_up_cents:
        said.append(voice.say("change.given_up", price=Money(cost.given_up_cents, currency)))
    if cost.least_fee_cents:
        said.append(voice.say("change.then_cancel", fee=Money(cost.least_fee_cents, currency)))
    return Told(
        priced.case.place.resource.name,
        when(priced.wish, voice),
        tuple(said),
        Money(cost.amount_cents, currency),
        cost.amount_cents,
    )


def _why(answer: _Answer, voice: Voice, now: datetime) -> str:
    """Why it cannot be changed like this."""
    match answer:
        case NotBookable():
            return not_bookable_sentence(answer, now, voice.locale)
        case SlotTaken():
            return voice.say("change.taken")
        case PriceChanged():
            return voice.say("book.price_changed")
        case No():
            return voice.say(_NOT.get(answer, "change.not_now"))
        case _:
            return ""


def _longer(own: Own, voice: Voice) -> list[tuple[str, str, str]]:
    """(day, end, words) for staying a little longer."""
    ends = own.found.booking.ends
    found = []
    for minutes in LONGER_MIN:
        until = (ends + timedelta(minutes=minutes)).astimezone(ZoneInfo(voice.zone))
        words = voice.say("change.until", until=until)
        found.append((_as_it_is(own).day, until.strftime("%H:%M"), words))
    return found


def _change(own: Own, picked: Picked, expected: str) -> Change | None:
    slot = picked.wish(own.place.site.zone)
    if slot is None:
        return None
    resource_id = picked.resource or None
    return Change(*slot, resource_id=resource_id, expected_cents=cents_in(expected))


def _picked(values: Mapping[str, str]) -> Picked:
    return Picked(*(values.get(name, "")[:64] for name in ("day", "start", "end", "resource")))


def _as_it_is(own: Own) -> Picked:
    zone = ZoneInfo(own.place.site.zone)
    booking = own.found.booking
    start, end = booking.starts.astimezone(zone), booking.ends.astimezone(zone)
    day, clock = start.date().isoformat(), "%H:%M"
    return Picked(day, start.strftime(clock), end.strftime(clock), booking.resource_id)


def _stands(own: Own, now: datetime) -> bool:
    booking = own.found.booking
    return booking.ends > now and booking.status in (BookingStatus.CONFIRMED, BookingStatus.WISHED)
