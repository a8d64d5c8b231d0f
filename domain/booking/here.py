""" "I'm here": where no door and no kiosk can see somebody come, they say so themselves."""

from datetime import datetime, timedelta

from domain.booking.state import Booking, BookingStatus
from domain.site import Site


def may_say_here(booking: Booking, site: Site, *, has_kiosk: bool, now: datetime) -> bool:
    """From when the booking lets in until it ends, unless somebody has come already."""
    if has_kiosk or site.doors or booking.claimed_at is not None:
        return False
    opens = booking.starts - timedelta(minutes=site.early_min)
    return booking.status is BookingStatus.CONFIRMED and opens <= now < booking.ends
