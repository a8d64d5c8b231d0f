"""With a host who has left the house end all things that their links and wishes could do."""

from sync_server.use_cases.asker import Operator
from sync_server.use_cases.booking.change import Change
from sync_server.use_cases.booking.changing import change, confirm, decline, keep
from sync_server.use_cases.booking.outcomes import Cancelled, Changed, No
from sync_server.use_cases.booking.standing_booking import LinkHolder
from sync_server.use_cases.people import erase_person, offboard
from tests.sync_server.booking.town import HOUR, MEMBER, ROOM, TOMORROW, Town, slot

LONGER = Change(ends=TOMORROW + 3 * HOUR)


async def test_a_link_of_somebody_who_left_changes_nothing(town: Town) -> None:
    made = await town.booked(slot(0, 3))
    await town.work(lambda u: offboard(u, MEMBER))
    me = LinkHolder(made.booking_id)
    assert await change(town.house, me, made.booking_id, LONGER) is No.NOT_STANDING
    assert await keep(town.house, me, made.booking_id) is No.NOT_STANDING
    staff = await change(town.house, Operator(), made.booking_id, LONGER)
    assert isinstance(staff, Changed)


async def test_a_wish_of_somebody_who_left_is_not_confirmed(town: Town) -> None:
    await town.set_terms(ROOM, needs_approval=True)
    made = await town.booked()
    await town.work(lambda u: erase_person(u, MEMBER))
    assert await confirm(town.house, Operator(), made.booking_id) is No.NOT_STANDING
    assert await town.held() == []
    assert isinstance(await decline(town.house, Operator(), made.booking_id), Cancelled)
