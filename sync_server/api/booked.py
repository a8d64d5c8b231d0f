"""A booking as the API tells it."""

from dataclasses import dataclass

from domain.booking import Booking
from domain.resource import Resource
from domain.site import Site
from ledger.reader import Reader
from sync_server.api.answers import BookedAddOnAnswer, BookingAnswer
from sync_server.api.prices import booked_price
from sync_server.api.refusals import Where
from sync_server.house import House
from sync_server.links import Links, pass_token
from sync_server.use_cases.booking.making import newest_pass
from sync_server.use_cases.streams import stream_of


@dataclass(frozen=True, slots=True)
class Found:
    """A booking with its site; `name` is that of its resource, as long as there is one."""

    booking_id: str
    booking: Booking
    site_id: str
    site: Site
    name: str
    pass_id: str = ""


def find_booking(reader: Reader, booking_id: str, *, listed: bool = False) -> Found | None:
    """The booking with this id, whoever it belongs to; with its pass, unless it is `listed`."""
    booking = reader.full("booking", booking_id, Booking)
    site_id = (stream_of(reader, "booking", booking_id) or "").partition(":")[2]
    site = reader.full("site", site_id, Site) if booking else None
    if booking is None or site is None:
        return None
    resource = reader.full("resource", booking.resource_id, Resource)
    pass_id = "" if listed else newest_pass(reader, booking_id)
    return Found(booking_id, booking, site_id, site, resource.name if resource else "", pass_id)


def booking_answer(where: Where, found: Found, house: House | None = None) -> BookingAnswer:
    """As the API tells it; `house` where its page is told too."""
    booking = found.booking
    return BookingAnswer(
        id=found.booking_id,
        site=found.site_id,
        resource=booking.resource_id,
        person=booking.person_id,
        start=where.local(booking.starts),
        end=where.local(booking.ends),
        party=booking.party,
        status=booking.status,
        add_ons=[BookedAddOnAnswer(each.add_on_id, each.quantity) for each in booking.add_ons],
        price=booked_price(booking, found.site, found.name, where.locale),
        pay_by=booking.pay_by,
        paid=booking.paid,
        fee_cents=booking.fee_cents,
        series=booking.series_id,
        made_at=where.local(booking.made_at) if booking.made_at else None,
        page=_page(house, found.pass_id) if house and found.pass_id else None,
    )


def _page(house: House, pass_id: str) -> str:
    links = Links(house.settings.base_url)
    return links.booking(pass_token(house.keys, pass_id))
