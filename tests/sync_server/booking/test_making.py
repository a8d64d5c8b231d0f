"""Booking: what the rules allow is held, recorded, priced and mailed together, or not at all."""

import asyncio
from dataclasses import replace

from domain.account import Account, Spent
from domain.booking import BookedAddOn, BookingStatus, PayBy
from domain.booking.outcomes import BookingRule, NotBookable
from domain.passes import Pass
from sync_server.use_cases.asker import Anyone, Auditor, Member, Operator
from sync_server.use_cases.booking.acts import book
from sync_server.use_cases.booking.outcomes import Booked, No, PriceChanged, SlotTaken
from sync_server.use_cases.booking.requests import NewBooking, RequestKey
from tests.sync_server.booking.town import (
    BEAMERS,
    DESKS,
    HALL,
    MEMBER,
    NOBODYS,
    OTHER,
    ROOM,
    Town,
    slot,
)


async def test_a_member_books_with_pass_mail_and_price(town: Town) -> None:
    made = await town.booked(slot(0, 3))
    booking = await town.booking(made.booking_id)
    assert booking == made.booking
    assert (booking.amount_cents, booking.pay_by, booking.paid) == (2000, PayBy.INVOICE, True)
    assert [line.code for line in booking.lines] == ["slot", "included"]
    assert await town.held() == [(ROOM, "booking", made.booking_id)]
    assert await town.mails() == [("booking", MEMBER)]
    issued = await town.state("pass", made.pass_id, Pass)
    assert issued is not None
    assert issued.grant_id == made.booking_id


async def test_included_minutes_are_spent_once_and_then_paid_for(town: Town) -> None:
    first = await town.booked(slot(0, 1))
    second = await town.booked(slot(2, 2))
    third = await town.booked(slot(5, 1))
    amounts = [each.booking.amount_cents for each in (first, second, third)]
    assert amounts == [0, 2000, 2000]
    account = await town.state("account", MEMBER, Account)
    assert account is not None
    assert account.spent == (
        Spent(first.booking_id, "2026-05", 60),
        Spent(second.booking_id, "2026-05", 60),
    )


async def test_what_somebody_has_is_taken_and_nothing_else_happens(town: Town) -> None:
    await town.booked()
    mails = await town.mails()
    assert isinstance(await town.book(person=OTHER), SlotTaken)
    assert isinstance(await town.book(slot(0.5, 1), person=OTHER), SlotTaken)
    assert await town.mails() == mails
    assert isinstance(await town.book(slot(1, 1), person=OTHER), Booked)


async def test_buffers_are_held_and_cannot_be_evaded(town: Town) -> None:
    await town.booked(resource=HALL)
    assert isinstance(await town.book(slot(1, 1), OTHER, HALL), SlotTaken)
    assert isinstance(await town.book(slot(1.25, 1), OTHER, HALL), SlotTaken)
    assert isinstance(await town.book(slot(1.5, 1), OTHER, HALL), Booked)


async def test_three_desks_are_booked_by_three_and_not_by_four(town: Town) -> None:
    made = await asyncio.gather(*(town.book(resource=DESKS, mail=False) for _ in range(5)))
    units = sorted(each.booking.unit for each in made if isinstance(each, Booked))
    assert units == ["desks#1", "desks#2", "desks#3"]


async def test_scarce_add_ons_are_held_and_priced(town: Town) -> None:
    wish = slot(0, 1, party=4, add_ons=(("beamer", 2), ("coffee", 1)))
    made = await town.booked(wish, OTHER)
    assert made.booking.add_ons == (
        BookedAddOn("beamer", 2, ("beamers#1", "beamers#2")),
        BookedAddOn("coffee", 1),
    )
    assert made.booking.amount_cents == 2 * 1500 + 4 * 300
    taken = await town.book(replace(wish, add_ons=(("beamer", 1),)), resource=HALL)
    assert isinstance(taken, SlotTaken)
    assert taken.add_on_id == "beamer"
    assert {unit for unit, _, _ in await town.held()} == {ROOM, f"{BEAMERS}#1", f"{BEAMERS}#2"}


