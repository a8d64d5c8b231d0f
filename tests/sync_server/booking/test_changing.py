"""Moving, extending, other add-ons: all at once at the new price, or nothing of it."""

import asyncio

from domain.account import Account
from domain.booking import PayBy
from domain.booking.outcomes import BookingRule, NotBookable
from domain.terms import CancelStep
from sync_server.use_cases.asker import Anyone, Auditor, Member, Operator
from sync_server.use_cases.booking.change import Change, Priced
from sync_server.use_cases.booking.changing import change, quote_change
from sync_server.use_cases.booking.outcomes import Booked, Changed, No, PriceChanged, SlotTaken
from sync_server.use_cases.booking.standing_booking import By, LinkHolder
from tests.sync_server.booking.town import (
    DESKS,
    HALL,
    HOUR,
    MEMBER,
    NOBODYS,
    OTHER,
    ROOM,
    TOMORROW,
    Town,
    slot,
)


async def _change(town: Town, made: Booked, by: By | None = None, **what: object) -> object:
    by = by or Member(made.booking.person_id or "")
    return await change(town.house, by, made.booking_id, Change(**what))  # type: ignore[arg-type]


async def _refs(town: Town) -> list[tuple[str, str]]:
    return [(unit, ref) for unit, _, ref in await town.held()]


async def test_a_booking_moves_with_its_pass_and_a_mail(town: Town) -> None:
    made = await town.booked()
    moved = await _change(town, made, starts=TOMORROW + HOUR, ends=TOMORROW + 2 * HOUR)
    assert isinstance(moved, Changed)
    assert moved.booking.starts == TOMORROW + HOUR
    assert await town.mails() == [("booking", MEMBER), ("booking_moved", MEMBER)]
    assert isinstance(await town.book(person=OTHER), Booked)
    assert isinstance(await town.book(slot(1), OTHER), SlotTaken)


async def test_where_the_new_time_is_taken_nothing_changes(town: Town) -> None:
    made = await town.booked(slot(0, 1, add_ons=(("beamer", 2),)))
    await town.booked(slot(3), OTHER)
    before = await _refs(town)
    taken = await _change(town, made, starts=TOMORROW + 2.5 * HOUR, ends=TOMORROW + 3.5 * HOUR)
    assert isinstance(taken, SlotTaken)
    assert taken.alternatives
    assert await _refs(town) == before
    assert await town.events("booking", made.booking_id) == ["BookingMade"]


async def test_where_an_add_on_is_taken_then_nothing_changes_either(town: Town) -> None:
    made = await town.booked(slot(0, 1, add_ons=(("beamer", 1),)))
    await town.booked(slot(2, 1, add_ons=(("beamer", 2),)), OTHER, HALL)
    before = await _refs(town)
    taken = await _change(town, made, starts=TOMORROW + 2 * HOUR, ends=TOMORROW + 3 * HOUR)
    assert isinstance(taken, SlotTaken)
    assert taken.add_on_id == "beamer"
    assert await _refs(town) == before


async def test_it_goes_to_another_room_at_its_price(town: Town) -> None:
    made = await town.booked(person=NOBODYS)
    told = await quote_change(
        town.house, Member(NOBODYS), made.booking_id, Change(resource_id=HALL)
    )
    assert isinstance(told, Priced)
    assert told.difference_cents == 7000
    no = await _change(town, made, resource_id=HALL, expected_cents=8999)
    assert isinstance(no, PriceChanged)
    moved = await _change(town, made, resource_id=HALL, expected_cents=9000)
    assert isinstance(moved, Changed)
    assert (moved.booking.resource_id, moved.booking.amount_cents) == (HALL, 9000)
    assert moved.difference_cents == 7000
    assert [unit for unit, _ in await _refs(town)] == [HALL]


async def test_it_is_extended_while_it_runs_and_stays_at_its_desk(town: Town) -> None:
    others = [await town.booked(person=who, resource=DESKS) for who in (OTHER, NOBODYS)]
    made = await town.booked(resource=DESKS)
    assert made.booking.unit == "desks#3"
    await _change(town, others[0], ends=TOMORROW + HOUR / 2)
    town.clock.now = TOMORROW + HOUR * 3 / 4
    longer = await _change(town, made, ends=TOMORROW + 2 * HOUR)
    assert isinstance(longer, Changed)
    assert longer.booking.unit == "desks#3"
    assert longer.booking.ends == TOMORROW + 2 * HOUR


