"""I can't get in: a ticket with door and booking, told to the operator once, and other ways."""

from collections.abc import AsyncIterator

import pytest

from sync_server.settings import Settings
from sync_server.use_cases.no_way_in import WaysIn, report_cannot_get_in
from tests.sync_server.conftest import Demo
from tests.sync_server.door_stand import OPERATOR, DoorStand, door_stand


@pytest.fixture
async def stand(demo: Demo, settings: Settings) -> AsyncIterator[DoorStand]:
    async with door_stand(demo, settings) as stand:
        yield stand


async def report(stand: DoorStand, pass_id: str, door: str | None) -> WaysIn | None:
    stream = f"site:{stand.site}"
    return await stand.house.ledger.work(
        [stream], lambda unit: report_cannot_get_in(unit, stand.site, pass_id, door)
    )


async def test_the_ticket_holds_door_and_booking_and_the_operator_is_told_once(
    stand: DoorStand,
) -> None:
    pass_id = stand.demo.pass_id("host")
    first = await report(stand, pass_id, stand.front)
    second = await report(stand, pass_id, stand.front)
    assert first is not None
    assert second is not None
    assert (first.again, first.mailed) == (False, True)
    assert (second.again, second.mailed) == (True, False)
    assert first.other is not None
    assert first.other.id == stand.courtyard
    assert first.phone
    (ticket,) = await stand.tickets()
    assert (ticket.what, ticket.about_kind, ticket.about_id) == (
        "cannot_get_in",
        "door",
        stand.front,
    )
    assert ticket.times_reported == 2
    mails = await stand.house.ledger.work([], lambda unit: unit.due_mails(unit.now, 99))
    told = [mail for mail in mails if mail.what == "ticket"]
    assert [(mail.address, mail.ref_id) for mail in told] == [(OPERATOR, first.ticket_id)]


async def test_two_bookings_at_one_door_are_two_tickets(stand: DoorStand) -> None:
    for part in ("host", "booking", "group"):
        await report(stand, stand.demo.pass_id(part), stand.front)
    tickets = await stand.tickets()
    assert sorted(ticket.times_reported for ticket in tickets) == [1, 2]
    assert all(ticket.booking_id for ticket in tickets)


async def test_a_member_without_a_booking_reports_the_site_as_well(stand: DoorStand) -> None:
    ways = await report(stand, stand.demo.pass_id("staff"), None)
    assert ways is not None
    assert ways.other is None
    (ticket,) = await stand.tickets()
    assert (ticket.about_kind, ticket.about_id, ticket.booking_id) == ("site", stand.site, None)


async def test_a_pass_that_is_none_reports_nothing(stand: DoorStand) -> None:
    assert await report(stand, "0" * 16, stand.front) is None
    assert await stand.tickets() == []
