"""From a booking that waits for its money to the page of its payment."""

from datetime import timedelta
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.booking import BookingStatus
from domain.payment import NotPayable
from domain.subjects import site_stream
from ledger.unit import Unit
from sync_server.api.desk import desk_of
from sync_server.links import payment_token
from sync_server.payments import simulated
from sync_server.use_cases.payments import PayWish, start_payment
from sync_server.web.booking.own import own_booking
from sync_server.web.page import voice_of

router: Final = APIRouter(include_in_schema=False)
PAY_WITHIN: Final = timedelta(hours=1)


@router.post("/b/{token}/pay")
async def pay(request: Request, token: str) -> Response:
    """Its payment begins, or goes on; back to the pass where nothing is to be paid here."""
    own = await own_booking(request, token)
    house = desk_of(request).house
    booking, site = own.found.booking, own.place.site
    if not house.settings.payments:
        raise HTTPException(404)
    if booking.paid or booking.status is not BookingStatus.CONFIRMED:
        return RedirectResponse(own.url, 303)
    language = voice_of(request, own.place).language

    def work(unit: Unit) -> str | None:
        wish = PayWish(
            "booking",
            own.booking_id,
            booking.amount_cents,
            site.currency,
            booking.person_id,
            simulated.NAME,
            unit.now + PAY_WITHIN,
            language,
        )
        payment_id = start_payment(unit, own.place.id, wish)
        return None if isinstance(payment_id, NotPayable) else payment_id

    payment_id = await house.ledger.work([site_stream(own.place.id)], work)
    if payment_id is None:
        return RedirectResponse(own.url, 303)
    return RedirectResponse(f"/pay/{payment_token(house.keys, payment_id)}", 303)
