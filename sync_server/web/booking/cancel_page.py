"""Calling a booking off, with what that costs said before; and "I still need it"."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.money import Money
from sync_server.api.desk import desk_of
from sync_server.use_cases.booking.cancel import CancelTerms
from sync_server.use_cases.booking.changing import cancel, cancel_terms, keep
from sync_server.use_cases.booking.outcomes import Cancelled, No
from sync_server.web.booking.own import Own, own_booking
from sync_server.web.booking.summary import when
from sync_server.web.page import page, voice_of

router: Final = APIRouter(include_in_schema=False)


@router.get("/b/{token}/cancel")
async def cancel_page(request: Request, token: str) -> Response:
    """What it costs, and one button: mail scanners open links, but they press nothing."""
    own = await own_booking(request, token)
    terms = await cancel_terms(desk_of(request).house, own.by, own.booking_id)
    if isinstance(terms, No):
        return RedirectResponse(own.url, 303)
    return _page(request, own, terms)


@router.post("/b/{token}/cancel")
async def cancel_it(request: Request, token: str) -> Response:
    """Off, at the fee that was shown; at another one the page says which."""
    own = await own_booking(request, token)
    async with request.form() as form:
        fee = str(form.get("fee", ""))
    if not (fee.isascii() and fee.isdigit() and len(fee) < 12):
        return RedirectResponse(f"{own.url}/cancel", 303)
    done = await cancel(desk_of(request).house, own.by, own.booking_id, int(fee))
    if isinstance(done, CancelTerms):
        return _page(request, own, done, changed=True)
    desk_of(request).heads.poke()
    if not isinstance(done, Cancelled):
        return RedirectResponse(own.url, 303)
    currency = own.place.site.currency
    return page(
        request,
        "booking/cancelled.html",
        place=own.place,
        name=own.found.case.place.resource.name,
        fee=Money(done.fee_cents, currency) if done.fee_cents else None,
        refund=Money(done.refund_cents, currency) if done.refund_cents else None,
    )


@router.get("/b/{token}/keep")
async def keep_page(request: Request, token: str) -> Response:
    own = await own_booking(request, token)
    voice = voice_of(request, own.place)
    return page(
        request,
        "booking/keep.html",
        place=own.place,
        own=own,
        name=own.found.case.place.resource.name,
        when=when(own.found.wish, voice),
    )


@router.post("/b/{token}/keep")
async def keep_it(request: Request, token: str) -> Response:
    own = await own_booking(request, token)
    await keep(desk_of(request).house, own.by, own.booking_id)
    desk_of(request).heads.poke()
    return RedirectResponse(f"{own.url}?kept=yes", 303)


def _page(request: Request, own: Own, terms: CancelTerms, *, changed: bool = False) -> Response:
    voice = voice_of(request, own.place)
    return page(
        request,
        "booking/cancel.html",
        place=own.place,
        status=409 if changed else 200,
        own=own,
        name=own.found.case.place.resource.name,
        when=when(own.found.wish, voice),
        fee=Money(terms.fee_cents, terms.currency),
        refund=Money(terms.refund_cents, terms.currency) if terms.refund_cents else None,
        minutes_back=terms.minutes_back,
        changed=changed,
    )
