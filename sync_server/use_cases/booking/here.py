""" "I'm here" from the page of a pass: it counts against the booking's release."""

from datetime import datetime

from domain.booking import Booking, BookingClaimed
from domain.booking.here import may_say_here
from domain.kiosk import Kiosk
from domain.site import Site
from domain.subjects import site_stream
from ledger.reader import Reader
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.schedule import KIND
from sync_server.use_cases.booking.standing_booking import site_of_booking


def is_asked_for(reader: Reader, booking_id: str, now: datetime) -> bool:
    """Whether the page asks for it: nobody else at this site could tell."""
    booking = reader.full("booking", booking_id, Booking)
    site_id = site_of_booking(reader, booking_id)
    site = reader.full("site", site_id, Site) if site_id else None
    if booking is None or site is None:
        return False
    kiosks = (kiosk for _, kiosk in reader.all("kiosk", Kiosk) if kiosk.site == site_id)
    has_kiosk = any(each.public_key and each.revoked_at is None for each in kiosks)
    return may_say_here(booking, site, has_kiosk=has_kiosk, now=now)


def say_here(making: Making, booking_id: str) -> bool:
    """Somebody came; nothing is released any more. Locks the site's stream."""
    unit = making.unit
    site_id = site_of_booking(unit, booking_id)
    if site_id is None or not is_asked_for(unit, booking_id, unit.now):
        return False
    event = BookingClaimed(unit.now)
    unit.append(site_stream(site_id), "booking", booking_id, event, actor=making.actor)
    unit.drop_timers(KIND, booking_id)
    return True
