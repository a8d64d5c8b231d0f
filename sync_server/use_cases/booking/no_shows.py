"""No-shows: the reminder, the release at the minute, and giving it back to who comes late."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from domain.availability import Taken
from domain.booking import (
    AddOnsChanged,
    Booking,
    BookingReleased,
    BookingReminded,
    BookingRestored,
    BookingStatus,
)
from domain.booking.release import (
    Evidence,
    Keep,
    Release,
    Remind,
    Wait,
    all_in_contact,
    decide_release,
)
from domain.booking.restore import NotRestored, decide_restore
from domain.booking.time_rules import claim_of
from domain.calendar import Window, local_date
from domain.kiosk import Kiosk
from domain.visit import Visit
from ledger.holdings import HoldingKind
from ledger.reader import Reader
from ledger.timers import Timer
from ledger.unit import Unit
from sync_server.use_cases.booking.claims import claim_what_is_left, own_unit, wanted
from sync_server.use_cases.booking.outcomes import No
from sync_server.use_cases.booking.schedule import KIND, NO_SHOW, schedule
from sync_server.use_cases.booking.standing_booking import Found, find_booking
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.mails import BOOKING_RELEASED, BOOKING_REMINDER, queue_note

_ACTOR: Final = "server"


def look_for_no_show(unit: Unit, timer: Timer) -> None:
    """Do what is due about a booking that nobody may come for. Locks the site's stream."""
    found = find_booking(unit, timer.subject)
    if isinstance(found, No):
        return
    place, booking = found.case.place, found.booking
    contact = kiosks_in_contact(unit, place.site_id, unit.now)
    evidence = Evidence(reminded_at=booking.reminded_at, in_house=_is_in_house(unit, found))
    match decide_release(booking, place.resource, evidence, contact, unit.now):
        case Remind():
            _remind(unit, found)
        case Release():
            _release(unit, found)
        case Wait(until):
            unit.set_timer(Timer(NO_SHOW, timer.subject, KIND, place.stream, until))
        case Keep(until):
            if until is not None:
                unit.set_timer(Timer(NO_SHOW, timer.subject, KIND, place.stream, until))


def kiosks_in_contact(reader: Reader, site_id: str, now: datetime) -> bool:
    """Whether every enrolled kiosk of a site was heard lately; one set aside does not count."""
    heard = reader.kiosks_heard()
    return all_in_contact(
        (
            heard.get(kiosk_id)
            for kiosk_id, kiosk in reader.all("kiosk", Kiosk)
            if kiosk.site == site_id and kiosk.public_key and kiosk.revoked_at is None
        ),
        now,
    )


def restore_booking(unit: Unit, booking_id: str, actor: str) -> Booking | NotRestored | No:
    """Somebody came after the release: it stands again, if it is still free, with those of its
    add-ons that are.

    Locks the site's stream.
    """
    found = find_booking(unit, booking_id)
    if isinstance(found, No):
        return found
    place, booking = found.case.place, found.booking
    window = claim_of(place.resource.terms, Window(booking.starts, booking.ends))
    units = place.resource.unit_ids(place.resource_id)
    taken = [
        Taken(each.unit, Window(each.from_, each.until))
        for each in unit.held(units, window.start, window.end, unit.now)
    ]
    back = decide_restore(booking, place.resource, taken, unit.now)
    if isinstance(back, NotRestored):
        return back
    span = back.claim
    got = unit.claim(back.unit, span.start, span.end, HoldingKind.BOOKING, booking_id)
    assert got, "nothing of it was taken a moment ago"
    event = BookingRestored(unit.now, own_unit(place, back.unit))
    unit.append(place.stream, "booking", booking_id, event, actor=actor)
    _restore_add_ons(unit, found, back.claim, actor)
    return _now(unit, found)


def _restore_add_ons(unit: Unit, found: Found, claim: Window, actor: str) -> None:
    """What somebody else has by now is theirs; the price stays as it was agreed."""
    place, booking = found.case.place, found.booking
    rest = replace(found.wish, starts=max(booking.starts, unit.now))
    prefer = frozenset(each for add_on in booking.add_ons for each in add_on.units)
    things = wanted(unit, place, rest, claim, prefer)
    add_ons = claim_what_is_left(unit, things, found.booking_id)
    if add_ons != booking.add_ons:
        event = AddOnsChanged(add_ons, booking.amount_cents, booking.lines)
        unit.append(place.stream, "booking", found.booking_id, event, actor=actor)


def give_back(unit: Unit, booking_id: str, actor: str) -> bool:
    """Restore a booking if it was released and is running; False if there was nothing to do."""
    booking = unit.full("booking", booking_id, Booking)
    if booking is None or booking.status is not BookingStatus.RELEASED:
        return False
    return isinstance(restore_booking(unit, booking_id, actor), Booking)


def _remind(unit: Unit, found: Found) -> None:
    event = BookingReminded(unit.now)
    unit.append(found.case.place.stream, "booking", found.booking_id, event, actor=_ACTOR)
    _tell(unit, found, BOOKING_REMINDER)
    schedule(unit, found.case.place, found.booking_id, _now(unit, found))


def _release(unit: Unit, found: Found) -> None:
    assert found.booking.status is BookingStatus.CONFIRMED
    unit.release_claim(found.booking_id)
    event = BookingReleased(unit.now)
    unit.append(found.case.place.stream, "booking", found.booking_id, event, actor=_ACTOR)
    _tell(unit, found, BOOKING_RELEASED)
    schedule(unit, found.case.place, found.booking_id, _now(unit, found))


def _tell(unit: Unit, found: Found, what: str) -> None:
    if found.booking.person_id:
        queue_note(unit, what, found.booking.person_id, found.booking_id, Ids())


def _is_in_house(reader: Reader, found: Found) -> bool:
    person_id = found.booking.person_id
    visit = reader.full("visit", person_id, Visit) if person_id else None
    today = local_date(found.booking.starts, found.case.place.site.zone)
    return visit is not None and visit.inside_on(today) > 0


def _now(unit: Unit, found: Found) -> Booking:
    booking = unit.full("booking", found.booking_id, Booking)
    assert booking is not None, "it was read a moment ago"
    return booking
