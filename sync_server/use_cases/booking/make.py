"""Making a booking: the rules are asked, the slot is claimed, the pass issued, or nothing."""

from dataclasses import replace
from typing import TypeVar

from domain.booking import Booking, BookingMade, BookingStatus
from domain.subjects import HOUSE
from ledger.states import NOBODY
from ledger.unit import Unit
from sync_server.use_cases.booking.case import open_case, own_bookings
from sync_server.use_cases.booking.claims import claim, own_unit, reclaim, wanted
from sync_server.use_cases.booking.credits import spend_minutes
from sync_server.use_cases.booking.drafting import Draft, draft_booking
from sync_server.use_cases.booking.making import Making, hand_out, newest_pass
from sync_server.use_cases.booking.outcomes import Booked, NeedsHouse, No, NotMade, SlotTaken
from sync_server.use_cases.booking.requests import NewBooking, RequestKey
from sync_server.use_cases.booking.schedule import schedule
from sync_server.use_cases.mails import BOOKING_WISHED, queue_note

T = TypeVar("T")


def make_booking(
    making: Making, person_id: str, request: NewBooking, *, staff: bool = False
) -> Booked | NotMade:
    """Book for a person whom the house knows. Locks the site's stream.

    Raises NeedsHouse where included minutes are spent and `house` is not locked too.
    """
    unit, key = making.unit, request.key
    asked = (key.scope, key.key) if key else NOBODY
    unit.about_booking(request.resource_id, person_id, asked)
    if key and (known := made_before(unit, key)):
        return known
    case = open_case(unit, request.resource_id, person_id, staff=staff)
    if isinstance(case, No):
        return case
    own = own_bookings(unit, case, request.wish, (person_id,))
    draft = draft_booking(case, request, own, unit.now)
    if not isinstance(draft, Draft):
        return draft
    booking_id = making.ids.subject(unit.now)
    unit.begins("booking", booking_id)
    return note_key(unit, key, conclude(making, draft, booking_id, mail=request.mail))


def conclude(
    making: Making, draft: Draft, booking_id: str, *, mail: bool = True, held: bool = False
) -> Booked | SlotTaken:
    """Claim and record a draft; `held`: a hold of the same id has claims for it already.

    Raises NeedsHouse.
    """
    unit, case = making.unit, draft.case
    if draft.included_min and not unit.locks(HOUSE):
        raise NeedsHouse
    things = wanted(unit, case.place, draft.wish, draft.claim)
    if draft.needs_approval:
        _spend(unit, draft, booking_id)
        unit.release_claim(booking_id)
        wished = replace(draft.booking, status=BookingStatus.WISHED, add_ons=things.booked(()))
        return _append(making, draft, booking_id, wished, mail=mail)
    got = (reclaim if held else claim)(unit, things, booking_id)
    if isinstance(got, SlotTaken):
        return got
    _spend(unit, draft, booking_id)
    unit_id = own_unit(case.place, got[0])
    whole = replace(draft.booking, unit=unit_id, add_ons=things.booked(got))
    return _append(making, draft, booking_id, whole, mail=mail)


def _spend(unit: Unit, draft: Draft, booking_id: str) -> None:
    """Also for a wish: what it was promised is not promised twice."""
    if draft.included_min:
        spend_minutes(unit, draft.case, booking_id, draft.booking.starts, draft.included_min)


def _append(
    making: Making, draft: Draft, booking_id: str, booking: Booking, *, mail: bool
) -> Booked:
    place = draft.case.place
    event = BookingMade(booking)
    making.unit.append(place.stream, "booking", booking_id, event, actor=making.actor)
    schedule(making.unit, place, booking_id, booking, fresh=True)
    if booking.status is BookingStatus.WISHED:
        return Booked(
            booking_id, booking, mail_id=_confirm_wish(making, booking_id, booking, mail=mail)
        )
    pass_id, mail_id = hand_out(making, place.site_id, booking_id, mail=mail)
    return Booked(booking_id, booking, pass_id, mail_id)


def _confirm_wish(making: Making, booking_id: str, booking: Booking, *, mail: bool) -> str:
    """A mail that says what was asked for, and that staff will answer."""
    if not mail or booking.person_id is None:
        return ""
    return queue_note(making.unit, BOOKING_WISHED, booking.person_id, booking_id, making.ids)


def note_key(unit: Unit, key: RequestKey | None, made: T) -> T:
    """`made`, kept under its key for as long as there is the booking: for ever."""
    if key and isinstance(made, Booked):
        unit.store(key.scope, key.key, key.content, made.booking_id)
    return made


def made_before(unit: Unit, key: RequestKey) -> Booked | No | None:
    """What came of the request that first used this key; None: nobody has used it."""
    stored = unit.stored(key.scope, key.key)
    if stored is None:
        return None
    content, booking_id = stored
    booking = unit.full("booking", booking_id, Booking)
    if content != key.content or booking is None:
        return No.KEY_REUSED
    return Booked(booking_id, booking, newest_pass(unit, booking_id), again=True)
