"""Moving, extending, shortening, other add-ons: all of it at the new price, or nothing."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from domain.booking import (
    AddOnsChanged,
    BookedAddOn,
    Booking,
    BookingMoved,
    BookingStatus,
    PayBy,
)
from domain.booking.cancel import ChangeCost, change_cost, owed_percent, refund_due
from domain.booking.change import decide_change, paid_after_change
from domain.booking.outcomes import NotBookable
from domain.booking.wish import SlotWish
from domain.calendar import Window, local_date
from domain.pricing import Quote
from domain.standing import ways_to_pay
from domain.subjects import HOUSE
from domain.tariff import PriceLine
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.use_cases.booking.cancel import REFUND_DUE, paid_cents
from sync_server.use_cases.booking.case import Case, own_bookings
from sync_server.use_cases.booking.claims import own_unit, reclaim, wanted
from sync_server.use_cases.booking.credits import minutes_of, spend_minutes
from sync_server.use_cases.booking.making import Making, newest_pass
from sync_server.use_cases.booking.outcomes import (
    Changed,
    NeedsHouse,
    No,
    NotMade,
    PriceChanged,
    SlotTaken,
)
from sync_server.use_cases.booking.schedule import schedule
from sync_server.use_cases.booking.standing_booking import Found, elsewhere, find_standing
from sync_server.use_cases.judge_up import raise_contradiction
from sync_server.use_cases.mails import queue_moved_mail

_GIVEN_UP: Final = "given_up"


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different; None stays. `expected_cents`: the new price as it was shown."""

    starts: datetime | None = None
    ends: datetime | None = None
    resource_id: str | None = None
    add_ons: tuple[tuple[str, int], ...] | None = None
    expected_cents: int | None = None
    mail: bool = True


@dataclass(frozen=True, slots=True)
class Priced:
    """A change that the rules allow, and what it costs."""

    found: Found
    case: Case
    wish: SlotWish
    claim: Window
    quote: Quote
    cost: ChangeCost
    pay_by: PayBy

    @property
    def difference_cents(self) -> int:
        return self.cost.amount_cents - self.found.booking.amount_cents

    @property
    def lines(self) -> tuple[PriceLine, ...]:
        """The price as billed: the new one, and what stays due of what is given up."""
        if not self.cost.given_up_cents:
            return self.quote.lines
        vat_bp = self.case.place.resource.tariff.vat_bp
        return (*self.quote.lines, PriceLine(_GIVEN_UP, self.cost.given_up_cents, vat_bp))


def price_change(
    reader: Reader, booking: Found, change: Change, now: datetime
) -> Priced | NotBookable | No:
    """Whether the rules allow a change and what it costs; whether it is free, the claim says."""
    place = elsewhere(reader, booking, change.resource_id)
    if isinstance(place, No):
        return place
    case, wish = replace(booking.case, place=place), changed_wish(booking, change)
    person = booking.booking.person_id
    own = own_bookings(reader, case, wish, (person,) if person else (), booking.booking_id)
    facts = case.facts(wish, own, booking.booking)
    moves = place.resource_id != booking.booking.resource_id
    allowed = decide_change(facts, wish, now, elsewhere=moves)
    if isinstance(allowed, NotBookable):
        return allowed
    approval = allowed.needs_approval or (moves and _is_confirmed_by_staff(case))
    if approval and booking.booking.status is BookingStatus.CONFIRMED:
        return No.ASK_ANEW
    quote = case.quote(wish, booking.booking_id)
    terms = booking.case.place.resource.terms
    cost = change_cost(terms, booking.booking, quote.total_cents, now)
    pay_by = _pay_by(booking, case, wish, cost)
    if pay_by is None:
        return No.WAY_TO_PAY
    return Priced(booking, case, wish, allowed.claim, quote, cost, pay_by)


def _pay_by(booking: Found, case: Case, wish: SlotWish, cost: ChangeCost) -> PayBy | None:
    place = case.place
    day = local_date(wish.starts, place.site.zone)
    ways = ways_to_pay(case.standing, place.site_id, place.site, day)
    return paid_after_change(booking.booking, cost.amount_cents, ways, staff=case.staff)


