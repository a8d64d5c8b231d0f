"""What is due is done at its minute, once, however many servers look or die meanwhile."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from domain.booking import BookingClaimed, BookingStatus, PayBy
from domain.kiosk import Kiosk, KioskAdded, KioskEnrolled, KioskRevoked
from domain.person import Person
from domain.subjects import HOUSE
from domain.visit import Arrived
from ledger.timers import CLAIM_S
from ledger.unit import Unit
from sync_server.jobs.timers import carry_out_timers
from sync_server.use_cases.asker import Operator
from sync_server.use_cases.booking.change import Change
from sync_server.use_cases.booking.changing import cancel, change, come_back, confirm, keep
from sync_server.use_cases.booking.holding import hold
from sync_server.use_cases.booking.holds import Holder
from sync_server.use_cases.booking.no_shows import restore_booking
from sync_server.use_cases.booking.orders import KEPT_FOR
from sync_server.use_cases.booking.outcomes import Booked, No, SlotTaken
from sync_server.use_cases.booking.standing_booking import LinkHolder
from sync_server.use_cases.deciding import Deciding
from sync_server.use_cases.payments import PayWish, start_payment
from sync_server.use_cases.presented import Presented, Request
from tests.sync_server.booking.test_orders import _ordered, _pays
from tests.sync_server.booking.town import (
    HALL,
    HOUR,
    MEMBER,
    NOBODYS,
    OTHER,
    ROOM,
    SITE,
    STREAM,
    TOMORROW,
    Town,
    slot,
)

MINUTE = timedelta(minutes=1)


async def _at(town: Town, when: datetime) -> None:
    """It is `when`, and all servers have looked."""
    town.clock.now = when
    await _look(town)


async def _look(town: Town) -> None:
    houses = [town.process(n) for n in range(1 + len(town.others))]
    await asyncio.gather(*(carry_out_timers(house) for house in houses))


async def _status(town: Town, made: Booked) -> BookingStatus:
    return (await town.booking(made.booking_id)).status


async def test_nobody_came_so_it_is_free_at_the_minute(town: Town) -> None:
    await town.set_terms(ROOM, release_min=15)
    made = await town.booked()
    await _at(town, TOMORROW + 15 * MINUTE - timedelta(microseconds=1))
    assert await _status(town, made) is BookingStatus.CONFIRMED
    await _at(town, TOMORROW + 15 * MINUTE)
    assert await _status(town, made) is BookingStatus.RELEASED
    assert await town.held() == []
    assert ("booking_released", MEMBER) in await town.mails()
    assert await town.events("booking", made.booking_id) == ["BookingMade", "BookingReleased"]
    assert isinstance(await town.book(slot(0.25, 0.75), OTHER), Booked)


async def test_who_came_or_is_here_and_said_so_keeps_it(town: Town) -> None:
    await town.set_terms(ROOM, release_min=15)
    await town.set_terms(HALL, release_min=15)
    came = await town.booked()
    here = await town.booked(person=OTHER, resource=HALL)
    town.clock.now = TOMORROW

    def arrive(unit: Unit) -> None:
        event = BookingClaimed(unit.now)
        unit.append(STREAM, "booking", came.booking_id, event, actor="kiosk")
        day = TOMORROW.date()
        inside = Arrived("p", OTHER, 1, 1, day, unit.now, SITE, "membership", "m")
        unit.append(STREAM, "visit", OTHER, inside, actor="kiosk")

    await town.work(arrive)
    await keep(town.house, LinkHolder(here.booking_id), here.booking_id)
    for minutes in (15, 30, 45):
        await _at(town, TOMORROW + minutes * MINUTE)
    assert await _status(town, came) is BookingStatus.CONFIRMED
    assert await _status(town, here) is BookingStatus.CONFIRMED


async def test_a_reminder_is_sent_once_and_a_yes_gives_more_time(town: Town) -> None:
    await town.set_terms(ROOM, remind_min=60, release_min=15)
    made = await town.booked()
    await _at(town, TOMORROW - 60 * MINUTE)
    await _at(town, TOMORROW - 30 * MINUTE)
    reminders = [mail for mail in await town.mails() if mail[0] == "booking_reminder"]
    assert len(reminders) == 1
    await keep(town.house, LinkHolder(made.booking_id), made.booking_id)
    await _at(town, TOMORROW + 29 * MINUTE)
    assert await _status(town, made) is BookingStatus.CONFIRMED
    await _at(town, TOMORROW + 30 * MINUTE)
    assert await _status(town, made) is BookingStatus.RELEASED


async def test_a_change_takes_its_timers_along(town: Town) -> None:
    await town.set_terms(ROOM, remind_min=60, release_min=15)
    made = await town.booked()
    to = Change(TOMORROW + 24 * HOUR, TOMORROW + 25 * HOUR)
    await change(town.house, Operator(), made.booking_id, to)
    await _at(town, TOMORROW + 2 * HOUR)
    assert await town.events("booking", made.booking_id) == ["BookingMade", "BookingMoved"]
    await _at(town, TOMORROW + 23 * HOUR)
    assert (await town.booking(made.booking_id)).reminded_at == TOMORROW + 23 * HOUR
    await cancel(town.house, Operator(), made.booking_id)
    assert await town.ledger.read(lambda r: r.timers_of(made.booking_id)) == []


async def test_after_a_time_without_servers_all_is_made_up_for(town: Town) -> None:
    await town.set_terms(ROOM, release_min=15)
    made = [
        await town.booked(slot(n * 0.25, 0.25), NOBODYS, pay_by=PayBy.INVOICE) for n in range(20)
    ]
    longer = await town.booked(slot(6, 2), OTHER)
    await _at(town, TOMORROW + 6.5 * HOUR)
    assert await _status(town, longer) is BookingStatus.RELEASED
    assert {await _status(town, each) for each in made} == {BookingStatus.CONFIRMED}
    left = [
        t for e in made for t in await town.ledger.read(lambda r, e=e: r.timers_of(e.booking_id))
    ]
    assert left == []


async def test_a_server_that_dies_in_between_leaves_it_to_the_next(town: Town) -> None:
    await town.set_terms(ROOM, release_min=15)
    made = await town.booked()
    town.clock.now = TOMORROW + 15 * MINUTE
    claimed = await town.ledger.work([], lambda u: u.due_timers(10))
    assert [timer.subject for timer in claimed] == [made.booking_id]
    await _look(town)
    assert await _status(town, made) is BookingStatus.CONFIRMED
    town.clock.move(seconds=CLAIM_S)
    await _look(town)
    assert await _status(town, made) is BookingStatus.RELEASED


async def test_many_at_once_are_each_released_once(town: Town) -> None:
    await town.set_terms(ROOM, release_min=5)
    made = [await town.booked(slot(n * 0.25, 0.25), NOBODYS, mail=False) for n in range(12)]
    for minute in range(0, 200, 5):
        await _at(town, TOMORROW + minute * MINUTE)
    for each in made:
        events = await town.events("booking", each.booking_id)
        assert events.count("BookingReleased") + events.count("BookingCancelled") == 1


def _kiosk(unit: Unit) -> None:
    kiosk = Kiosk("Lobby", SITE, 256)
    unit.append(HOUSE, "kiosk", "k", KioskAdded(kiosk), actor="test")
    unit.append(HOUSE, "kiosk", "k", KioskEnrolled("aa" * 32), actor="test")
    elsewhere = Kiosk("Far", "elsewhere", 257)
    unit.append(HOUSE, "kiosk", "f", KioskAdded(elsewhere), actor="test")
    unit.append(HOUSE, "kiosk", "f", KioskEnrolled("bb" * 32), actor="test")


async def test_while_a_kiosk_is_silent_nothing_is_released(town: Town) -> None:
    await town.set_terms(ROOM, release_min=15)
    await town.work(_kiosk)
    made = await town.booked(slot(0, 3))
    town.clock.now = TOMORROW + 12 * MINUTE
    await town.ledger.work([], lambda u: u.note_contact("k"))
    for minute in (15, 16, 20, 60):
        await _at(town, TOMORROW + minute * MINUTE)
        assert await _status(town, made) is BookingStatus.CONFIRMED
    town.clock.now = TOMORROW + 61 * MINUTE
    await town.ledger.work([], lambda u: u.note_contact("k"))
    await _look(town)
    assert await _status(town, made) is BookingStatus.RELEASED


async def test_a_kiosk_that_staff_set_aside_is_not_waited_for(town: Town) -> None:
    await town.set_terms(ROOM, release_min=15)
    await town.work(_kiosk)
    made = await town.booked()
    await _at(town, TOMORROW + 15 * MINUTE)
    assert await _status(town, made) is BookingStatus.CONFIRMED
    event = KioskRevoked(TOMORROW)
    await town.work(lambda u: u.append(HOUSE, "kiosk", "k", event, actor="test"))
    await _at(town, TOMORROW + 16 * MINUTE)
    assert await _status(town, made) is BookingStatus.RELEASED


async def test_who_comes_after_the_release_has_it_back_if_it_is_free(town: Town) -> None:
    await town.set_terms(ROOM, release_min=15)
    made = await town.booked(slot(0, 2))
    await _at(town, TOMORROW + 15 * MINUTE)

    async def back() -> object:
        restore = restore_booking
        return await town.work(lambda u: restore(u, made.booking_id, "kiosk"))

    other = await town.booked(slot(0.5, 0.5), OTHER)
    assert await back() == "taken"
    await cancel(town.house, Operator(), other.booking_id)
    town.clock.now = TOMORROW + 20 * MINUTE
    restored = await back()
    assert restored == await town.booking(made.booking_id)
    assert await _status(town, made) is BookingStatus.CONFIRMED
    assert len(await town.held()) == 1
    assert await back() == "not_released"
    await _at(town, TOMORROW + 2 * HOUR)
    assert await _status(town, made) is BookingStatus.CONFIRMED


@pytest.mark.parametrize("free", [True, False])
async def test_a_scan_after_the_release_gives_it_back_if_it_is_free(town: Town, free: bool) -> None:
    await town.set_terms(ROOM, release_min=15)
    made = await town.booked(slot(0, 1), NOBODYS, pay_by=PayBy.INVOICE)
    await _at(town, TOMORROW + 15 * MINUTE)
    if not free:
        await town.booked(slot(0.25, 0.75), OTHER)

    def scan(unit: Unit) -> str:
        presented = Presented(pass_id=made.pass_id)
        request = Request("t", "r", SITE, SITE, presented, 1, None, False, "en", "")
        return Deciding(unit, request, None).spoken()[0].outcome

    assert await town.work(scan) == ("admitted" if free else "refused")
    booking = await town.booking(made.booking_id)
    assert (booking.status is BookingStatus.CONFIRMED) is free
    assert (booking.claimed_at is not None) is free
    assert await town.overlaps() == []


async def test_coming_back_by_ones_link_is_answered_with_what_is_free(town: Town) -> None:
    await town.set_terms(ROOM, release_min=15)
    made = await town.booked(slot(0, 1))
    me = LinkHolder(made.booking_id)
    assert await come_back(town.house, me, made.booking_id) is No.NOT_STANDING
    await _at(town, TOMORROW + 15 * MINUTE)
    await town.booked(slot(0.25, 0.75), OTHER)
    taken = await come_back(town.house, me, made.booking_id)
    assert isinstance(taken, SlotTaken)
    assert taken.alternatives
    assert await come_back(town.house, LinkHolder("x"), made.booking_id) is No.UNKNOWN_BOOKING


async def test_holds_end_by_themselves(town: Town) -> None:
    await hold(town.house, Holder("s"), ROOM, slot())
    town.clock.move(minutes=10)
    await _look(town)
    assert await town.held() == []
    keys = town.house.keys
    assert await town.ledger.read(lambda r: r.holds_of_session(keys.mac("hold-session", "s"))) == []


async def test_an_order_waits_for_late_money_and_is_then_forgotten(town: Town) -> None:
    to_pay = await _ordered(town)
    person = to_pay.order.person_id or ""
    await _at(town, town.clock() + 20 * MINUTE)
    assert await town.held() == []
    assert await town.ledger.read(lambda r: r.hold(to_pay.order.order_id)) is not None
    assert await town.ledger.read(lambda r: r.card(person)) is not None
    await _at(town, town.clock() + KEPT_FOR)
    assert await town.ledger.read(lambda r: r.hold(to_pay.order.order_id)) is None
    assert await town.ledger.read(lambda r: r.card(person)) is None
    assert await town.state("person", person, Person) is None


async def test_a_guest_who_has_something_is_not_forgotten(town: Town) -> None:
    to_pay = await _ordered(town)
    await _pays(town, to_pay)
    await _at(town, town.clock() + KEPT_FOR + HOUR)
    assert await town.ledger.read(lambda r: r.card(to_pay.order.person_id or "")) is not None


async def test_a_wish_that_nobody_confirms_ends_when_it_would_begin(town: Town) -> None:
    await town.set_terms(HALL, needs_approval=True)
    made = await town.booked(slot(0, 1), resource=HALL)
    await _at(town, TOMORROW)
    assert await _status(town, made) is BookingStatus.CANCELLED
    assert ("booking_declined", MEMBER) in await town.mails()


async def test_what_is_not_paid_by_its_link_is_given_up(town: Town) -> None:
    made = await town.booked(person=NOBODYS)
    await _at(town, town.clock() + 20 * MINUTE)
    assert await _status(town, made) is BookingStatus.CANCELLED
    assert (await town.booking(made.booking_id)).fee_cents == 0
    assert ("booking_unpaid", NOBODYS) in await town.mails()
    assert await town.held() == []


async def test_who_is_paying_is_waited_for(town: Town) -> None:
    made = await town.booked(person=NOBODYS)
    until = town.clock() + 25 * MINUTE
    wish = PayWish("booking", made.booking_id, 2000, "EUR", NOBODYS, "simulated", until)
    await town.work(lambda u: start_payment(u, SITE, wish))
    await _at(town, town.clock() + 20 * MINUTE)
    assert await _status(town, made) is BookingStatus.CONFIRMED
    await _at(town, until + MINUTE)
    assert await _status(town, made) is BookingStatus.CANCELLED


async def test_a_confirmed_wish_has_a_day_to_be_paid(town: Town) -> None:
    await town.set_terms(HALL, needs_approval=True)
    made = await town.booked(slot(72, 1), NOBODYS, HALL, pay_by=PayBy.LINK)
    town.clock.move(hours=1)
    await confirm(town.house, Operator(), made.booking_id)
    await _at(town, town.clock() + 23 * HOUR)
    assert await _status(town, made) is BookingStatus.CONFIRMED
    await _at(town, town.clock() + HOUR)
    assert await _status(town, made) is BookingStatus.CANCELLED


@pytest.mark.parametrize(
    ("starts", "name"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "clocks go back at 1:00 UTC"),
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "clocks go forward at 1:00 UTC"),
    ],
)
async def test_in_the_nights_the_clocks_change_minutes_are_minutes(
    town: Town, starts: datetime, name: str
) -> None:
    await town.set_terms(ROOM, remind_min=60, release_min=45)
    town.clock.now = starts - timedelta(days=1)
    wish = slot()
    wish = type(wish)(starts, starts + 2 * HOUR)
    made = await town.booked(wish)
    await _at(town, starts - 60 * MINUTE)
    assert (await town.booking(made.booking_id)).reminded_at == starts - HOUR
    for minute in range(-50, 45, 5):
        await _at(town, starts + minute * MINUTE)
        assert await _status(town, made) is BookingStatus.CONFIRMED, (name, minute)
    await _at(town, starts + 45 * MINUTE)
    assert (await town.booking(made.booking_id)).released_at == starts + 45 * MINUTE
