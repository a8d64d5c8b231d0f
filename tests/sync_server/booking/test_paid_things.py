"""What a payment of an order is for, as its page and the provider tell it."""

from datetime import timedelta

from domain.payment import Payment, PaymentFailed
from ledger.reader import Reader
from sync_server.use_cases.paid_things import Thing, in_words, is_in_vain, thing_of
from sync_server.use_cases.payments import pay_again, record
from tests.sync_server.booking.test_orders import OTHER, _ordered, _pays
from tests.sync_server.booking.town import SITE, STREAM, Town, slot


async def _thing(town: Town, payment_id: str) -> tuple[Thing, bool]:
    def read(reader: Reader) -> tuple[Thing, bool]:
        payment = reader.full("payment", payment_id, Payment)
        assert payment is not None
        return thing_of(reader, payment, town.clock()), is_in_vain(reader, payment_id)

    return await town.ledger.read(read)


async def test_an_order_is_its_slot_and_to_be_had_while_it_is_held(town: Town) -> None:
    to_pay = await _ordered(town)
    thing, _ = await _thing(town, to_pay.payment_id)
    assert in_words(thing, "de") == "Clay"
    assert (thing.starts, thing.ends) == (slot().starts, slot().ends)
    assert thing.is_wanted
    assert thing.kept_until == town.clock() + timedelta(minutes=20)
    town.clock.move(minutes=20)
    assert not (await _thing(town, to_pay.payment_id))[0].is_wanted


async def test_paid_it_is_the_booking_with_its_pass(town: Town) -> None:
    to_pay = await _ordered(town)
    await _pays(town, to_pay)
    thing, in_vain = await _thing(town, to_pay.payment_id)
    assert thing.pass_id
    assert (thing.is_wanted, in_vain) == (False, False)


async def test_paid_too_late_it_is_in_vain(town: Town) -> None:
    to_pay = await _ordered(town)
    town.clock.move(minutes=30)
    await town.booked(person=OTHER)
    await _pays(town, to_pay)
    thing, in_vain = await _thing(town, to_pay.payment_id)
    assert (thing.is_wanted, in_vain) == (False, True)


async def test_trying_again_lasts_as_long_as_the_slot_is_held(town: Town) -> None:
    to_pay = await _ordered(town)
    first = to_pay.payment_id
    thing, _ = await _thing(town, first)
    town.clock.move(minutes=15)
    await town.house.ledger.work([STREAM], lambda u: record(u, SITE, first, PaymentFailed()))
    again = await town.house.ledger.work(
        [STREAM], lambda unit: pay_again(unit, SITE, first, thing.kept_until)
    )
    assert isinstance(again, str)
    assert again != first
    payment = await town.state("payment", again, Payment)
    assert payment is not None
    assert payment.expires_at == town.clock() + timedelta(minutes=5)
