"""The acts on holds as pages and the API call them; whose hold it is, they have seen to."""

from dataclasses import dataclass
from typing import TypeVar

from domain.booking.outcomes import NotBookable
from domain.booking.wish import SlotWish
from domain.payment import NotPayable
from domain.subjects import HOUSE, site_stream
from ledger.unit import Unit
from sync_server.house import House
from sync_server.use_cases.asker import Anyone, Member
from sync_server.use_cases.booking.acts import actor_of, in_streams
from sync_server.use_cases.booking.alternatives import with_alternatives
from sync_server.use_cases.booking.attempts import noted
from sync_server.use_cases.booking.book_held import Agreed, book_held
from sync_server.use_cases.booking.case import find_place
from sync_server.use_cases.booking.holds import Hold, Holder, drop_hold, extend_hold, place_hold
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.orders import FOR_KIND, Ordered, place_order
from sync_server.use_cases.booking.outcomes import Booked, No, NotMade, SlotTaken
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.payments import PayWish, start_payment

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ToPay:
    """The order waits; `payment_id` is to be paid through its provider."""

    order: Ordered
    payment_id: str


async def hold(
    house: House, holder: Holder, resource_id: str, wish: SlotWish
) -> Hold | NotBookable | SlotTaken | No:
    """Keep a slot for ten minutes; the alternatives where somebody has it."""
    place = await house.ledger.read(lambda reader: find_place(reader, resource_id))
    if place is None:
        return No.UNKNOWN_RESOURCE

    def work(unit: Unit) -> Hold | NotBookable | SlotTaken | No:
        made = place_hold(_making(house, unit), holder, resource_id, wish)
        asker = Member(holder.person_id) if holder.person_id else Anyone()
        return noted(unit, place, wish, made, actor_of(asker))

    made = await house.ledger.work([place.stream], work)
    return await with_alternatives(house, (place, holder.person_id), wish, made)


async def extend(house: House, held: Hold) -> Hold | No:
    """Once, by ten minutes more."""
    stream = site_stream(held.site_id)
    return await house.ledger.work([stream], lambda unit: extend_hold(unit, house.keys, held.id))


async def give_up(house: House, held: Hold) -> None:
    await house.ledger.work([site_stream(held.site_id)], lambda unit: drop_hold(unit, held.id))


async def book_hold(house: House, held: Hold, agreed: Agreed) -> Booked | NotMade:
    """The held slot is theirs, with pass and mail."""

    def work(unit: Unit) -> Booked | NotMade:
        return book_held(_making(house, unit), held.id, agreed)

    made = await in_streams(house, site_stream(held.site_id), work, of_house=bool(agreed.guest))
    return await _answered(house, held, made)


async def order_hold(
    house: House, held: Hold, agreed: Agreed, provider: str
) -> ToPay | NotPayable | NotMade:
    """The held slot waits for its money; the payment is asked for in the same unit of work."""

    def work(unit: Unit) -> ToPay | NotPayable | NotMade:
        order = place_order(_making(house, unit), held.id, agreed)
        return _payment(unit, order, provider) if isinstance(order, Ordered) else order

    made = await house.ledger.work([HOUSE, site_stream(held.site_id)], work)
    return await _answered(house, held, made)


def _payment(unit: Unit, order: Ordered, provider: str) -> ToPay | NotPayable | No:
    row = unit.hold(order.order_id)
    if row is None:
        return No.HOLD_GONE
    wish = PayWish(
        FOR_KIND,
        order.order_id,
        order.amount_cents,
        order.currency,
        order.person_id,
        provider,
        row.expires_at,
        order.language,
    )
    payment_id = start_payment(unit, order.site_id, wish)
    return payment_id if isinstance(payment_id, NotPayable) else ToPay(order, payment_id)


async def _answered(house: House, held: Hold, made: T) -> T:
    """With alternatives, where somebody else came between."""
    if not isinstance(made, SlotTaken):
        return made
    place = await house.ledger.read(lambda reader: find_place(reader, held.held.resource_id))
    if place is None:
        return made
    return await with_alternatives(house, (place, held.held.person_id), held.held.wish, made)


def _making(house: House, unit: Unit) -> Making:
    return Making(unit, house.keys, Ids(), "guest")
