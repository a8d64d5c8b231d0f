"""Holds: one for each session and address, five for each IP, ten minutes, and then a booking."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.booking import Booking, BookingStatus, PayBy
from domain.booking.outcomes import NotBookable
from domain.person import PersonBlocked
from domain.subjects import HOUSE
from ledger.cards import Card
from ledger.reader import Reader
from sync_server.use_cases.booking.book_held import Agreed
from sync_server.use_cases.booking.guests import Guest
from sync_server.use_cases.booking.holding import book_hold, extend, give_up, hold
from sync_server.use_cases.booking.holds import Hold, Holder, hold_of_session, hold_of_token
from sync_server.use_cases.booking.outcomes import Booked, No, PriceChanged, SlotTaken
from sync_server.use_cases.booking.requests import RequestKey
from tests.sync_server.booking.town import DESKS, HALL, HOUR, MEMBER, OTHER, ROOM, Town, slot

ANNA = Guest("Anna Lind", "anna@example.org", "Lind GmbH", "DE136695976", language="en")
BY_INVOICE = Agreed(ANNA, PayBy.INVOICE)


async def _held(town: Town, session: str = "s", resource: str = ROOM, **of: str) -> Hold:
    wish = slot(float(of.pop("at", 0)), 1)
    made = await hold(town.house, Holder(session=session, **of), resource, wish)
    assert isinstance(made, Hold), made
    return made


async def _refs(town: Town) -> list[tuple[str, str]]:
    return [(unit, kind) for unit, kind, _ in await town.held()]


async def test_a_hold_keeps_everybody_else_away_for_ten_minutes(town: Town) -> None:
    held = await _held(town)
    assert held.expires_at == town.clock() + timedelta(minutes=10)
    assert held.quote is not None
    assert held.quote.total_cents == 2000
    assert isinstance(await town.book(), SlotTaken)
    town.clock.move(minutes=10)
    assert isinstance(await town.book(), Booked)


async def test_a_new_hold_of_the_same_session_takes_the_place_of_the_first(town: Town) -> None:
    first = await _held(town)
    second = await _held(town, resource=HALL)
    assert second.id == first.id
    assert await _refs(town) == [(HALL, "hold")]
    moved = await _held(town, resource=HALL, at="0.5")
    assert moved.id == first.id
    assert await _refs(town) == [(HALL, "hold")]


async def test_where_the_new_one_is_taken_the_first_stays(town: Town) -> None:
    await town.booked(resource=HALL)
    await _held(town)
    taken = await hold(town.house, Holder("s"), HALL, slot())
    assert isinstance(taken, SlotTaken)
    assert await _refs(town) == [(ROOM, "hold"), (HALL, "booking")]


async def test_one_hold_for_each_address_whatever_the_session(town: Town) -> None:
    await _held(town, mail="Anna@example.org")
    await _held(town, "t", HALL, mail="anna@EXAMPLE.org")
    assert await _refs(town) == [(HALL, "hold")]


async def test_at_most_five_for_each_ip_address(town: Town) -> None:
    for number in range(5):
        await _held(town, f"s{number}", ip="192.0.2.1", at=str(number))
    assert await hold(town.house, Holder("s5", ip="192.0.2.1"), HALL, slot()) is No.TOO_MANY_HOLDS
    await _held(town, "s0", HALL, ip="192.0.2.1")
    await _held(town, "s6", ip="192.0.2.2", at="9")
    town.clock.move(minutes=10)
    await _held(town, "s7", ip="192.0.2.1")


async def test_a_hold_is_found_by_its_token_or_session_and_by_nothing_else(town: Town) -> None:
    held = await _held(town)
    keys = town.house.keys

    def read(reader: Reader) -> list[Hold | None]:
        wrong = (held.id, f"{held.id}.", f"{held.id}.{'0' * 32}", "", "ä.ö", held.token + "0")
        found = [hold_of_token(reader, keys, text) for text in (held.token, *wrong)]
        return [*found, hold_of_session(reader, keys, "s"), hold_of_session(reader, keys, "")]

    right, *wrong, by_session, by_nothing = await town.ledger.read(read)
    assert right == by_session == replace(held, quote=None)
    assert [*wrong, by_nothing] == [None] * 7


async def test_a_hold_is_extended_once(town: Town) -> None:
    held = await _held(town)
    longer = await extend(town.house, held)
    assert isinstance(longer, Hold)
    assert longer.expires_at == held.expires_at + timedelta(minutes=10)
    again = await extend(town.house, held)
    assert again == longer
    town.clock.move(minutes=19)
    assert isinstance(await town.book(), SlotTaken)
    town.clock.move(minutes=1)
    assert await extend(town.house, held) is No.HOLD_GONE


async def test_what_is_given_up_is_free_at_once(town: Town) -> None:
    held = await _held(town)
    await give_up(town.house, held)
    assert isinstance(await town.book(), Booked)
    assert await book_hold(town.house, held, BY_INVOICE) is No.HOLD_GONE


async def test_a_guest_books_what_they_hold_and_is_known_from_then_on(town: Town) -> None:
    held = await _held(town, resource=DESKS)
    made = await book_hold(town.house, held, BY_INVOICE)
    assert isinstance(made, Booked)
    assert made.booking_id == held.id
    assert (made.booking.pay_by, made.booking.paid) == (PayBy.INVOICE, True)
    assert await _refs(town) == [("desks#1", "booking")]
    person = made.booking.person_id
    assert person
    card = await town.ledger.read(lambda r: r.card(person))
    assert card == Card("Anna Lind", ANNA.mail, "", "Lind GmbH", "en", "DE136695976")
    assert await town.mails() == [("booking", person)]
    assert await book_hold(town.house, held, BY_INVOICE) is No.HOLD_GONE


async def test_the_same_guest_is_the_same_person_and_nobody_becomes_a_member(town: Town) -> None:
    people = []
    for number, mail in enumerate((ANNA.mail, ANNA.mail, "jana@example.org")):
        held = await _held(town, f"s{number}", at=str(number))
        guest = replace(ANNA, mail=mail)
        made = await book_hold(town.house, held, Agreed(guest, PayBy.INVOICE))
        assert isinstance(made, Booked)
        assert made.booking.amount_cents == 2000
        people.append(made.booking.person_id)
    assert people[0] == people[1]
    assert people[2] not in (people[0], MEMBER, None)


async def test_a_member_books_what_they_hold_at_their_price(town: Town) -> None:
    held = await _held(town, person_id=MEMBER)
    made = await book_hold(town.house, held, Agreed())
    assert isinstance(made, Booked)
    assert (made.booking.person_id, made.booking.amount_cents) == (MEMBER, 0)


async def test_after_its_time_it_is_theirs_only_if_nobody_came(town: Town) -> None:
    held = await _held(town)
    town.clock.move(minutes=11)
    assert isinstance(await book_hold(town.house, held, BY_INVOICE), Booked)
    other = await _held(town, "t", at="2")
    town.clock.move(minutes=11)
    await town.booked(slot(2), OTHER)
    assert isinstance(await book_hold(town.house, other, BY_INVOICE), SlotTaken)


async def test_many_at_once_make_one_booking_of_a_hold(town: Town) -> None:
    held = await _held(town)
    agreed = replace(BY_INVOICE, key=RequestKey("s", "k", "h"))
    tries = [book_hold(town.process(n), held, agreed if n % 2 else BY_INVOICE) for n in range(8)]
    made = await asyncio.gather(*tries)
    assert sum(isinstance(each, Booked) and not each.again for each in made) == 1
    assert len(await town.mails()) == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name": "  "}, No.BAD_GUEST),
        ({"mail": "anna"}, No.BAD_GUEST),
        ({"mail": "anna@example.org\nBcc: x@example.org"}, No.BAD_GUEST),
        ({"company": "x" * 201}, No.BAD_GUEST),
        ({"vat_id": "DE136695977"}, No.BAD_VAT_ID),
        ({"vat_id": "136695976"}, No.BAD_VAT_ID),
        ({"vat_id": "x" * 500}, No.BAD_VAT_ID),
    ],
)
async def test_a_guest_who_cannot_be_written_to_books_nothing(
    town: Town, changes: dict[str, str], why: No
) -> None:
    held = await _held(town)
    guest = replace(ANNA, **changes)
    assert await book_hold(town.house, held, Agreed(guest, PayBy.INVOICE)) is why
    assert await book_hold(town.house, held, Agreed()) is No.BAD_GUEST
    assert await _refs(town) == [(ROOM, "hold")]


async def test_whom_the_house_keeps_out_does_not_book_under_their_own_address(town: Town) -> None:
    event = PersonBlocked("*")
    await town.work(lambda u: u.append(HOUSE, "person", OTHER, event, actor="test"))
    held = await _held(town)
    guest = replace(ANNA, mail="Tom@example.org")
    no = await book_hold(town.house, held, Agreed(guest, PayBy.INVOICE))
    assert isinstance(no, NotBookable)
    assert no.rule.value == "blocked"


async def test_price_and_way_to_pay_are_those_that_were_shown(town: Town) -> None:
    held = await _held(town)
    other = replace(BY_INVOICE, expected_cents=1)
    assert isinstance(await book_hold(town.house, held, other), PriceChanged)
    for way in (PayBy.DESK, PayBy.LINK):
        assert await book_hold(town.house, held, replace(BY_INVOICE, pay_by=way)) is No.WAY_TO_PAY


async def test_a_guests_wish_for_what_staff_confirm_holds_nothing(town: Town) -> None:
    await town.set_terms(HALL, needs_approval=True)
    held = await _held(town, resource=HALL)
    made = await book_hold(town.house, held, replace(BY_INVOICE, pay_by=PayBy.LINK))
    assert isinstance(made, Booked)
    assert made.booking.status is BookingStatus.WISHED
    assert await town.held() == []


async def test_it_is_judged_as_of_the_moment_it_was_held(town: Town) -> None:
    await town.set_terms(ROOM, notice_min=60)
    town.clock.now = slot().starts - HOUR
    held = await _held(town)
    town.clock.move(minutes=5)
    made = await book_hold(town.house, held, BY_INVOICE)
    assert isinstance(made, Booked)
    assert isinstance(made.booking, Booking)
    assert made.booking.made_at == town.clock()
