"""Orders: booked when the money comes, also late if still free; else staff are told."""

from datetime import timedelta

from domain.booking import Booking, PayBy
from domain.contradiction import Contradiction
from domain.payment import Payment, ProviderFact
from domain.person import PersonErased
from domain.subjects import HOUSE
from ledger.unit import Unit
from sync_server.jobs.timers import carry_out_timers
from sync_server.use_cases.booking.acts import in_streams
from sync_server.use_cases.booking.book_held import Agreed
from sync_server.use_cases.booking.holding import ToPay, extend, give_up, hold, order_hold
from sync_server.use_cases.booking.holds import Hold, Holder
from sync_server.use_cases.booking.orders import order_wish
from sync_server.use_cases.booking.outcomes import Booked, No, SlotTaken
from sync_server.use_cases.note_payment import Books, Noted
from tests.sync_server.booking.test_holds import ANNA, BY_INVOICE
from tests.sync_server.booking.town import DESKS, MEMBER, OTHER, ROOM, SITE, STREAM, Town, slot

BY_LINK = Agreed(ANNA, PayBy.LINK)
TEN_MIN = timedelta(minutes=10)


async def _held(town: Town, resource: str = ROOM, person: str | None = None) -> Hold:
    hours = 3 if person else 1
    held = await hold(town.house, Holder("s", person_id=person), resource, slot(0, hours))
    assert isinstance(held, Hold)
    return held


async def _ordered(town: Town, resource: str = ROOM) -> ToPay:
    made = await order_hold(town.house, await _held(town, resource), BY_LINK, "simulated")
    assert isinstance(made, ToPay), made
    return made


async def _pays(town: Town, to_pay: ToPay, number: int = 0) -> None:
    """The provider says that all of it has arrived."""
    house = town.process(number)
    fact = ProviderFact("r1", "EUR", paid_cents=to_pay.order.amount_cents)

    def note(unit: Unit) -> object:
        return Books(unit, house.keys, SITE).note_fact(to_pay.payment_id, fact)

    assert isinstance(await in_streams(house, STREAM, note), Noted)


async def _told_staff(town: Town) -> list[str]:
    found = await town.ledger.read(lambda r: r.all("contradiction", Contradiction))
    return [each.code for _, each in found]


async def test_an_order_is_booked_when_its_money_comes(town: Town) -> None:
    to_pay = await _ordered(town)
    payment = await town.state("payment", to_pay.payment_id, Payment)
    assert payment is not None
    assert (payment.amount_cents, payment.expires_at) == (2000, town.clock() + 2 * TEN_MIN)
    town.clock.move(minutes=19)
    assert isinstance(await town.book(), SlotTaken)
    await _pays(town, to_pay)
    booking = await town.booking(to_pay.order.order_id)
    assert (booking.paid, booking.pay_by, booking.amount_cents) == (True, PayBy.LINK, 2000)
    assert booking.person_id == to_pay.order.person_id
    assert await town.mails() == [("booking", booking.person_id)]
    assert [row[1] for row in await town.held()] == ["booking"]
    assert await _told_staff(town) == []


async def test_money_that_comes_twice_books_once(town: Town) -> None:
    to_pay = await _ordered(town)
    for number in range(3):
        await _pays(town, to_pay, number)
    assert len(await town.mails()) == 1


async def test_ordering_again_is_the_same_order(town: Town) -> None:
    held = await _held(town)
    first = await order_hold(town.house, held, BY_LINK, "simulated")
    assert await order_hold(town.house, held, BY_LINK, "simulated") == first
    assert isinstance(await extend(town.house, held), Hold)


async def test_paid_late_it_is_booked_if_it_is_still_free(town: Town) -> None:
    to_pay = await _ordered(town, DESKS)
    town.clock.move(minutes=30)
    await town.booked(person=OTHER, resource=DESKS)
    await _pays(town, to_pay)
    assert (await town.booking(to_pay.order.order_id)).paid
    assert [row[:2] for row in await town.held()] == [
        ("desks#1", "booking"),
        ("desks#2", "booking"),
    ]
    assert await _told_staff(town) == []


async def test_paid_late_and_taken_staff_decide(town: Town) -> None:
    to_pay = await _ordered(town)
    town.clock.move(minutes=30)
    await town.booked(person=OTHER)
    await _pays(town, to_pay)
    assert await _told_staff(town) == ["paid_in_vain"]
    kept = await town.ledger.read(lambda r: order_wish(r, to_pay.order.order_id))
    assert kept == (ROOM, slot())


async def test_a_members_order_spends_their_minutes_when_it_is_paid(town: Town) -> None:
    held = await _held(town, person=MEMBER)
    agreed = Agreed(pay_by=PayBy.LINK)
    to_pay = await order_hold(town.house, held, agreed, "simulated")
    assert isinstance(to_pay, ToPay)
    assert to_pay.order.amount_cents == 2000
    await _pays(town, to_pay)
    made = await town.booked(slot(4), MEMBER)
    assert made.booking.amount_cents == 2000


async def test_an_order_does_not_keep_the_session_from_another_hold(town: Town) -> None:
    to_pay = await _ordered(town)
    other = await hold(town.house, Holder("s"), DESKS, slot())
    assert isinstance(other, Hold)
    assert other.id != to_pay.order.order_id


async def test_only_what_is_held_and_paid_by_link_is_ordered(town: Town) -> None:
    held = await _held(town)
    assert await order_hold(town.house, held, BY_INVOICE, "simulated") is No.WAY_TO_PAY
    town.clock.move(minutes=10)
    assert await order_hold(town.house, held, BY_LINK, "simulated") is No.HOLD_GONE
    assert isinstance(await town.book(), Booked)


async def test_money_for_a_slot_that_is_over_books_nothing(town: Town) -> None:
    to_pay = await _ordered(town)
    town.clock.now = slot().ends
    await _pays(town, to_pay)
    assert await town.state("booking", to_pay.order.order_id, Booking) is None
    assert (await _told_staff(town), await town.mails()) == (["paid_in_vain"], [])
    kept = await town.ledger.read(lambda r: order_wish(r, to_pay.order.order_id))
    assert kept == (ROOM, slot())


async def test_money_of_somebody_who_has_gone_stays_with_its_order(town: Town) -> None:
    to_pay = await _ordered(town)
    gone = PersonErased(town.clock())
    person = to_pay.order.person_id or ""
    await town.work(lambda u: u.append(HOUSE, "person", person, gone, actor="test"))
    await _pays(town, to_pay)
    town.clock.move(days=30)
    await carry_out_timers(town.house)
    kept = await town.ledger.read(lambda r: order_wish(r, to_pay.order.order_id))
    assert (kept, await town.held()) == ((ROOM, slot()), [])


async def test_an_order_is_not_dropped_by_its_hold_page(town: Town) -> None:
    held = await _held(town)
    to_pay = await order_hold(town.house, held, BY_LINK, "simulated")
    assert isinstance(to_pay, ToPay)
    await give_up(town.house, held)
    await _pays(town, to_pay)
    assert (await town.booking(held.id)).paid
    assert await _told_staff(town) == []