async def test_the_rules_speak_before_anything_is_held(town: Town) -> None:
    refused = await town.book(slot(-48, 1))
    assert isinstance(refused, NotBookable)
    assert refused.rule is BookingRule.IN_THE_PAST
    assert await town.held() == []


async def test_an_operator_is_bound_by_few_terms_but_never_books_what_is_taken(
    town: Town,
) -> None:
    made = await town.staff_books(slot(-48, 1))
    assert isinstance(made, Booked)
    assert isinstance(await town.staff_books(slot(-48, 1), OTHER), SlotTaken)


async def test_nobody_books_for_others_or_for_people_who_are_not_there(town: Town) -> None:
    request = NewBooking(ROOM, slot())
    for asker in (Anyone(), Auditor(), Member(OTHER), Operator("elsewhere")):
        assert await book(town.house, asker, MEMBER, request) is No.UNKNOWN_PERSON
    assert await town.book(person="ghost") is No.UNKNOWN_PERSON
    assert await town.book(resource="ghost") is No.UNKNOWN_RESOURCE
    assert await town.held() == []


async def test_another_price_than_the_one_shown_books_nothing(town: Town) -> None:
    changed = await town.book(slot(0, 3), expected_cents=1999)
    assert isinstance(changed, PriceChanged)
    assert changed.quote.total_cents == 2000
    assert await town.held() == []
    assert isinstance(await town.book(slot(0, 3), expected_cents=2000), Booked)


async def test_people_without_an_account_pay_in_the_ways_on_offer(town: Town) -> None:
    by_link = await town.booked(person=NOBODYS)
    assert (by_link.booking.pay_by, by_link.booking.paid) == (PayBy.LINK, False)
    assert await town.book(slot(2), NOBODYS, pay_by=PayBy.DESK) is No.WAY_TO_PAY
    invoice = await town.booked(slot(2), NOBODYS, pay_by=PayBy.INVOICE)
    assert invoice.booking.paid


async def test_the_same_key_books_once_and_another_request_not_at_all(town: Town) -> None:
    key = RequestKey("person:jana", "k1", "hash")
    first = await town.booked(key=key)
    again = await town.booked(key=key)
    assert again == replace(first, mail_id="", again=True)
    assert await town.book(slot(3), key=replace(key, content="other")) is No.KEY_REUSED
    assert len(await town.held()) == 1


async def test_the_same_key_at_once_in_many_processes_books_once(town: Town) -> None:
    request = NewBooking(ROOM, slot(), key=RequestKey("person:jana", "k1", "hash"))
    asked = (book(town.process(n), Member(MEMBER), MEMBER, request) for n in range(8))
    made = [each for each in await asyncio.gather(*asked) if isinstance(each, Booked)]
    assert len(made) == 8
    assert len({each.booking_id for each in made}) == 1
    assert sum(not each.again for each in made) == 1


async def test_what_staff_must_confirm_first_holds_nothing_and_has_no_pass(town: Town) -> None:
    await town.set_terms(HALL, needs_approval=True)
    wishes = [await town.booked(slot(), who, HALL) for who in (MEMBER, OTHER)]
    assert {each.booking.status for each in wishes} == {BookingStatus.WISHED}
    assert {each.pass_id for each in wishes} == {""}
    assert await town.held() == []


async def test_sixteen_at_once_for_one_room_have_one_winner(town: Town) -> None:
    async def ask(number: int) -> object:
        who = (MEMBER, OTHER, NOBODYS)[number % 3]
        request = NewBooking(ROOM, slot(number % 4 / 4, 1), mail=False)
        return await book(town.process(number), Member(who), who, request)

    made = await asyncio.gather(*map(ask, range(16)))
    assert sum(isinstance(each, Booked) for each in made) == 1
    assert sum(isinstance(each, SlotTaken) for each in made) == 15
    assert await town.overlaps() == []
