"""I can't get in: a ticket with door and booking, told to the operator once, and other ways."""

from collections.abc import AsyncIterator

import pytest

from domain.door_trouble import TICKETS
from domain.rates import TooOften
from sync_server.mail.sending import send_due_mails
from sync_server.mail.transport import SmtpServer
from sync_server.settings import Settings
from sync_server.use_cases.no_way_in import WHAT, WaysIn, report_cannot_get_in
from tests.sync_server.conftest import Demo
from tests.sync_server.door_stand import OPERATOR, DoorStand, door_stand
from tests.sync_server.postbox import open_postbox
from wording import codes


@pytest.fixture
async def stand(demo: Demo, settings: Settings) -> AsyncIterator[DoorStand]:
    async with door_stand(demo, settings) as stand:
        yield stand


async def report(stand: DoorStand, pass_id: str, door: str | None) -> WaysIn | TooOften | None:
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
    assert isinstance(first, WaysIn)
    assert isinstance(second, WaysIn)
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
    assert isinstance(ways, WaysIn)
    assert ways.other is None
    (ticket,) = await stand.tickets()
    assert (ticket.about_kind, ticket.about_id, ticket.booking_id) == ("site", stand.site, None)


async def test_a_pass_that_is_none_reports_nothing(stand: DoorStand) -> None:
    assert await report(stand, "0" * 16, stand.front) is None
    assert await stand.tickets() == []


async def test_the_operators_mail_says_what_where_and_whose_booking(stand: DoorStand) -> None:
    await report(stand, stand.demo.pass_id("host"), stand.front)
    with open_postbox() as postbox:
        transport = SmtpServer("127.0.0.1", postbox.port)
        await send_due_mails(stand.house, transport)
        await send_due_mails(stand.house, transport)
    (mail,) = [mail for mail in postbox.mails if OPERATOR in str(mail["To"])]
    assert mail["Subject"] == "Ziegelhof: Front door braucht Hilfe"
    said = mail.get_content()
    assert "Somebody can’t get in at “Front door”." in said
    assert "Jemand kommt bei „Front door“ nicht hinein." in said
    assert "Booking: Kiln," in said
    assert "Booked by Anna Lindqvist." in said


@pytest.mark.parametrize("what", sorted({*TICKETS.values(), "door_forced", WHAT}))
def test_every_ticket_of_ours_has_words_of_its_own(what: str) -> None:
    assert f"mail.ticket.{what}" in codes("en")


async def test_a_report_again_and_again_is_told_to_rest(stand: DoorStand) -> None:
    found = [await report(stand, stand.demo.pass_id("host"), None) for _ in range(11)]
    assert isinstance(found[-1], TooOften)
    (ticket,) = await stand.tickets()
    assert ticket.times_reported == 10
