""" "I'm here" counts against the release where neither door nor kiosk can tell."""

from datetime import timedelta

from sync_server.use_cases.booking.here import is_asked_for, say_here
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.chance import Ids
from tests.sync_server.booking.town import TOMORROW, Town


async def _asked(town: Town, booking_id: str) -> bool:
    now = town.clock()
    return await town.ledger.read(lambda reader: is_asked_for(reader, booking_id, now))


async def _says(town: Town, booking_id: str) -> bool:
    return await town.work(lambda unit: say_here(Making(unit, town.house.keys, Ids()), booking_id))


async def test_who_says_so_is_here_and_keeps_the_room(town: Town) -> None:
    made = await town.booked()
    assert not await _says(town, made.booking_id)
    town.clock.move(minutes=(TOMORROW - town.clock()).total_seconds() / 60 - 10)
    assert await _asked(town, made.booking_id)
    assert await _says(town, made.booking_id)
    assert (await town.booking(made.booking_id)).claimed_at == town.clock()
    assert not await _says(town, made.booking_id)


async def test_when_it_is_over_nobody_is_asked(town: Town) -> None:
    made = await town.booked()
    town.clock.move(minutes=(TOMORROW - town.clock() + timedelta(hours=1)).total_seconds() / 60)
    assert not await _asked(town, made.booking_id)
