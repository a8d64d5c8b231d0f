"""The acts on bookings that stand, as pages and the API call them: for whom it is theirs."""

from collections.abc import Callable
from typing import TypeVar

from domain.booking import Booking
from domain.booking.outcomes import NotBookable
from domain.booking.restore import NotRestored
from domain.booking.wish import SlotWish
from domain.subjects import site_stream
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.house import House
from sync_server.use_cases.asker import runs
from sync_server.use_cases.booking.acts import actor_of, in_streams
from sync_server.use_cases.booking.alternatives import with_alternatives
from sync_server.use_cases.booking.cancel import CancelTerms, cancel_booking, read_cancel_terms
from sync_server.use_cases.booking.case import Place
from sync_server.use_cases.booking.change import (
    Change,
    Priced,
    change_booking,
    changed_wish,
    price_change,
)
from sync_server.use_cases.booking.confirm import confirm_booking, decline_booking, keep_booking
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.no_shows import restore_booking
from sync_server.use_cases.booking.outcomes import (
    Booked,
    Cancelled,
    Changed,
    No,
    NotMade,
    SlotTaken,
)
from sync_server.use_cases.booking.standing_booking import (
    By,
    Found,
    LinkHolder,
    elsewhere,
    find_booking,
    find_standing,
    may_change,
    site_of_booking,
)
from sync_server.use_cases.chance import Ids

T = TypeVar("T")


def read_booking(reader: Reader, by: By, booking_id: str) -> Found | No:
    """A booking for whoever may see it; one of somebody else's is as unknown as none."""
    found = find_booking(reader, booking_id)
    if isinstance(found, No):  # also of what is no longer on the list, whoever asks
        return No.UNKNOWN_BOOKING
    mine = may_change(by, booking_id, found.booking, found.case.place.site_id)
    return found if mine else No.UNKNOWN_BOOKING


async def quote_change(
    house: House, by: By, booking_id: str, change: Change
) -> Priced | NotBookable | No:
    """What a change would cost, if the rules allow it."""
    now = house.clock()

    def read(reader: Reader) -> Priced | NotBookable | No:
        found = read_booking(reader, by, booking_id)
        if isinstance(found, No):
            return found
        staff = _is_staff(by, found.case.place.site_id)
        standing = find_standing(reader, booking_id, now, staff=staff)
        return standing if isinstance(standing, No) else price_change(reader, standing, change, now)

    return await house.ledger.read(read)


async def change(house: House, by: By, booking_id: str, change: Change) -> Changed | NotMade:
    """Move, extend, shorten, other add-ons; the alternatives where the new slot is taken."""

    def work(making: Making, staff: bool) -> Changed | NotMade:
        return change_booking(making, booking_id, change, staff=staff)

    made = await in_its_stream(house, by, booking_id, work)
    return await _answered(house, booking_id, change, made) if isinstance(made, SlotTaken) else made


async def cancel(
    house: House, by: By, booking_id: str, expected_fee_cents: int | None = None
) -> Cancelled | CancelTerms | No:
    """Call it off; the terms where they are not those that were shown."""

    def work(making: Making, staff: bool) -> Cancelled | CancelTerms | No:
        fee = expected_fee_cents
        return cancel_booking(making, booking_id, expected_fee_cents=fee, staff=staff)

    return await in_its_stream(house, by, booking_id, work)


async def cancel_terms(house: House, by: By, booking_id: str) -> CancelTerms | No:
    """What calling off would cost now."""
    now = house.clock()

    def read(reader: Reader) -> CancelTerms | No:
        found = read_booking(reader, by, booking_id)
        return found if isinstance(found, No) else read_cancel_terms(reader, booking_id, now)

    return await house.ledger.read(read)


async def keep(house: House, by: By, booking_id: str) -> Booking | No:
    """ "I still need it"."""
    return await in_its_stream(house, by, booking_id, lambda m, _: keep_booking(m, booking_id))


async def come_back(house: House, by: By, booking_id: str) -> Booking | SlotTaken | No:
    """Somebody comes after the release: theirs again, or what is free instead."""

    def work(making: Making, _: bool) -> Booking | SlotTaken | No:
        back = restore_booking(making.unit, booking_id, making.actor)
        if not isinstance(back, NotRestored):
            return back
        return SlotTaken() if back is NotRestored.TAKEN else No.NOT_STANDING

    made = await in_its_stream(house, by, booking_id, work)
    if not isinstance(made, SlotTaken):
        return made
    return await _answered(house, booking_id, Change(), made)


async def confirm(house: House, by: By, booking_id: str) -> Booked | SlotTaken | No:
    """Staff say yes to a wish."""

    def work(making: Making, staff: bool) -> Booked | SlotTaken | No:
        return confirm_booking(making, booking_id) if staff else No.UNKNOWN_BOOKING

    made = await in_its_stream(house, by, booking_id, work)
    return (
        await _answered(house, booking_id, Change(), made) if isinstance(made, SlotTaken) else made
    )


async def decline(house: House, by: By, booking_id: str) -> Cancelled | No:
    """Staff say no to a wish."""

    def work(making: Making, staff: bool) -> Cancelled | No:
        return decline_booking(making, booking_id) if staff else No.UNKNOWN_BOOKING

    return await in_its_stream(house, by, booking_id, work)


async def in_its_stream(
    house: House,
    by: By,
    booking_id: str,
    work: Callable[[Making, bool], T],
    *,
    of_house: bool = False,
) -> T | No:
    """Do `work` where the booking lives, if it is theirs, with whether they are staff."""
    site_id = await house.ledger.read(lambda reader: site_of_booking(reader, booking_id))
    if site_id is None:
        return No.UNKNOWN_BOOKING
    staff = _is_staff(by, site_id)

    def one_unit(unit: Unit) -> T | No:
        mine = read_booking(unit, by, booking_id)
        if isinstance(mine, No):
            return mine
        return work(Making(unit, house.keys, Ids(), _actor(by, mine)), staff)

    return await in_streams(house, site_stream(site_id), one_unit, of_house=of_house)


async def _answered(house: House, booking_id: str, change: Change, made: SlotTaken) -> SlotTaken:
    """With what is free instead of where the booking was to go."""

    def read(reader: Reader) -> tuple[Place, SlotWish] | None:
        found = find_booking(reader, booking_id)
        if isinstance(found, No):
            return None
        place = elsewhere(reader, found, change.resource_id)
        return None if isinstance(place, No) else (place, changed_wish(found, change))

    asked = await house.ledger.read(read)
    return await with_alternatives(house, (asked[0], None), asked[1], made) if asked else made


def _is_staff(by: By, site_id: str) -> bool:
    return not isinstance(by, LinkHolder) and runs(by, site_id)


def _actor(by: By, mine: Found) -> str:
    """A link stands for the booking's host."""
    if not isinstance(by, LinkHolder):
        return actor_of(by)
    person_id = mine.booking.person_id
    return f"person:{person_id}" if person_id else "guest"