def change_booking(
    making: Making, booking_id: str, change: Change, *, staff: bool = False
) -> Changed | NotMade:
    """The booking at another time, in another room, with other add-ons; its pass goes on.

    Locks the site's stream. Raises NeedsHouse where included minutes are or were spent.
    """
    unit = making.unit
    booking = find_standing(unit, booking_id, unit.now, staff=staff)
    if isinstance(booking, No):
        return booking
    priced = price_change(unit, booking, change, unit.now)
    if not isinstance(priced, Priced):
        return priced
    if change.expected_cents not in (None, priced.cost.amount_cents):
        return PriceChanged(replace(priced.quote, lines=priced.lines))
    credits_change = minutes_of(booking.booking) or priced.quote.included_min
    if credits_change and not unit.locks(HOUSE):
        raise NeedsHouse
    return _carry_out(making, priced, mail=change.mail)


def _carry_out(making: Making, priced: Priced, *, mail: bool) -> Changed | SlotTaken:
    unit, before = making.unit, priced.found.booking
    booking_id, place = priced.found.booking_id, priced.case.place
    things = wanted(unit, place, priced.wish, priced.claim, prefer=_held_by(before))
    units: tuple[str, ...] = ()
    if before.status is BookingStatus.CONFIRMED:
        got = reclaim(unit, things, booking_id)
        if isinstance(got, SlotTaken):
            return got
        units = got
    _respend(unit, priced)
    unit_id = own_unit(place, units[0]) if units else ""
    event = _event(priced, unit_id, things.booked(units))
    unit.append(place.stream, "booking", booking_id, event, actor=making.actor)
    changed = unit.full("booking", booking_id, Booking)
    assert changed is not None, "it was changed a moment ago"
    schedule(unit, place, booking_id, changed)
    if refund_due(paid_cents(unit, booking_id, before), changed.amount_cents):
        raise_contradiction(unit, place.stream, ("booking", booking_id, booking_id), REFUND_DUE)
    mail_id = _tell(making, booking_id, before, changed) if mail else ""
    return Changed(booking_id, changed, priced.difference_cents, mail_id)


def _event(
    priced: Priced, unit_id: str, add_ons: tuple[BookedAddOn, ...]
) -> BookingMoved | AddOnsChanged:
    """Other add-ons alone are told as such, unless they change the least fee or the way to pay."""
    before, wish, cost = priced.found.booking, priced.wish, priced.cost
    here = (wish.starts, wish.ends, priced.case.place.resource_id, unit_id)
    there = (before.starts, before.ends, before.resource_id, before.unit)
    same_way = priced.pay_by is before.pay_by
    if here == there and same_way and cost.least_fee_cents <= before.least_fee_cents:
        return AddOnsChanged(add_ons, cost.amount_cents, priced.lines)
    return BookingMoved(
        wish.starts,
        wish.ends,
        priced.case.place.resource_id,
        unit_id,
        cost.amount_cents,
        priced.lines,
        add_ons,
        cost.least_fee_cents,
        None if same_way else priced.pay_by,
    )


def _respend(unit: Unit, priced: Priced) -> None:
    """Included minutes as the new price takes them; of those given up late a share stays spent."""
    found, now = priced.found, unit.now
    before, minutes = minutes_of(found.booking), priced.quote.included_min
    terms = found.case.place.resource.terms
    confirmed = found.booking.status is BookingStatus.CONFIRMED
    percent = owed_percent(terms, found.booking.starts, now) if confirmed else 0
    kept = minutes + max(0, before - minutes) * percent // 100
    if before or kept:
        spend_minutes(unit, priced.case, found.booking_id, priced.wish.starts, kept)


def _tell(making: Making, booking_id: str, before: Booking, changed: Booking) -> str:
    """A mail with the new time or place; none where only add-ons changed."""
    names = ("starts", "ends", "resource_id")
    same = all(getattr(before, name) == getattr(changed, name) for name in names)
    pass_id = newest_pass(making.unit, booking_id)
    if same or changed.person_id is None or not pass_id:
        return ""
    return queue_moved_mail(making.unit, changed.person_id, pass_id, making.ids)


def _held_by(booking: Booking) -> frozenset[str]:
    """Whoever sits at a desk already stays there."""
    return frozenset((booking.held_unit, *(u for each in booking.add_ons for u in each.units)))


def changed_wish(found: Found, change: Change) -> SlotWish:
    """What the booking would be after a change."""
    was = found.wish
    return SlotWish(
        change.starts or was.starts,
        change.ends or was.ends,
        was.party,
        was.add_ons if change.add_ons is None else change.add_ons,
    )


def _is_confirmed_by_staff(case: Case) -> bool:
    """Whether nobody but staff may put something there, also not for time they have elsewhere."""
    return case.place.resource.terms.needs_approval and not case.staff
