"""What came free with a release is given to one person only, add-ons and units too."""

from dataclasses import replace
from datetime import timedelta

from domain.booking import BookedAddOn, Booking
from domain.resource import Resource
from sync_server.use_cases.booking.changing import come_back
from sync_server.use_cases.booking.outcomes import SlotTaken
from sync_server.use_cases.booking.standing_booking import LinkHolder
from tests.sync_server.booking.test_timed import MINUTE, _at
from tests.sync_server.booking.town import DESKS, HALL, OTHER, ROOM, TOMORROW, Town, slot

WITH_BEAMERS = (("beamer", 2), ("coffee", 1))
COFFEE = BookedAddOn("coffee", 1)


async def _released(town: Town, hours: float = 2) -> LinkHolder:
    await town.set_terms(ROOM, release_min=15)
    made = await town.booked(slot(0, hours, add_ons=WITH_BEAMERS))
    await _at(town, TOMORROW + 15 * MINUTE)
    return LinkHolder(made.booking_id)


async def _back(town: Town, me: LinkHolder) -> Booking:
    back = await come_back(town.house, me, me.booking_id)
    assert isinstance(back, Booking)
    return back


async def test_who_comes_back_holds_the_add_ons_again(town: Town) -> None:
    me = await _released(town)
    back = await _back(town, me)
    assert back.add_ons == (BookedAddOn("beamer", 2, ("beamers#1", "beamers#2")), COFFEE)
    assert {(unit, ref) for unit, _, ref in await town.held()} == {
        (unit, me.booking_id) for unit in ("beamers#1", "beamers#2", "clay")
    }
    taken = await town.book(slot(0.25, 0.5, add_ons=(("beamer", 1),)), OTHER, HALL)
    assert isinstance(taken, SlotTaken)
    assert taken.add_on_id == "beamer"


async def test_an_add_on_that_somebody_else_has_by_now_is_not_on_both_bookings(town: Town) -> None:
    me = await _released(town)
    theirs = await town.booked(slot(0.5, 1, add_ons=(("beamer", 1),)), OTHER, HALL)
    back = await _back(town, me)
    given = [unit for each in (*back.add_ons, *theirs.booking.add_ons) for unit in each.units]
    assert sorted(given) == ["beamers#1", "beamers#2"]
    assert [each.quantity for each in back.add_ons] == [1, 1]
    assert await town.overlaps() == []


async def test_an_add_on_that_is_all_gone_is_left_out(town: Town) -> None:
    me = await _released(town)
    await town.booked(slot(0.5, 1, add_ons=(("beamer", 2),)), OTHER, HALL)
    assert (await _back(town, me)).add_ons == (COFFEE,)


async def test_a_unit_that_is_not_there_any_more_is_not_given_back(town: Town) -> None:
    await town.set_terms(DESKS, release_min=15)
    made = [await town.booked(slot(0, 2), resource=DESKS) for _ in range(3)]
    await _at(town, TOMORROW + 15 * MINUTE)
    desks = await town.state("resource", DESKS, Resource)
    assert desks is not None
    await town.set_resource(DESKS, replace(desks, units=2))
    assert made[2].booking.unit == "desks#3"
    back = await _back(town, LinkHolder(made[2].booking_id))
    assert (back.unit, back.claimed_at) == ("desks#1", TOMORROW + timedelta(minutes=15))
