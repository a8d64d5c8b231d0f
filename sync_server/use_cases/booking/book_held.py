"""What is held becomes a booking: at once, or when the money for it has come."""

from dataclasses import dataclass, replace

from domain.booking import PayBy
from domain.booking.outcomes import NotBookable
from ledger.holds import HoldRow
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.use_cases.booking.case import Case, find_place, own_bookings, standing_of
from sync_server.use_cases.booking.drafting import Draft, draft_booking
from sync_server.use_cases.booking.guests import (
    Guest,
    checked_guest,
    person_of_guest,
    standing_of_guest,
)
from sync_server.use_cases.booking.holds import HeldSlot, read_held
from sync_server.use_cases.booking.make import conclude, made_before, note_key
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import Booked, No, NotMade, PriceChanged
from sync_server.use_cases.booking.requests import NewBooking, RequestKey


@dataclass(frozen=True, slots=True)
class Agreed:
    """What whoever holds a slot has agreed to. `guest` None: the member who holds it."""

    guest: Guest | None = None
    pay_by: PayBy | None = None
    expected_cents: int | None = None
    key: RequestKey | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A hold about to become a booking, judged as of the moment it was placed."""

    row: HoldRow
    held: HeldSlot
    draft: Draft
    guest: Guest | None


def book_held(making: Making, hold_id: str, agreed: Agreed) -> Booked | NotMade:
    """The held slot is theirs. Where the time for it was over, it is theirs if still free.

    Locks the site's stream, and `house` for guests and where included minutes are spent. What
    is paid by link has to be ordered first (`orders.place_order`), but for a mere wish.
    """
    unit = making.unit
    if agreed.key and (known := made_before(unit, agreed.key)):
        return known
    pending = read_pending(unit, hold_id, agreed)
    if not isinstance(pending, Pending):
        return pending
    if pending.draft.booking.pay_by is PayBy.LINK and not pending.draft.needs_approval:
        return No.WAY_TO_PAY
    draft = with_person(making, pending)
    made = conclude(making, draft, hold_id, held=True)
    if isinstance(made, Booked):
        drop_row(unit, hold_id)
    return note_key(unit, agreed.key, made)


def read_pending(
    unit: Unit, hold_id: str, agreed: Agreed
) -> Pending | NotBookable | PriceChanged | No:
    """A hold with what its holder agreed to, checked whole."""
    row = unit.hold(hold_id)
    held = read_held(row) if row else None
    if row is None or held is None or held.booking is not None:
        return No.HOLD_GONE
    guest = checked_guest(agreed.guest) if agreed.guest else None
    if isinstance(guest, No):
        return guest
    case = _case(unit, held, guest)
    if isinstance(case, No):
        return case
    request = NewBooking(held.resource_id, held.wish, agreed.pay_by, agreed.expected_cents)
    own = own_bookings(unit, case, held.wish, _people(unit, held, guest))
    draft = draft_booking(case, request, own, held.held_at)
    return Pending(row, held, draft, guest) if isinstance(draft, Draft) else draft


def with_person(making: Making, pending: Pending) -> Draft:
    """The draft in the name of its guest, whom the house knows from now on; made now."""
    draft, now = pending.draft, making.unit.now
    person_id = draft.booking.person_id
    if pending.guest:
        person_id = person_of_guest(making, pending.guest)
    return replace(draft, booking=replace(draft.booking, person_id=person_id, made_at=now))


def drop_row(unit: Unit, hold_id: str) -> None:
    """The hold is a booking now: its claims stay, its row and timer go."""
    unit.take_hold(hold_id)
    unit.drop_timers("hold", hold_id)


def _case(unit: Unit, held: HeldSlot, guest: Guest | None) -> Case | No:
    place = find_place(unit, held.resource_id)
    if place is None:
        return No.UNKNOWN_RESOURCE
    if guest:
        return Case(place, standing_of_guest(unit, guest, place.site_id))
    if held.person_id is None:
        return No.BAD_GUEST
    standing = standing_of(unit, held.person_id)
    return standing if isinstance(standing, No) else Case(place, standing)


def _people(reader: Reader, held: HeldSlot, guest: Guest | None) -> tuple[str, ...]:
    """Whose other bookings count: a guest is known by the address."""
    if guest:
        return tuple(reader.persons_by_mail(guest.mail))
    return (held.person_id,) if held.person_id else ()
