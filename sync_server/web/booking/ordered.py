"""Where an order leads that was placed already: pressed twice, or looked at by the back button."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.booking import Booking, BookingStatus
from ledger.reader import Reader
from sync_server.api.desk import desk_of
from sync_server.keys import HouseKeys
from sync_server.links import pass_token, payment_token
from sync_server.use_cases.booking.case import find_place
from sync_server.use_cases.booking.holds import hold_id_of_token, hold_of_token
from sync_server.use_cases.booking.making import first_pass
from sync_server.use_cases.booking.orders import FOR_KIND
from sync_server.web.page import page
from sync_server.web.places import place_at


@dataclass(frozen=True, slots=True)
class Wished:
    """What staff have not answered yet, and where the answer will go."""

    site_id: str
    mail: str


async def ordered(request: Request, token: str) -> Response | None:
    """The pass, the payment, or that staff will answer; None while nothing is ordered."""
    house = desk_of(request).house
    found = await house.ledger.read(lambda reader: _found(reader, house.keys, token))
    if isinstance(found, Wished):
        place = await place_at(request, found.site_id)
        return page(request, "booking/asked.html", place=place, mail=found.mail) if place else None
    return RedirectResponse(found, 303) if found else None


def _found(reader: Reader, keys: HouseKeys, token: str) -> str | Wished | None:
    """The address to go to, or the wish."""
    order_id = hold_id_of_token(keys, token)
    held = hold_of_token(reader, keys, token)
    if order_id is None or (held and held.held.booking is None):
        return None
    if held:
        payments = tuple(reader.payments_of(FOR_KIND, order_id))
        return f"/pay/{payment_token(keys, payments[-1])}" if payments else None
    booking = reader.full("booking", order_id, Booking)
    if booking is not None and booking.status is BookingStatus.WISHED:
        place = find_place(reader, booking.resource_id)
        card = reader.card(booking.person_id) if booking.person_id else None
        return Wished(place.site_id, card.mail) if place and card else None
    pass_id = first_pass(reader, order_id)
    return f"/b/{pass_token(keys, pass_id)}" if pass_id else None
