"""What exactly this slot costs exactly this person, and whether it may be booked."""

from dataclasses import dataclass
from datetime import datetime

from domain.booking import Booking, PayBy
from domain.booking.decide import decide_booking
from domain.booking.outcomes import Bookable, NotBookable
from domain.booking.wish import SlotWish
from domain.calendar import local_date
from domain.pricing import Quote
from domain.standing import ways_to_pay
from ledger.reader import Reader
from sync_server.use_cases.asker import Asker, Member, runs
from sync_server.use_cases.booking.case import Case, Place, find_place, open_case, own_bookings
from sync_server.use_cases.booking.claims import wanted
from sync_server.use_cases.booking.outcomes import No


@dataclass(frozen=True, slots=True)
class Quoted:
    """The price that would be billed. `free`: nobody else has it at this moment."""

    place: Place
    quote: Quote
    needs_approval: bool
    free: bool
    ways_to_pay: tuple[PayBy, ...]


def quote_slot(
    reader: Reader, asker: Asker, resource_id: str, wish: SlotWish, now: datetime
) -> Quoted | NotBookable | No:
    """The price for whoever asks; operators are told that of somebody passing by."""
    place = find_place(reader, resource_id)
    if place is None:
        return No.UNKNOWN_RESOURCE
    person_id = asker.person_id if isinstance(asker, Member) else None
    return quote_for(reader, (place, person_id), wish, now, staff=runs(asker, place.site_id))


def quote_for(
    reader: Reader, whom: tuple[Place, str | None], wish: SlotWish, now: datetime, *, staff: bool
) -> Quoted | NotBookable | No:
    """The price for this person (or None) of a slot at this place."""
    place, person_id = whom
    case = open_case(reader, place.resource_id, person_id, staff=staff)
    if isinstance(case, No):
        return case
    own = own_bookings(reader, case, wish, (person_id,) if person_id else ())
    return quoted(reader, case, wish, own, now)


def quoted(
    reader: Reader, case: Case, wish: SlotWish, own: tuple[Booking, ...], now: datetime
) -> Quoted | NotBookable:
    """The price of a case, if the rules allow it."""
    allowed = decide_booking(case.facts(wish, own), wish, now)
    if isinstance(allowed, NotBookable):
        return allowed
    place = case.place
    day = local_date(wish.starts, place.site.zone)
    ways = ways_to_pay(case.standing, place.site_id, place.site, day)
    is_free = free_now(reader, case, wish, allowed, now)
    return Quoted(place, case.quote(wish), allowed.needs_approval, is_free, ways)


def free_now(reader: Reader, case: Case, wish: SlotWish, allowed: Bookable, now: datetime) -> bool:
    """Whether there is a unit for everything that `wish` would hold."""
    wants = wanted(reader, case.place, wish, allowed.claim).wants
    given: set[str] = set()
    for want in wants:
        held = reader.held(want.units, want.from_, want.until, now)
        busy = {each.unit for each in held} | given
        unit = next((each for each in want.units if each not in busy), None)
        if unit is None:
            return False
        given.add(unit)
    return True
