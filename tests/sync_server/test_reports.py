"""What people write: problems and declarations become tickets, the words stay out of the log."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from domain.declaration import Declaration, Declared, Ending, missing_in
from domain.rates import DECLARED_BY_ADDRESS, REPORTED, TooOften
from domain.ticket import Ticket
from ledger import schema
from ledger.reader import Reader
from sync_server.mail.sending import send_due_mails
from sync_server.mail.transport import SmtpServer
from sync_server.settings import Settings
from sync_server.use_cases.declare import Asked, Receipt, declaration_of, declare
from sync_server.use_cases.report import Report, Trouble, report_problem
from tests.sync_server.conftest import Demo
from tests.sync_server.door_stand import OPERATOR, DoorStand, door_stand
from tests.sync_server.postbox import open_postbox

WORDS = "The projector hums like a fridge"
ENDING = Declaration(
    Declared.ENDING, "Nora Winter", "nora@example.org", "Flex desk", "de", Ending.CAUSE, "Umzug"
)


@pytest.fixture
async def stand(demo: Demo, settings: Settings) -> AsyncIterator[DoorStand]:
    async with door_stand(demo, settings) as stand:
        yield stand


async def report(stand: DoorStand, request_id: str, words: str = WORDS) -> str | TooOften:
    pass_id, what = stand.demo.pass_id("booking"), Report(Trouble.BROKEN, words, request_id)
    return await stand.house.ledger.work(
        [f"site:{stand.site}"], lambda unit: report_problem(unit, stand.site, pass_id, what)
    )


async def declared(stand: DoorStand, request_id: str, said: Declaration) -> Receipt | TooOften:
    asked = Asked("192.0.2.7", request_id)
    return await stand.house.ledger.work(
        [f"site:{stand.site}"],
        lambda unit: declare(unit, stand.house.keys, stand.site, said, asked),
    )


async def log_of(stand: DoorStand) -> str:
    def bodies(reader: Reader) -> str:
        return str(reader.session.connection.execute(select(schema.event.c.body)).all())

    return await stand.house.ledger.read(bodies)


async def test_a_problem_is_a_ticket_with_room_booking_and_words(stand: DoorStand) -> None:
    ticket_id = await report(stand, "one")
    assert isinstance(ticket_id, str)
    assert await report(stand, "one") == ticket_id
    (ticket,) = await stand.tickets()
    assert (ticket.what, ticket.about_kind) == ("broken", "resource")
    assert ticket.booking_id
    notes = await stand.house.ledger.read(lambda reader: reader.notes_of("ticket", ticket_id))
    assert notes == [WORDS]
    assert WORDS not in await log_of(stand)
    with open_postbox() as postbox:
        await send_due_mails(stand.house, SmtpServer("127.0.0.1", postbox.port))
        (told,) = [mail for mail in postbox.mails if OPERATOR in mail["To"]]
    assert WORDS in str(told.get_content())


async def test_what_was_typed_can_be_erased(stand: DoorStand) -> None:
    ticket_id = await report(stand, "one")
    assert isinstance(ticket_id, str)
    await stand.house.ledger.work([], lambda unit: unit.erase_notes("ticket", ticket_id))
    assert not await stand.house.ledger.read(lambda reader: reader.notes_of("ticket", ticket_id))


async def test_nobody_reports_without_end(stand: DoorStand) -> None:
    made = [await report(stand, str(n), "") for n in range(REPORTED.most + 1)]
    assert isinstance(made[-1], TooOften)
    assert all(isinstance(each, str) for each in made[:-1])


async def test_a_declaration_is_received_once_and_told_to_both(stand: DoorStand) -> None:
    first = await declared(stand, "form", ENDING)
    assert isinstance(first, Receipt)
    assert await declared(stand, "form", ENDING) == first
    (ticket,) = await stand.tickets()
    assert ticket == Ticket("ending", "site", stand.site, first.at)
    kept = await stand.house.ledger.read(lambda reader: declaration_of(reader, first.ticket_id))
    assert kept == ENDING
    assert "Nora" not in await log_of(stand)
    with open_postbox() as postbox:
        await send_due_mails(stand.house, SmtpServer("127.0.0.1", postbox.port))
        sent = {
            mail["To"]: str(mail.get_content()) for mail in postbox.mails if not mail.is_multipart()
        }
    receipt = next(text for to, text in sent.items() if "nora@example.org" in to)
    told = next(text for to, text in sent.items() if OPERATOR in to)
    for words in ("Flex desk", "Umzug", "Nora Winter"):
        assert words in receipt
        assert words in told
    assert "Deine Kündigung ist angekommen." in receipt


async def test_an_address_gets_only_so_many_receipts_a_day(stand: DoorStand) -> None:
    most = DECLARED_BY_ADDRESS.most
    made = [await declared(stand, str(n), ENDING) for n in range(most + 1)]
    assert [isinstance(each, TooOften) for each in made] == [False] * most + [True]


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("mail", "nora"), ("contract", ""), ("why", "")]
)
def test_what_is_missing_is_asked_for(field: str, value: str) -> None:
    values = {
        "name": "Nora",
        "mail": "nora@example.org",
        "contract": "Flex",
        "why": "Umzug",
        field: value,
    }
    said = Declaration(Declared.ENDING, **values, ending=Ending.CAUSE)
    assert missing_in(said) == (field,)
    assert missing_in(ENDING) == ()
