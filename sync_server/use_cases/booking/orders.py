"""Orders: a held slot that waits for its money, and what becomes of it when it comes."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from domain.booking import Booking, PayBy
from domain.booking.time_rules import claim_of
from domain.booking.wish import SlotWish
from domain.payment.steps import LATE_MONEY
from domain.subjects import site_stream
from ledger.reader import Reader
from ledger.timers import Timer
from ledger.unit import Unit
from sync_server.use_cases.booking.book_held import (
    Agreed,
    Pending,
    drop_row,
    read_pending,
    with_person,
)
from sync_server.use_cases.booking.case import Case, find_place, standing_of
from sync_server.use_cases.booking.credits import minutes_of, spend_minutes
from sync_server.use_cases.booking.drafting import Draft
from sync_server.use_cases.booking.holds import (
    KIND,
    HeldSlot,
    change_held,
    drop_hold,
    extend_hold,
    hash_of_mail,
    read_held,
)
from sync_server.use_cases.booking.make import conclude
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import Booked, No, NotMade, SlotTaken

FOR_KIND: Final = "booking_order"
"""What payments of orders are for (`Payment.for_kind`)."""
ORDER_OVER: Final = "order_over"
KEPT_FOR: Final = LATE_MONEY + timedelta(days=1)
"""Money may still come so long; then the order, and a guest known only from it, are forgotten."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """The slot waits for so much money, to be asked for as (FOR_KIND, `order_id`)."""

    order_id: str
    site_id: str
    amount_cents: int
    currency: str
    person_id: str | None
    language: str = "en"


def place_order(making: Making, hold_id: str, agreed: Agreed) -> Ordered | NotMade:
    """The held slot waits for its money; the hold lasts once as long again.

    Locks `house` and the site's stream: a guest is known to the house from now on. The same
    order again changes nothing.
    """
    unit = making.unit
    if known := _ordered(unit, hold_id):
        return known
    pending = read_pending(unit, hold_id, agreed)
    if not isinstance(pending, Pending):
        return pending
    if pending.draft.booking.pay_by is not PayBy.LINK or pending.draft.needs_approval:
        return No.WAY_TO_PAY
    if isinstance(longer := extend_hold(unit, making.keys, hold_id), No):
        return longer
    draft = with_person(making, pending)
    if draft.included_min:
        spend_minutes(unit, draft.case, hold_id, draft.booking.starts, draft.included_min)
    _keep(making, hold_id, replace(longer.held, booking=draft.booking), pending)
    return _ordered(unit, hold_id) or No.HOLD_GONE


def complete_order(making: Making, order_id: str) -> Booked | SlotTaken | No:
    """The money has come: it is booked, if need be on another free unit of the same kind.

    Where somebody else has it by now, or it is over, the order is kept for staff
    (`paid_in_vain`), who see what is free instead. Locks the site's stream; raises NeedsHouse.
    """
    unit = making.unit
    row = unit.hold(order_id)
    held = read_held(row) if row else None
    if row is None or held is None or held.booking is None:
        return No.HOLD_GONE
    draft = _draft(unit, held, held.booking)
    made = draft if isinstance(draft, No) else conclude(making, draft, order_id, held=True)
    if isinstance(made, Booked):
        drop_row(unit, order_id)
    else:
        change_held(unit, row, replace(held, paid_in_vain=True))
        unit.drop_timer(ORDER_OVER, order_id)
    return made


def order_wish(reader: Reader, order_id: str) -> tuple[str, SlotWish] | None:
    """What an order that is kept was for: resource and slot."""
    row = reader.hold(order_id)
    held = read_held(row) if row else None
    return (held.resource_id, held.wish) if held and held.booking else None


def _ordered(unit: Unit, hold_id: str) -> Ordered | None:
    row = unit.hold(hold_id)
    booking = read_held(row).booking if row else None
    if row is None or booking is None:
        return None
    place = find_place(unit, booking.resource_id)
    currency = place.site.currency if place else "EUR"
    card = unit.card(booking.person_id) if booking.person_id else None
    language = card.language if card else "en"
    price = (booking.amount_cents, currency)
    return Ordered(hold_id, row.site_id, *price, booking.person_id, language)


def _keep(making: Making, hold_id: str, held: HeldSlot, pending: Pending) -> None:
    """Keep the order in the hold's row; whatever else this address held is given up."""
    unit = making.unit
    row = unit.hold(hold_id)
    assert row is not None, "it was read a moment ago"
    if pending.guest:
        key = hash_of_mail(making.keys, pending.guest.mail)
        for other in unit.holds_of_mail(key):
            if other.id != hold_id and read_held(other).booking is None:
                drop_hold(unit, other.id)
        row = replace(row, mail_key=key)
    change_held(unit, row, held)
    stream = site_stream(row.site_id)
    unit.set_timer(Timer(ORDER_OVER, hold_id, KIND, stream, row.expires_at + KEPT_FOR))


def _draft(unit: Unit, held: HeldSlot, booking: Booking) -> Draft | No:
    """The booking as it was ordered: what was paid for is not judged or priced again."""
    place = find_place(unit, held.resource_id)
    if place is None:
        return No.UNKNOWN_RESOURCE
    if booking.ends <= unit.now:
        return No.NOT_STANDING
    standing = standing_of(unit, booking.person_id)
    if isinstance(standing, No):
        return standing
    paid = replace(booking, paid=True, made_at=unit.now)
    claim = claim_of(place.resource.terms, held.wish.slot)
    return Draft(Case(place, standing), held.wish, paid, claim, included_min=minutes_of(booking))
