"""No change gets anybody more than they pay for, and money that is too much is told to staff."""

from datetime import timedelta

from domain.booking import BookingStatus, PayBy
from domain.contradiction import Contradiction
from domain.payment import ProviderFact
from ledger.unit import Unit
from sync_server.jobs.timers import carry_out_timers
from sync_server.use_cases.asker import Operator
from sync_server.use_cases.booking.acts import in_streams
from sync_server.use_cases.booking.change import Change
from sync_server.use_cases.booking.changing import change, quote_change
from sync_server.use_cases.booking.outcomes import Changed, No
from sync_server.use_cases.booking.standing_booking import LinkHolder
from sync_server.use_cases.note_payment import Books
from sync_server.use_cases.payments import PayWish, start_payment
from tests.sync_server.booking.test_orders import _ordered, _pays
from tests.sync_server.booking.town import (
    DESKS,
    HALL,
    HOUR,
    NOBODYS,
    ROOM,
    SITE,
    STREAM,
    TOMORROW,
    Town,
    slot,
)

LONGER = Change(ends=TOMORROW + 3 * HOUR)


async def _paid(town: Town) -> LinkHolder:
    """A guest's booking of an hour, paid by link."""
    to_pay = await _ordered(town)
    await _pays(town, to_pay)
    return LinkHolder(to_pay.order.order_id)


async def _codes(town: Town) -> list[str]:
    found = await town.ledger.read(lambda r: r.all("contradiction", Contradiction))
    return [each.code for _, each in found]


async def test_what_was_paid_by_link_does_not_become_dearer_unpaid(town: Town) -> None:
    me = await _paid(town)
    coffee = Change(add_ons=(("coffee", 1),))
    for wish in (LONGER, Change(resource_id=HALL), coffee):
        assert await quote_change(town.house, me, me.booking_id, wish) is No.WAY_TO_PAY
        assert await change(town.house, me, me.booking_id, wish) is No.WAY_TO_PAY
    booking = await town.booking(me.booking_id)
    assert (booking.ends, booking.amount_cents) == (TOMORROW + HOUR, 2000)
    later = Change(TOMORROW + HOUR, TOMORROW + 2 * HOUR)
    assert isinstance(await change(town.house, me, me.booking_id, later), Changed)
    assert isinstance(await change(town.house, Operator(), me.booking_id, LONGER), Changed)


async def test_what_was_free_is_billed_once_it_costs_something(town: Town) -> None:
    made = await town.booked(slot(0, 1))
    assert made.booking.pay_by is PayBy.NOTHING
    me = LinkHolder(made.booking_id)
    with_coffee = Change(add_ons=(("coffee", 1),))
    for wish, cents in ((with_coffee, 300), (LONGER, 2300)):
        assert isinstance(await change(town.house, me, made.booking_id, wish), Changed)
        booking = await town.booking(made.booking_id)
        assert (booking.pay_by, booking.paid, booking.amount_cents) == (PayBy.INVOICE, True, cents)


async def test_what_was_free_stays_so_for_whoever_gets_no_bill(town: Town) -> None:
    await town.set_site(guests_pay_by=(PayBy.LINK,))
    made = await town.staff_books(slot(0, 1), resource="beamers", person=NOBODYS)
    me = LinkHolder(made.booking_id)
    elsewhere = Change(resource_id=ROOM)
    assert made.booking.pay_by is PayBy.NOTHING
    assert await change(town.house, me, made.booking_id, elsewhere) is No.WAY_TO_PAY


async def test_money_that_is_too_much_after_a_change_is_told_to_staff(town: Town) -> None:
    me = await _paid(town)
    half = Change(ends=TOMORROW + HOUR / 2)
    assert isinstance(await change(town.house, me, me.booking_id, half), Changed)
    assert await _codes(town) == ["refund_due"]
    whole = Change(ends=TOMORROW + HOUR)
    assert await change(town.house, me, me.booking_id, whole) is No.WAY_TO_PAY


async def test_no_change_buys_more_time_to_pay(town: Town) -> None:
    made = await town.booked(slot(0, 1), NOBODYS, pay_by=PayBy.LINK, resource=DESKS)
    me = LinkHolder(made.booking_id)
    for pieces in (1, 2, 3):
        town.clock.move(minutes=5)
        wish = Change(add_ons=(("coffee", pieces),))
        assert isinstance(await change(town.house, me, made.booking_id, wish), Changed)
    town.clock.move(minutes=5)
    await carry_out_timers(town.house)
    assert (await town.booking(made.booking_id)).status is BookingStatus.CANCELLED


async def test_the_old_price_does_not_pay_for_what_became_dearer(town: Town) -> None:
    made = await town.booked(slot(0, 1), NOBODYS, pay_by=PayBy.LINK)
    until = town.clock() + timedelta(minutes=20)
    wish = PayWish("booking", made.booking_id, 2000, "EUR", NOBODYS, "simulated", until)
    payment_id = await town.work(lambda u: start_payment(u, SITE, wish))
    me = LinkHolder(made.booking_id)
    assert isinstance(await change(town.house, me, made.booking_id, LONGER), Changed)

    def pay(unit: Unit) -> object:
        fact = ProviderFact("r1", "EUR", paid_cents=2000)
        return Books(unit, town.house.keys, SITE).note_fact(str(payment_id), fact)

    await in_streams(town.house, STREAM, pay)
    assert not (await town.booking(made.booking_id)).paid
    assert await _codes(town) == ["paid_in_vain"]


async def test_ever_new_payments_do_not_keep_a_slot_for_ever(town: Town) -> None:
    made = await town.booked(slot(0, 1), NOBODYS, pay_by=PayBy.LINK)
    for _ in range(10):
        until = town.clock() + timedelta(minutes=60)
        wish = PayWish("booking", made.booking_id, 2000, "EUR", NOBODYS, "simulated", until)
        await town.work(lambda u, wish=wish: start_payment(u, SITE, wish))
        await carry_out_timers(town.house)
        town.clock.move(minutes=60, seconds=30)
    assert (await town.booking(made.booking_id)).status is BookingStatus.CANCELLED
