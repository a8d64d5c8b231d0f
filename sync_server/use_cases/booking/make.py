"""Making a booking: the rules are asked, the slot is claimed, the pass issued, or nothing."""

from dataclasses import dataclass, replace
from typing import Final

from domain.booking import Booking, BookingMade, BookingStatus, PayBy
from domain.booking.decide import decide_booking
from domain.booking.outcomes import Bookable, NotBookable
from domain.calendar import local_date
from domain.passes import GrantKind, Pass
from domain.pricing import Quote
from domain.standing import ways_to_pay
from domain.subjects import HOUSE
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.keys import HouseKeys
from sync_server.use_cases.booking.case import Case, open_case, own_bookings
from sync_server.use_cases.booking.claims import claim, own_unit, wanted
from sync_server.use_cases.booking.credits import spend_minutes
from sync_server.use_cases.booking.outcomes import (
    Booked,
    NeedsHouse,
    No,
    NotMade,
    PriceChanged,
    SlotTaken,
)
from sync_server.use_cases.booking.requests import NewBooking, RequestKey
from sync_server.use_cases.booking.schedule import schedule
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.issue_pass import issue_booking_pass
from sync_server.use_cases.mails import queue_booking_mail

_SERVER: Final = "server"
PAID_LATER: Final = (PayBy.LINK, PayBy.DESK)
"""Ways in which the money comes before the door opens."""


@dataclass(frozen=True, slots=True)
class Making:
    """One unit of work that makes bookings; it holds the site's stream."""

    unit: Unit
    keys: HouseKeys
    ids: Ids
    actor: str = _SERVER


def make_booking(
    making: Making, person_id: str, request: NewBooking, *, staff: bool = False
) -> Booked | NotMade:
    """Book for a person whom the house knows. Locks the site's stream.

    Raises NeedsHouse where included minutes are spent and `house` is not locked too.
    """
    unit = making.unit
    if request.key and (known := _made_before(unit, request.key)):
        return known
    case = open_case(unit, request.resource_id, person_id, staff=staff)
    if isinstance(case, No):
        return case
    own = own_bookings(unit, case, request.wish, (person_id,))
    judged = judge(unit, case, request, own)
    if not isinstance(judged, Judged):
        return judged
    made = record(making, case, request, judged)
    if request.key and isinstance(made, Booked):
        unit.store(request.key.scope, request.key.key, request.key.content, made.booking_id)
    return made


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules allow, at which price, settled how."""

    allowed: Bookable
    quote: Quote
    pay_by: PayBy


def judge(
    unit: Unit, case: Case, request: NewBooking, own: tuple[Booking, ...]
) -> Judged | NotBookable | PriceChanged | No:
    """Whether it can be made at all; whether it is free is for the claim to say."""
    wish = request.wish
    allowed = decide_booking(case.facts(wish, own), wish, unit.now)
    if isinstance(allowed, NotBookable):
        return allowed
    quote = case.quote(wish)
    if request.expected_cents not in (None, quote.total_cents):
        return PriceChanged(quote)
    pay_by = way_to_pay(case, request, quote)
    if pay_by is None:
        return No.WAY_TO_PAY
    return Judged(allowed, quote, pay_by)


def way_to_pay(case: Case, request: NewBooking, quote: Quote) -> PayBy | None:
    """How it is settled; None: not in the way that was asked for."""
    if quote.total_cents == 0:
        return PayBy.NOTHING
    if case.staff:
        return request.pay_by or PayBy.INVOICE
    place = case.place
    day = local_date(request.wish.starts, place.site.zone)
    ways = ways_to_pay(case.standing, place.site_id, place.site, day)
    if request.pay_by is None:
        return ways[0] if ways else None
    return request.pay_by if request.pay_by in ways else None


def record(making: Making, case: Case, request: NewBooking, judged: Judged) -> Booked | SlotTaken:
    """Claim and record what was judged. Raises NeedsHouse."""
    unit, quote = making.unit, judged.quote
    if quote.included_min and not unit.locks(HOUSE):
        raise NeedsHouse
    booking_id = making.ids.subject(unit.now)
    booking = _booking(unit, case, request, judged)
    things = wanted(unit, case.place, request.wish, judged.allowed.claim)
    if judged.allowed.needs_approval:
        wished = replace(booking, status=BookingStatus.WISHED, add_ons=things.booked(()))
        return _append(making, case, booking_id, wished, mail=request.mail)
    got = claim(unit, things, booking_id)
    if isinstance(got, SlotTaken):
        return got
    spend_minutes(unit, case, booking_id, booking.starts, quote.included_min)
    whole = replace(booking, unit=own_unit(case.place, got[0]), add_ons=things.booked(got))
    return _append(making, case, booking_id, whole, mail=request.mail)


def _booking(unit: Unit, case: Case, request: NewBooking, judged: Judged) -> Booking:
    wish, cents = request.wish, judged.quote.total_cents
    return Booking(
        case.place.resource_id,
        case.standing.person_id,
        wish.starts,
        wish.ends,
        party=wish.party,
        paid=cents == 0 or judged.pay_by not in PAID_LATER,
        amount_cents=cents,
        lines=judged.quote.lines,
        pay_by=judged.pay_by,
        series_id=request.series_id,
        made_at=unit.now,
    )


def _append(making: Making, case: Case, booking_id: str, booking: Booking, *, mail: bool) -> Booked:
    place = case.place
    event = BookingMade(booking)
    making.unit.append(place.stream, "booking", booking_id, event, actor=making.actor)
    schedule(making.unit, place, booking_id, booking)
    if booking.status is BookingStatus.WISHED:
        return Booked(booking_id, booking)
    pass_id, mail_id = hand_out(making, place.site_id, booking_id, mail=mail)
    return Booked(booking_id, booking, pass_id, mail_id)


def hand_out(making: Making, site_id: str, booking_id: str, *, mail: bool) -> tuple[str, str]:
    """The booking's pass, and the mail that carries it (or none): their ids."""
    unit = making.unit
    pass_id = issue_booking_pass(unit, making.keys, site_id, booking_id, making.ids)
    assert isinstance(pass_id, str), "the booking was made a moment ago"
    booking = unit.full("booking", booking_id, Booking)
    person_id = booking.person_id if booking else None
    if not mail or person_id is None:
        return pass_id, ""
    return pass_id, queue_booking_mail(unit, person_id, pass_id, making.ids)


def newest_pass(reader: Reader, booking_id: str) -> str:
    """The booking's own pass that still stands; empty where there is none."""
    issued = reader.many("pass", reader.passes_of(GrantKind.BOOKING, booking_id), Pass)
    standing = [(each.issued_at, id_) for id_, each in issued if each.revoked_at is None]
    return max(standing)[1] if standing else ""


def _made_before(unit: Unit, key: RequestKey) -> Booked | No | None:
    stored = unit.stored(key.scope, key.key)
    if stored is None:
        return None
    content, booking_id = stored
    booking = unit.full("booking", booking_id, Booking)
    if content != key.content or booking is None:
        return No.KEY_REUSED
    return Booked(booking_id, booking, newest_pass(unit, booking_id), again=True)
