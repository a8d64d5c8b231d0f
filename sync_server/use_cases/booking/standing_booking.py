"""A booking that is to be changed: whose it is, where, and whether it still stands."""

from dataclasses import dataclass
from datetime import datetime

from domain.booking import Booking, BookingStatus
from domain.booking.wish import SlotWish
from domain.standing import NOBODY
from ledger.reader import Reader
from sync_server.use_cases.asker import Asker, Member, runs
from sync_server.use_cases.booking.case import Case, Place, find_place, standing_of
from sync_server.use_cases.booking.outcomes import No
from sync_server.use_cases.streams import stream_of


@dataclass(frozen=True, slots=True)
class LinkHolder:
    """Whoever has the secret link of a booking's pass: may do with it what its host may."""

    booking_id: str


By = Asker | LinkHolder


@dataclass(frozen=True, slots=True)
class Found:
    """A booking with its place and host."""

    booking_id: str
    booking: Booking
    case: Case

    @property
    def wish(self) -> SlotWish:
        """What it would be if it were asked for now."""
        booking = self.booking
        add_ons = tuple((each.add_on_id, each.quantity) for each in booking.add_ons)
        return SlotWish(booking.starts, booking.ends, booking.party, add_ons)

    @property
    def host_has_left(self) -> bool:
        """Whether it is somebody's who is nobody in this house any more."""
        return self.booking.person_id is not None and self.case.standing.person_id is None


def site_of_booking(reader: Reader, booking_id: str) -> str | None:
    """The site whose stream holds this booking."""
    stream = stream_of(reader, "booking", booking_id)
    return stream.partition(":")[2] if stream else None


def may_change(by: By, booking_id: str, booking: Booking, site_id: str) -> bool:
    """Whether this booking is theirs, or they run the site."""
    match by:
        case LinkHolder(own):
            return own == booking_id
        case Member(person_id):
            return person_id == booking.person_id
        case _:
            return runs(by, site_id)


def find_booking(reader: Reader, booking_id: str, *, staff: bool = False) -> Found | No:
    """A booking, whatever became of it; its host may have left the house."""
    booking = reader.full("booking", booking_id, Booking)
    place = find_place(reader, booking.resource_id) if booking else None
    if booking is None:
        return No.UNKNOWN_BOOKING
    if place is None:
        return No.UNKNOWN_RESOURCE
    standing = standing_of(reader, booking.person_id)
    who = NOBODY if isinstance(standing, No) else standing
    return Found(booking_id, booking, Case(place, who, staff))


def find_standing(
    reader: Reader, booking_id: str, now: datetime, *, staff: bool = False
) -> Found | No:
    """The same, if it stands or is wished for, and is not over.

    For staff also that of a host who has left: with them ends all that they could do.
    """
    found = find_booking(reader, booking_id, staff=staff)
    if isinstance(found, No):
        return found
    stands = found.booking.status in (BookingStatus.CONFIRMED, BookingStatus.WISHED)
    if not stands or now >= found.booking.ends or (found.host_has_left and not staff):
        return No.NOT_STANDING
    return found


def elsewhere(reader: Reader, found: Found, resource_id: str | None) -> Place | No:
    """The place a booking goes to: the same, or another resource of the same site."""
    place = found.case.place
    if resource_id in (None, place.resource_id):
        return place
    other = find_place(reader, resource_id or "")
    same = other is not None and other.site_id == place.site_id
    return other if other and same else No.UNKNOWN_RESOURCE
