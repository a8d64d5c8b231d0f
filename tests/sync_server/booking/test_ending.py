"""Calling off, confirming and declining wishes, keeping what is still needed."""

import asyncio
from datetime import timedelta

from domain.account import Account
from domain.booking import BookingStatus
from domain.contradiction import Contradiction
from domain.terms import CancelStep
from sync_server.use_cases.asker import Anyone, Member, Operator
from sync_server.use_cases.booking.cancel import CancelTerms
from sync_server.use_cases.booking.changing import (
    cancel,
    cancel_terms,
    confirm,
    decline,
    keep,
    read_booking,
)
from sync_server.use_cases.booking.outcomes import Booked, Cancelled, No, SlotTaken
from sync_server.use_cases.booking.standing_booking import Found, LinkHolder
from tests.sync_server.booking.test_orders import _ordered, _pays
from tests.sync_server.booking.town import HALL, HOUR, MEMBER, OTHER, ROOM, TOMORROW, Town, slot

ME = Member(MEMBER)
HALF_LATE = (CancelStep(24 * 60, 50), CancelStep(60, 100))


async def test_what_is_called_off_is_free_at_once_and_said_in_a_mail(town: Town) -> None:
    made = await town.booked()
    done = await cancel(town.house, ME, made.booking_id)
    assert isinstance(done, Cancelled)
    assert (done.fee_cents, done.refund_cents) == (0, 0)
    assert done.booking.status is BookingStatus.CANCELLED
    assert await town.held() == []
    assert await town.mails() == [("booking", MEMBER), ("booking_cancelled", MEMBER)]
    assert isinstance(await town.book(person=OTHER), Booked)
    assert await cancel(town.house, ME, made.booking_id) is No.NOT_STANDING


async def test_the_fee_is_shown_and_then_recorded(town: Town) -> None:
    await town.set_terms(ROOM, cancel=HALF_LATE)
    made = await town.booked(slot(0, 3))
    terms = await cancel_terms(town.house, ME, made.booking_id)
    assert isinstance(terms, CancelTerms)
    assert (terms.fee_cents, terms.minutes_back) == (1000, 60)
    assert terms.free_until == TOMORROW - 24 * HOUR
    town.clock.now = TOMORROW - HOUR / 2
    other = await cancel(town.house, ME, made.booking_id, terms.fee_cents)
    assert isinstance(other, CancelTerms)
    assert other.fee_cents == 2000
    assert (await town.booking(made.booking_id)).status is BookingStatus.CONFIRMED
    done = await cancel(town.house, ME, made.booking_id, other.fee_cents)
    assert isinstance(done, Cancelled)
    assert (await town.booking(made.booking_id)).fee_cents == 2000


async def test_included_minutes_come_back_as_far_as_it_is_in_time(town: Town) -> None:
    first = await town.booked()
    await cancel(town.house, ME, first.booking_id)
    await town.set_terms(ROOM, cancel=HALF_LATE)
    second = await town.booked()
    await cancel(town.house, ME, second.booking_id)
    account = await town.state("account", MEMBER, Account)
    assert account is not None
    assert [(each.ref, each.minutes) for each in account.spent] == [(second.booking_id, 30)]


async def test_staff_may_waive_a_fee_and_nobody_else(town: Town) -> None:
    await town.set_terms(ROOM, cancel=(CancelStep(48 * 60, 100),))
    made = await town.booked(slot(0, 3))
    assert isinstance(await cancel(town.house, ME, made.booking_id, 0), CancelTerms)
    done = await cancel(town.house, Operator(), made.booking_id, 0)
    assert isinstance(done, Cancelled)
    assert done.fee_cents == 0


async def test_money_that_was_paid_is_for_staff_to_give_back(town: Town) -> None:
    await town.set_terms(ROOM, cancel=(CancelStep(48 * 60, 50),))
    to_pay = await _ordered(town)
    await _pays(town, to_pay)
    booking_id = to_pay.order.order_id
    done = await cancel(town.house, LinkHolder(booking_id), booking_id)
    assert isinstance(done, Cancelled)
    assert (done.fee_cents, done.refund_cents) == (1000, 1000)
    told = await town.ledger.read(lambda r: r.all("contradiction", Contradiction))
    assert [(each.code, each.about_id) for _, each in told] == [("refund_due", booking_id)]