async def test_included_minutes_follow_the_change(town: Town) -> None:
    made = await town.booked(slot(0, 1))
    await _change(town, made, ends=TOMORROW + 3 * HOUR)
    account = await town.state("account", MEMBER, Account)
    assert account is not None
    assert [each.minutes for each in account.spent] == [120]
    await _change(town, made, ends=TOMORROW + HOUR / 2)
    account = await town.state("account", MEMBER, Account)
    assert account is not None
    assert [each.minutes for each in account.spent] == [30]


async def test_time_given_up_late_is_partly_owed(town: Town) -> None:
    await town.set_terms(ROOM, cancel=(CancelStep(48 * 60, 50),))
    made = await town.booked(slot(0, 3), NOBODYS)
    shorter = await _change(town, made, ends=TOMORROW + HOUR)
    assert isinstance(shorter, Changed)
    assert shorter.booking.amount_cents == 2000 + 2000
    assert [line.code for line in shorter.booking.lines] == ["slot", "given_up"]
    assert shorter.booking.least_fee_cents == 3000


async def test_add_ons_are_changed_later(town: Town) -> None:
    made = await town.booked(slot(0, 1, add_ons=(("beamer", 1),)), NOBODYS)
    more = await _change(town, made, add_ons=(("beamer", 2), ("coffee", 1)))
    assert isinstance(more, Changed)
    assert more.booking.amount_cents == 2000 + 2 * 1500 + 300
    assert more.mail_id == ""
    assert await town.events("booking", made.booking_id) == ["BookingMade", "AddOnsChanged"]
    assert [u for u, _ in await _refs(town)] == ["beamers#1", "beamers#2", ROOM]


async def test_the_rules_speak_about_changes_too(town: Town) -> None:
    await town.set_terms(ROOM, move_until_min=60)
    made = await town.booked()
    unknown = await _change(town, made, add_ons=(("ghost", 1),))
    assert isinstance(unknown, NotBookable)
    assert unknown.rule is BookingRule.UNKNOWN_ADD_ON
    town.clock.now = TOMORROW - HOUR / 2
    late = await _change(town, made, starts=TOMORROW + HOUR, ends=TOMORROW + 2 * HOUR)
    assert isinstance(late, NotBookable)
    assert late.rule is BookingRule.TOO_LATE_TO_CHANGE
    to = {"starts": TOMORROW + HOUR, "ends": TOMORROW + 2 * HOUR}
    assert isinstance(await _change(town, made, Operator(), **to), Changed)
    assert await _change(town, made, resource_id="ghost") is No.UNKNOWN_RESOURCE
    town.clock.now = TOMORROW + 3 * HOUR
    assert await _change(town, made, Operator(), **to) is No.NOT_STANDING


async def test_only_its_host_its_link_and_staff_change_a_booking(town: Town) -> None:
    made = await town.booked()
    strangers: list[By] = [Anyone(), Auditor(), Member(OTHER), Operator("x"), LinkHolder("x")]
    for by in strangers:
        assert await _change(town, made, by, ends=TOMORROW + 2 * HOUR) is No.UNKNOWN_BOOKING
        assert await quote_change(town.house, by, made.booking_id, Change()) is No.UNKNOWN_BOOKING
    ghost = await change(town.house, Operator(), "ghost", Change())
    assert ghost is No.UNKNOWN_BOOKING
    longer = {"ends": TOMORROW + 2 * HOUR}
    assert isinstance(await _change(town, made, LinkHolder(made.booking_id), **longer), Changed)


async def test_what_staff_would_have_to_confirm_is_asked_for_anew(town: Town) -> None:
    await town.set_terms(HALL, needs_approval=True)
    made = await town.booked()
    assert await _change(town, made, resource_id=HALL) is No.ASK_ANEW


async def test_many_changes_at_once_never_overlap(town: Town) -> None:
    made = [await town.booked(slot(n), (MEMBER, OTHER, NOBODYS)[n]) for n in range(3)]

    async def push(number: int) -> object:
        mine = made[number % 3]
        starts = TOMORROW + number % 5 * HOUR
        by = Member(mine.booking.person_id or "")
        house = town.process(number)
        return await change(house, by, mine.booking_id, Change(starts, starts + 2 * HOUR))

    await asyncio.gather(*map(push, range(24)))
    assert await town.overlaps() == []
    for each in made:
        booking = await town.booking(each.booking_id)
        assert booking.pay_by in (PayBy.LINK, PayBy.INVOICE, PayBy.NOTHING)
        held = await town.ledger.read(lambda r, id_=each.booking_id: r.claims_of(id_))
        assert [(h.from_, h.until) for h in held] == [(booking.starts, booking.ends)]
