"""The page of one payment, before and after its provider's: by a link that only its payer has."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import structlog
from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.calendar import local_date
from domain.money import Money
from domain.payment import Ended, NotPayable, Payment
from domain.subjects import site_stream
from ledger.reader import Reader
from sync_server.api.desk import Desk, desk_of
from sync_server.links import Links, pass_token, payment_of_token, payment_token
from sync_server.payments.ports import ProviderAway
from sync_server.payments.reconciling import Standing
from sync_server.use_cases.paid_things import Thing, in_words, is_in_vain, thing_of
from sync_server.use_cases.payments import pay_again
from sync_server.web.page import page, voice_of
from sync_server.web.places import place_at
from sync_server.web.security import POLICY

router: Final = APIRouter(include_in_schema=False)
LOOK_EVERY_S: Final = 4
_log = structlog.get_logger(__name__)


class Told(StrEnum):
    """What the page has to say."""

    OPEN = "open"
    WAITING = "waiting"
    PAID = "paid"
    IN_VAIN = "vain"
    PART = "part"
    FAILED = "failed"
    EXPIRED = "expired"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class _Seen:
    standing: Standing
    thing: Thing
    in_vain: bool


@router.get("/pay/{token}")
async def pay_page(request: Request, token: str, back: str = "") -> Response:
    """How it stands; for who comes back from the provider, after a look there."""
    desk = desk_of(request)
    payment_id = _payment_id(desk, token)
    if back and desk.hints.lets_in():
        await _stepped(desk, payment_id)
    return await _page(request, token, payment_id, Told.WAITING if back else Told.OPEN)


@router.post("/pay/{token}")
async def pay_now(request: Request, token: str) -> Response:
    """On to the provider's page; back to ours where there is nothing to pay there."""
    desk = desk_of(request)
    return await _to_provider(request, token, _payment_id(desk, token))


@router.post("/pay/{token}/again")
async def pay_once_more(request: Request, token: str) -> Response:
    """A fresh payment in the place of one that ended, if what it is for is still to be had."""
    desk = desk_of(request)
    payment_id = _payment_id(desk, token)
    seen = await _seen(desk, payment_id)
    if seen.standing.payment.ended is None or not seen.thing.is_wanted:
        return _own_page(token)
    site_id = seen.standing.site_id
    until = seen.thing.kept_until
    fresh = await desk.house.ledger.work(
        [site_stream(site_id)], lambda unit: pay_again(unit, site_id, payment_id, until)
    )
    if fresh is None or isinstance(fresh, NotPayable):
        return _own_page(token)
    return await _to_provider(request, payment_token(desk.house.keys, fresh), fresh)


async def _to_provider(request: Request, token: str, payment_id: str) -> Response:
    desk = desk_of(request)
    await _stepped(desk, payment_id)
    payment = (await _seen(desk, payment_id)).standing.payment
    if payment.is_open and payment.pay_url:
        return RedirectResponse(payment.pay_url, 303)
    if payment.is_open:
        return await _page(request, token, payment_id, away=True)
    return _own_page(token)


async def _stepped(desk: Desk, payment_id: str) -> None:
    """A look at the provider; where it says nothing, all stays as it was."""
    try:
        await desk.payments.step(payment_id)
    except ProviderAway as trouble:
        _log.warning("payment_delayed", payment=payment_id, why=str(trouble))
    else:
        desk.heads.poke()


async def _page(
    request: Request, token: str, payment_id: str, told: Told | None = None, *, away: bool = False
) -> Response:
    """`told`: what is said while nobody has paid; `away`: the provider did not answer."""
    desk = desk_of(request)
    seen = await _seen(desk, payment_id)
    place = await place_at(request, seen.standing.site_id)
    voice = voice_of(request, place)
    payment, thing = seen.standing.payment, seen.thing
    day = local_date(thing.starts, voice.zone) if thing.starts else thing.day
    response = page(
        request,
        "pay.html",
        place=place,
        status=503 if away else 200,
        told=_told(seen, told or Told.OPEN),
        payment=payment,
        money_of=lambda cents: voice.money(Money(cents, payment.currency)),
        thing=thing,
        thing_day=voice.day(day) if day else "",
        thing_url=_thing_url(desk, thing),
        what=in_words(thing, voice.locale),
        own_url=f"/pay/{token}",
        away=away,
        look_every_s=LOOK_EVERY_S,
    )
    response.headers["content-security-policy"] = _policy(desk, payment)
    return response


def _thing_url(desk: Desk, thing: Thing) -> str:
    """The page of the pass that comes with it, if one does."""
    if not thing.pass_id:
        return ""
    return Links("").booking(pass_token(desk.house.keys, thing.pass_id))


def _told(seen: _Seen, open_: Told) -> Told:
    payment = seen.standing.payment
    if seen.in_vain:
        return Told.IN_VAIN
    if payment.refunded_cents:
        return Told.REFUNDED
    if payment.is_settled:
        return Told.PAID
    if payment.ended and payment.paid_cents:
        return Told.PART
    if payment.ended:
        return Told.FAILED if payment.ended is Ended.FAILED else Told.EXPIRED
    return open_ if payment.pay_url else Told.OPEN


async def _seen(desk: Desk, payment_id: str) -> _Seen:
    """Raises HTTPException where there is no such payment."""
    standing = await desk.payments.standing(payment_id)
    if standing is None:
        raise HTTPException(404)

    def read(reader: Reader) -> _Seen:
        thing = thing_of(reader, standing.payment, desk.house.clock())
        return _Seen(standing, thing, is_in_vain(reader, payment_id))

    return await desk.house.ledger.read(read)


def _payment_id(desk: Desk, token: str) -> str:
    found = payment_of_token(desk.house.keys, token)
    if found is None:
        raise HTTPException(404)
    return found


def _own_page(token: str) -> Response:
    return RedirectResponse(f"/pay/{token}", 303)


def _policy(desk: Desk, payment: Payment) -> str:
    """The form of this page leads, by redirect, to the provider's."""
    provider = desk.payments.providers.get(payment.provider)
    if provider is None:
        return POLICY
    return POLICY.replace("form-action 'self'", f"form-action 'self' {provider.page_origin}")
