"""What is free is what can be booked, and the quote is the price that is billed."""

from datetime import date, timedelta

import pytest

from domain.availability import RunKind
from domain.booking import PayBy
from domain.booking.outcomes import BookingRule, NotBookable
from domain.terms import Audience
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.use_cases.asker import Anyone, Asker, Member, Operator
from sync_server.use_cases.booking.day import DayView, read_resource_days, read_site_day
from sync_server.use_cases.booking.outcomes import No
from sync_server.use_cases.booking.price import Quoted, quote_slot
from tests.sync_server.booking.town import (
    DESKS,
    HALL,
    HOUR,
    MEMBER,
    NOBODYS,
    OTHER,
    ROOM,
    SITE,
    TOMORROW,
    Town,
    slot,
)

FRIDAY = date(2026, 5, 15)


async def _day(town: Town, asker: Asker | None = None) -> DayView:
    now = town.clock()
    read = read_site_day
    view = await town.ledger.read(lambda r: read(r, SITE, FRIDAY, asker or Anyone(), now))
    assert isinstance(view, DayView)
    return view


async def test_a_day_shows_every_resource_with_what_is_free(town: Town) -> None:
    await town.booked(slot(0, 2))
    await town.booked(resource=DESKS)
    view = await _day(town)
    assert [each.resource_id for each in view.resources] == [ROOM, HALL, DESKS, "beamers"]
    room, _, desks, _ = view.resources
    kinds = [(run.kind, run.free_units) for run in room.runs]
    assert kinds == [(RunKind.FREE, 1), (RunKind.TAKEN, 0), (RunKind.FREE, 1)]
    assert room.runs[1].window.start == TOMORROW
    assert room.runs[1].window.end == TOMORROW + 2 * HOUR
    assert [run.free_units for run in desks.runs] == [3, 2, 3]
    assert room.from_cents == 2000


async def test_holds_that_are_over_are_free(town: Town) -> None:
    def hold(unit: Unit) -> None:
        ends = unit.now + timedelta(minutes=10)
        unit.claim(ROOM, TOMORROW, TOMORROW + HOUR, "hold", "h", ends)

    await town.work(hold)
    assert len((await _day(town)).resources[0].runs) == 3
    town.clock.move(minutes=10)
    assert len((await _day(town)).resources[0].runs) == 1


async def test_who_may_book_is_told_to_each(town: Town) -> None:
    await town.set_terms(ROOM, audience=Audience.MEMBERS)
    for asker, may in ((Anyone(), False), (Member(NOBODYS), False), (Member(MEMBER), True)):
        assert (await _day(town, asker)).resources[0].may_book is may


async def test_some_days_of_one_resource_are_read_at_once(town: Town) -> None:
    await town.booked()
    now = town.clock()
    days = await town.ledger.read(
        lambda r: read_resource_days(r, ROOM, (FRIDAY - timedelta(days=1), 7), Anyone(), now)
    )
    assert isinstance(days, tuple)
    assert [view.day.day for view in days] == [14, 15, 16, 17, 18, 19, 20]
    assert [len(view.resources[0].runs) for view in days] == [2, 3, 1, 1, 1, 1, 1]


async def test_what_is_not_there_is_said(town: Town) -> None:
    def read(reader: Reader) -> list[object]:
        now, days = town.clock(), (FRIDAY, 1)
        return [
            read_site_day(reader, "ghost", FRIDAY, Anyone(), now),
            read_resource_days(reader, "ghost", days, Anyone(), now),
            quote_slot(reader, Anyone(), "ghost", slot(), now),
        ]

    unknown = [No.UNKNOWN_SITE, No.UNKNOWN_RESOURCE, No.UNKNOWN_RESOURCE]
    assert await town.ledger.read(read) == unknown
    for far in (date.min, date.max):
        now = town.clock()
        view = await town.ledger.read(
            lambda r, far=far, now=now: read_site_day(r, SITE, far, Anyone(), now)
        )
        assert isinstance(view, DayView)


@pytest.mark.parametrize(("person", "cents"), [(MEMBER, 2600), (NOBODYS, 6600)])
async def test_the_quote_is_what_is_billed_to_each(town: Town, person: str, cents: int) -> None:
    wish, now = slot(0, 3, party=2, add_ons=(("coffee", 1),)), town.clock()
    told = await town.ledger.read(lambda r: quote_slot(r, Member(person), ROOM, wish, now))
    assert isinstance(told, Quoted)
    assert (told.free, told.quote.total_cents) == (True, cents)
    made = await town.booked(wish, person)
    assert made.booking.lines == told.quote.lines


async def test_a_quote_says_what_is_free_and_how_it_is_paid(town: Town) -> None:
    await town.booked(slot(0, 1, add_ons=(("beamer", 1),)))

    def read(reader: Reader) -> list[object]:
        now = town.clock()
        asked = (
            (Anyone(), ROOM, slot()),
            (Anyone(), HALL, slot(0, 1, add_ons=(("beamer", 1),))),
            (Anyone(), HALL, slot(0, 1, add_ons=(("beamer", 2),))),
            (Member(OTHER), HALL, slot(-48)),
            (Operator(), HALL, slot(-48)),
        )
        return [quote_slot(reader, *each, now) for each in asked]

    taken, free, too_many, past, staff = await town.ledger.read(read)
    assert isinstance(taken, Quoted)
    assert taken.ways_to_pay == (PayBy.LINK, PayBy.INVOICE)
    free_now = [each.free for each in (taken, free, too_many) if isinstance(each, Quoted)]
    assert free_now == [False, True, False]
    assert isinstance(past, NotBookable)
    assert past.rule is BookingRule.IN_THE_PAST
    assert isinstance(staff, Quoted)