async def test_what_is_over_or_somebody_elses_is_not_called_off(town: Town) -> None:
    made = await town.booked()
    for by in (Anyone(), Member(OTHER), LinkHolder("x"), Operator("x")):
        assert await cancel(town.house, by, made.booking_id) is No.UNKNOWN_BOOKING
        assert await cancel_terms(town.house, by, made.booking_id) is No.UNKNOWN_BOOKING
        seen = await town.ledger.read(lambda r, by=by: read_booking(r, by, made.booking_id))
        assert seen is No.UNKNOWN_BOOKING
    town.clock.now = TOMORROW + 2 * HOUR
    assert await cancel(town.house, ME, made.booking_id) is No.NOT_STANDING
    seen = await town.ledger.read(lambda r: read_booking(r, ME, made.booking_id))
    assert isinstance(seen, Found)


async def _wishes(town: Town) -> list[Booked]:
    await town.set_terms(HALL, needs_approval=True)
    return [await town.booked(slot(0, 1, party=5), who, HALL) for who in (MEMBER, OTHER)]


async def test_of_two_wishes_for_one_slot_one_is_confirmed(town: Town) -> None:
    wishes = await _wishes(town)
    both = [
        confirm(town.process(n), Operator(), wish.booking_id) for n, wish in enumerate(wishes * 3)
    ]
    answers = await asyncio.gather(*both)
    assert sum(isinstance(each, Booked) and not each.again for each in answers) == 1
    assert sum(isinstance(each, SlotTaken) for each in answers) == 3
    assert len(await town.held()) == 1
    statuses = [(await town.booking(wish.booking_id)).status for wish in wishes]
    assert sorted(statuses) == ["confirmed", "wished"]


async def test_a_confirmed_wish_gets_its_pass_and_mail_and_keeps_its_minutes(town: Town) -> None:
    wish, _ = await _wishes(town)
    done = await confirm(town.house, Operator(), wish.booking_id)
    assert isinstance(done, Booked)
    assert done.pass_id
    assert ("booking", MEMBER) in await town.mails()
    account = await town.state("account", MEMBER, Account)
    assert account is not None
    assert account.spent[0].minutes == 60


async def test_a_declined_wish_is_over_and_its_host_is_told(town: Town) -> None:
    wish, other = await _wishes(town)
    done = await decline(town.house, Operator(), wish.booking_id)
    assert isinstance(done, Cancelled)
    assert ("booking_declined", MEMBER) in await town.mails()
    assert await confirm(town.house, Operator(), wish.booking_id) is No.NOT_STANDING
    for by in (ME, Member(OTHER), Operator("x")):
        assert await confirm(town.house, by, other.booking_id) is No.UNKNOWN_BOOKING
        assert await decline(town.house, by, other.booking_id) is No.UNKNOWN_BOOKING


async def test_a_wish_is_called_off_by_its_host(town: Town) -> None:
    wish, _ = await _wishes(town)
    assert isinstance(await cancel(town.house, ME, wish.booking_id), Cancelled)


async def test_what_is_kept_is_released_later(town: Town) -> None:
    await town.set_terms(ROOM, release_min=15)
    made = await town.booked()

    async def due() -> timedelta:
        (timer,) = await town.ledger.read(lambda r: r.timers_of(made.booking_id))
        return timer.at - TOMORROW

    assert await due() == timedelta(minutes=15)
    kept = await keep(town.house, LinkHolder(made.booking_id), made.booking_id)
    assert not isinstance(kept, No)
    assert kept.kept_at == town.clock()
    assert await due() == timedelta(minutes=30)
    assert await keep(town.house, ME, made.booking_id) == kept
    assert await town.events("booking", made.booking_id) == ["BookingMade", "BookingKept"]
