"""Calling a booking off, at what the terms ask for it; shown before, recorded then."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.booking import Booking, BookingCancelled, BookingStatus, PayBy
from domain.booking.cancel import cancellation_fee, free_until, owed_percent, refund_due
from domain.payment import Payment
from domain.subjects import HOUSE
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.use_cases.booking.credits import minutes_of, spend_minutes
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.orders import FOR_KIND
from sync_server.use_cases.booking.outcomes import Cancelled, NeedsHouse, No
from sync_server.use_cases.booking.schedule import schedule
from sync_server.use_cases.booking.standing_booking import Found, find_booking, find_standing
from sync_server.use_cases.judge_up import raise_contradiction
from sync_server.use_cases.mails import BOOKING_CANCELLED, queue_note

REFUND_DUE: Final = "refund_due"
"""What staff are told: money was paid for what was called off."""


@dataclass(frozen=True, slots=True)
class CancelTerms:
    """What calling off costs at this moment, and until when it is free of charge."""

    booking_id: str
    booking: Booking
    fee_cents: int
    refund_cents: int
    minutes_back: int
    free_until: datetime
    currency: str


def read_cancel_terms(reader: Reader, booking_id: str, now: datetime) -> CancelTerms | No:
    """To be shown before `cancel_booking`."""
    found = find_booking(reader, booking_id)
    if isinstance(found, No):
        return found
    booking = found.booking
    stands = booking.status in (BookingStatus.CONFIRMED, BookingStatus.WISHED)
    if not stands or now >= booking.ends:
        return No.NOT_STANDING
    terms = found.case.place.resource.terms
    fee = cancellation_fee(terms, booking, now)
    return CancelTerms(
        booking_id,
        booking,
        fee,
        refund_due(paid_cents(reader, booking_id, booking), fee),
        minutes_of(booking) - _minutes_kept(found, now),
        free_until(terms, booking.starts),
        found.case.place.site.currency,
    )


def cancel_booking(
    making: Making,
    booking_id: str,
    *,
    expected_fee_cents: int | None = None,
    staff: bool = False,
    mail: bool = True,
) -> Cancelled | CancelTerms | No:
    """The slot is free again at once; included minutes are back as far as it is in time.

    At another fee than expected nothing happens, and the terms are answered. Staff may set any
    fee by what they expect. Locks the site's stream. Raises NeedsHouse.
    """
    unit = making.unit
    found = find_standing(unit, booking_id, unit.now, staff=staff)
    if isinstance(found, No):
        return found
    terms = read_cancel_terms(unit, booking_id, unit.now)
    if isinstance(terms, No):
        return terms
    fee = expected_fee_cents if staff and expected_fee_cents is not None else terms.fee_cents
    if not staff and expected_fee_cents not in (None, fee):
        return terms
    fee = min(max(fee, 0), found.booking.amount_cents)
    return _carry_out(making, found, fee, mail=mail)


def end_booking(unit: Unit, found: Found, fee_cents: int, actor: str = "server") -> Booking:
    """Cancelled at this fee, without a word to anybody. Raises NeedsHouse."""
    booking_id = found.booking_id
    if minutes_of(found.booking):
        if not unit.locks(HOUSE):
            raise NeedsHouse
        kept = _minutes_kept(found, unit.now)
        spend_minutes(unit, found.case, booking_id, found.booking.starts, kept)
    unit.release_claim(booking_id)
    place = found.case.place
    event = BookingCancelled(unit.now, fee_cents)
    unit.append(place.stream, "booking", booking_id, event, actor=actor)
    ended = unit.full("booking", booking_id, Booking)
    assert ended is not None, "it was called off a moment ago"
    schedule(unit, place, booking_id, ended)
    return ended


def _carry_out(making: Making, found: Found, fee: int, *, mail: bool) -> Cancelled:
    unit, booking_id = making.unit, found.booking_id
    refund = refund_due(paid_cents(unit, booking_id, found.booking), fee)
    ended = end_booking(unit, found, fee, making.actor)
    if refund:
        stream = found.case.place.stream
        raise_contradiction(unit, stream, ("booking", booking_id, booking_id), REFUND_DUE)
    person_id = found.booking.person_id
    mail_id = ""
    if mail and person_id:
        mail_id = queue_note(unit, BOOKING_CANCELLED, person_id, booking_id, making.ids)
    return Cancelled(booking_id, ended, fee, refund, mail_id)


def paid_cents(reader: Reader, booking_id: str, booking: Booking) -> int:
    """What was paid and not given back: by link, or at the desk. The rest is not billed yet."""
    of = [id_ for kind in ("booking", FOR_KIND) for id_ in reader.payments_of(kind, booking_id)]
    payments = [payment for _, payment in reader.many("payment", of, Payment)]
    if payments:
        return sum(each.paid_cents - each.refunded_cents for each in payments)
    return booking.amount_cents if booking.paid and booking.pay_by is PayBy.DESK else 0


def _minutes_kept(found: Found, now: datetime) -> int:
    """Included minutes that stay spent: the same share as of a price, of a wish none."""
    if found.booking.status is not BookingStatus.CONFIRMED:
        return 0
    percent = owed_percent(found.case.place.resource.terms, found.booking.starts, now)
    return minutes_of(found.booking) * percent // 100
