"""What staff decide about a wish, and what a host says to a reminder."""

from domain.booking import AddOnsChanged, Booking, BookingConfirmed, BookingKept, BookingStatus
from domain.booking.time_rules import claim_of
from domain.subjects import HOUSE
from ledger.unit import Unit
from sync_server.use_cases.booking.cancel import end_booking
from sync_server.use_cases.booking.claims import claim, own_unit, wanted
from sync_server.use_cases.booking.credits import minutes_of, spend_minutes
from sync_server.use_cases.booking.making import Making, hand_out
from sync_server.use_cases.booking.outcomes import Booked, Cancelled, NeedsHouse, No, SlotTaken
from sync_server.use_cases.booking.schedule import schedule
from sync_server.use_cases.booking.standing_booking import Found, find_standing
from sync_server.use_cases.mails import BOOKING_DECLINED, queue_note


def confirm_booking(making: Making, booking_id: str) -> Booked | SlotTaken | No:
    """A wish becomes a booking, if it is still free: claimed now, with pass and mail.

    A booking that was confirmed before is answered as it is. Locks the site's stream. Raises
    NeedsHouse.
    """
    unit = making.unit
    found = find_standing(unit, booking_id, unit.now, staff=True)
    if isinstance(found, No):
        return found
    if found.booking.status is BookingStatus.CONFIRMED:
        return Booked(booking_id, found.booking, again=True)
    if found.host_has_left:
        return No.NOT_STANDING
    if minutes_of(found.booking) and not unit.locks(HOUSE):
        raise NeedsHouse
    return _claimed(making, found)


def decline_booking(making: Making, booking_id: str, *, mail: bool = True) -> Cancelled | No:
    """Staff say no to a wish, and its host is told. Locks the site's stream."""
    found = find_standing(making.unit, booking_id, making.unit.now, staff=True)
    if isinstance(found, No):
        return found
    if found.booking.status is not BookingStatus.WISHED:
        return No.NOT_STANDING
    ended = end_booking(making.unit, found, 0, making.actor)
    person_id, mail_id = ended.person_id, ""
    if mail and person_id:
        mail_id = queue_note(making.unit, BOOKING_DECLINED, person_id, booking_id, making.ids)
    return Cancelled(booking_id, ended, 0, 0, mail_id)


def keep_booking(making: Making, booking_id: str) -> Booking | No:
    """The host still needs it: it is released later, or not at all if they are here."""
    unit = making.unit
    found = find_standing(unit, booking_id, unit.now)
    if isinstance(found, No):
        return found
    if found.booking.status is not BookingStatus.CONFIRMED:
        return No.NOT_STANDING
    if found.booking.kept_at is not None:
        return found.booking
    place = found.case.place
    event = BookingKept(unit.now)
    unit.append(place.stream, "booking", booking_id, event, actor=making.actor)
    kept = _now(unit, booking_id)
    schedule(unit, place, booking_id, kept)
    return kept


def _claimed(making: Making, found: Found) -> Booked | SlotTaken:
    unit, place = making.unit, found.case.place
    booking, booking_id = found.booking, found.booking_id
    window = claim_of(place.resource.terms, found.wish.slot)
    things = wanted(unit, place, found.wish, window)
    got = claim(unit, things, booking_id)
    if isinstance(got, SlotTaken):
        return got
    if minutes := minutes_of(booking):
        spend_minutes(unit, found.case, booking_id, booking.starts, minutes)
    event = BookingConfirmed(own_unit(place, got[0]))
    unit.append(place.stream, "booking", booking_id, event, actor=making.actor)
    if (add_ons := things.booked(got)) != booking.add_ons:
        named = AddOnsChanged(add_ons, booking.amount_cents, booking.lines)
        unit.append(place.stream, "booking", booking_id, named, actor=making.actor)
    confirmed = _now(unit, booking_id)
    schedule(unit, place, booking_id, confirmed)
    pass_id, mail_id = hand_out(making, place.site_id, booking_id, mail=True)
    return Booked(booking_id, confirmed, pass_id, mail_id)


def _now(unit: Unit, booking_id: str) -> Booking:
    booking = unit.full("booking", booking_id, Booking)
    assert booking is not None, "it was read a moment ago"
    return booking
