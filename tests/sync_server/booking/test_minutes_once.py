"""Included minutes are promised once: by a wish, an order, a booking, never by two of them."""

from domain.account import Account
from domain.booking import PayBy
from sync_server.jobs.timers import carry_out_timers
from sync_server.use_cases.asker import Operator
from sync_server.use_cases.booking.book_held import Agreed
from sync_server.use_cases.booking.change import Change
from sync_server.use_cases.booking.changing import cancel, change, confirm, decline
from sync_server.use_cases.booking.holding import ToPay, hold, order_hold
from sync_server.use_cases.booking.holds import Hold, Holder
from sync_server.use_cases.booking.outcomes import Booked, Cancelled, Changed
from sync_server.use_cases.booking.standing_booking import LinkHolder
from tests.sync_server.booking.town import DESKS, HOUR, MEMBER, ROOM, TOMORROW, Town, slot


async def _spent(town: Town) -> int:
    account = await town.state("account", MEMBER, Account)
    return sum(each.minutes for each in account.spent) if account else 0


async def test_two_wishes_do_not_get_the_same_minutes(town: Town) -> None:
    await town.set_terms(ROOM, needs_approval=True)
    first, second = await town.booked(slot(0, 2)), await town.booked(slot(4, 2))
    assert (first.booking.amount_cents, second.booking.amount_cents) == (0, 4000)
    for made in (first, second):
        assert isinstance(await confirm(town.house, Operator(), made.booking_id), Booked)
    assert await _spent(town) == 120


async def test_the_minutes_of_a_wish_that_ends_are_all_back(town: Town) -> None:
    await town.set_terms(ROOM, needs_approval=True)
    declined, called_off, forgotten = [await town.booked(slot(n * 2, 0.5)) for n in range(3)]
    assert await _spent(town) == 90
    assert isinstance(await decline(town.house, Operator(), declined.booking_id), Cancelled)
    me = LinkHolder(called_off.booking_id)
    assert isinstance(await cancel(town.house, me, called_off.booking_id), Cancelled)
    assert await _spent(town) == 30
    town.clock.now = forgotten.booking.starts
    await carry_out_timers(town.house)
    assert await _spent(town) == 0


async def test_a_wish_that_gets_shorter_takes_less(town: Town) -> None:
    await town.set_terms(ROOM, needs_approval=True)
    made = await town.booked(slot(0, 2))
    to = Change(ends=TOMORROW + HOUR)
    assert isinstance(await change(town.house, Operator(), made.booking_id, to), Changed)
    assert await _spent(town) == 60


async def test_an_order_takes_its_minutes_while_it_is_held(town: Town) -> None:
    held = await hold(town.house, Holder(person_id=MEMBER), ROOM, slot(0, 3))
    assert isinstance(held, Hold)
    order = await order_hold(town.house, held, Agreed(pay_by=PayBy.LINK), "simulated")
    assert isinstance(order, ToPay)
    assert (order.order.amount_cents, await _spent(town)) == (2000, 120)
    other = await town.booked(slot(0, 1), resource=DESKS)
    assert other.booking.amount_cents == 400
    town.clock.move(minutes=20)
    await carry_out_timers(town.house)
    assert await _spent(town) == 0
