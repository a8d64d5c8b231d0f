"""Series: all days at once, each of them a booking; conflicts told, nothing half done."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.booking import BookingStatus, PayBy
from domain.booking.outcomes import BookingRule, NotBookable
from domain.booking.series import SeriesProblem
from domain.booking.wish import SlotWish
from domain.series import Series
from domain.terms import CancelStep, Per, Quota
from sync_server.use_cases.asker import Member, Operator
from sync_server.use_cases.booking.changing import cancel
from sync_server.use_cases.booking.drafting import Draft
from sync_server.use_cases.booking.outcomes import Booked, Cancelled, No, SlotTaken
from sync_server.use_cases.booking.requests import RequestKey
from sync_server.use_cases.series import acts
from sync_server.use_cases.series.change import Ended, EndTerms
from sync_server.use_cases.series.make import DearerNow, NoDayLeft, SeriesBooked, SeriesOutcome
from sync_server.use_cases.series.preview import Preview
from sync_server.use_cases.series.standing import SeriesView, read_series
from sync_server.use_cases.series.wish import NewSeries, Omitted
from tests.sync_server.booking.town import (
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

WEEKS = "FREQ=WEEKLY;COUNT=4"
FRIDAYS = [TOMORROW.date() + timedelta(weeks=n) for n in range(4)]


def series(first: SlotWish | None = None, rrule: str = WEEKS, **of: Any) -> NewSeries:
    return NewSeries(of.pop("resource", ROOM), first or slot(), rrule, **of)


async def book(town: Town, new: NewSeries | None = None, person: str = MEMBER) -> SeriesOutcome:
    return await acts.book_series(town.house, Member(person), person, new or series())


async def booked(town: Town, new: NewSeries | None = None, person: str = MEMBER) -> SeriesBooked:
    made = await book(town, new, person)
    assert isinstance(made, SeriesBooked), made
    return made


async def preview(town: Town, new: NewSeries | None = None, person: str = MEMBER) -> Preview:
    found = await acts.preview(town.house, Member(person), person, new or series())
    assert isinstance(found, Preview), found
    return found


async def seen(town: Town, series_id: str, person: str = MEMBER) -> SeriesView:
    now = town.clock()
    found = await town.ledger.read(lambda r: read_series(r, Member(person), series_id, now))
    assert isinstance(found, SeriesView), found
    return found


async def test_each_day_is_a_booking_with_a_pass_and_there_is_one_mail(town: Town) -> None:
    made = await booked(town)
    assert [each.day for each in made.days] == FRIDAYS
    for each in made.days:
        assert isinstance(each.outcome, Booked)
        assert each.outcome.pass_id
        assert each.outcome.booking.series_id == made.series_id
        wall = each.outcome.booking.starts.astimezone(ZoneInfo("Europe/Berlin"))
        assert (wall.date(), wall.hour) == (each.day, 9)
    assert await town.mails() == [("series", MEMBER)]
    assert len(await town.held()) == 4
    assert await town.events("series", made.series_id) == ["SeriesMade"]


async def test_the_preview_is_what_is_then_booked(town: Town) -> None:
    """Two included hours a month: what is beyond them costs."""
    new = series(slot(hours=1.5), "FREQ=WEEKLY;COUNT=5")
    shown = await preview(town, new)
    assert [each.cents for each in shown.days] == [0, 2000, 3000, 0, 2000]
    made = await booked(town, replace(new, expected_cents=shown.total_cents))
    prices = [e.outcome.booking.amount_cents for e in made.days if isinstance(e.outcome, Booked)]
    assert prices == [each.cents for each in shown.days]


async def test_conflicts_are_shown_before_and_told_after(town: Town) -> None:
    await town.booked(slot(7 * 24), OTHER)
    await town.set_terms(ROOM, horizon_days=20)
    outcomes = [each.outcome for each in (await preview(town)).days]
    assert isinstance(outcomes[0], Draft)
    assert isinstance(outcomes[1], SlotTaken)
    assert outcomes[1].alternatives
    assert isinstance(outcomes[3], NotBookable)
    assert outcomes[3].rule is BookingRule.TOO_FAR
    made = await booked(town, series(without=frozenset({FRIDAYS[2]})))
    kinds = [each.outcome for each in made.days]
    assert [type(each) for each in kinds] == [Booked, SlotTaken, Omitted, NotBookable]
    view = await seen(town, made.series_id)
    assert [each.stands for each in view.days] == [True, False, False, False]
    assert view.days[2].ahead is not None
    assert isinstance(view.days[2].ahead.outcome, Draft)


async def test_what_somebody_takes_meanwhile_is_told_and_the_rest_stands(town: Town) -> None:
    shown = await preview(town, person=NOBODYS)
    await town.booked(slot(14 * 24), OTHER)
    new = series(expected_cents=shown.total_cents)
    made = await booked(town, new, NOBODYS)
    assert isinstance(made.days[2].outcome, SlotTaken)
    assert sum(isinstance(each.outcome, Booked) for each in made.days) == 3
    assert await town.overlaps() == []


async def test_of_series_that_race_for_the_same_days_each_day_has_one(town: Town) -> None:
    people = (MEMBER, OTHER, NOBODYS)
    made = await asyncio.gather(
        *(
            acts.book_series(town.process(n), Member(who), who, series(rrule=rrule))
            for n, who in enumerate(people)
            for rrule in (WEEKS, "FREQ=DAILY;COUNT=8")
        )
    )
    assert await town.overlaps() == []
    days = [
        each.day
        for one in made
        if isinstance(one, SeriesBooked)
        for each in one.days
        if isinstance(each.outcome, Booked)
    ]
    assert len(days) == len(set(days))
    assert set(FRIDAYS) <= set(days)
    for one in made:
        assert isinstance(one, SeriesBooked | NoDayLeft)


async def test_at_more_than_was_shown_nothing_is_booked(town: Town) -> None:
    made = await book(town, series(expected_cents=7999), NOBODYS)
    assert made == DearerNow(8000)
    assert await town.held() == []
    assert await town.mails() == []


async def test_without_a_day_left_there_is_no_series(town: Town) -> None:
    for n in range(4):
        await town.booked(slot(n * 7 * 24), OTHER)
    made = await book(town)
    assert isinstance(made, NoDayLeft)
    assert all(isinstance(each.outcome, SlotTaken) for each in made.days)
    assert await town.state("series", "any", Series) is None


async def test_the_same_request_with_the_same_key_is_the_same_series(town: Town) -> None:
    key = RequestKey("me", "1", "a")
    first = await booked(town, series(key=key))
    again = await booked(town, series(key=key))
    assert (again.series_id, again.again) == (first.series_id, True)
    assert await book(town, series(key=replace(key, content="b"))) is No.KEY_REUSED
    assert len(await town.held()) == 4


async def test_quotas_count_the_days_of_the_series_itself(town: Town) -> None:
    await town.set_terms(ROOM, quotas=(Quota(Per.MONTH, most_bookings=2),))
    shown, made = await preview(town), await booked(town)
    for outcomes in ([e.outcome for e in shown.days], [e.outcome for e in made.days]):
        refused = [e for e in outcomes if isinstance(e, NotBookable)]
        assert [each.rule for each in refused] == [BookingRule.QUOTA_REACHED]


async def test_a_skipped_day_is_free_for_others_and_can_be_added_again(town: Town) -> None:
    made = await booked(town)
    day, by = FRIDAYS[1], Member(MEMBER)
    skipped = await acts.skip(town.house, by, made.series_id, day)
    assert isinstance(skipped, Cancelled)
    assert await acts.skip(town.house, by, made.series_id, day) is No.NOT_STANDING
    other = await town.booked(slot(7 * 24), OTHER)
    taken = await acts.add_again(town.house, by, made.series_id, day)
    assert isinstance(taken, SlotTaken)
    await cancel(town.house, Member(OTHER), other.booking_id)
    added = await acts.add_again(town.house, by, made.series_id, day)
    assert isinstance(added, Booked)
    assert added.booking_id != skipped.booking_id
    assert added.booking.series_id == made.series_id
    assert await acts.add_again(town.house, by, made.series_id, day) is No.NOT_STANDING
    assert all(each.stands for each in (await seen(town, made.series_id)).days)
    assert await town.events("series", made.series_id) == [
        "SeriesMade",
        "SeriesDaySkipped",
        "SeriesDayAdded",
    ]


async def test_a_day_called_off_by_itself_can_be_added_again(town: Town) -> None:
    made = await booked(town)
    outcome = made.days[1].outcome
    assert isinstance(outcome, Booked)
    await cancel(town.house, Member(MEMBER), outcome.booking_id)
    added = await acts.add_again(town.house, Member(MEMBER), made.series_id, FRIDAYS[1])
    assert isinstance(added, Booked)


async def test_ending_costs_what_each_day_costs_and_is_shown_before(town: Town) -> None:
    await town.set_terms(ROOM, cancel=(CancelStep(10 * 24 * 60, 50),))
    made = await booked(town, person=NOBODYS)
    by = Member(NOBODYS)
    terms = await acts.end_terms(town.house, by, made.series_id, FRIDAYS[0])
    assert isinstance(terms, EndTerms)
    assert (terms.fee_cents, len(terms.days)) == (2000, 4)
    other = await acts.end(town.house, by, made.series_id, FRIDAYS[0], 0)
    assert isinstance(other, EndTerms)
    assert len(await town.held()) == 4, "nothing was done"
    ended = await acts.end(town.house, by, made.series_id, FRIDAYS[1], 1000)
    assert ended == Ended(FRIDAYS[1], 1000, 0)
    assert len(await town.held()) == 1
    again = await acts.add_again(town.house, by, made.series_id, FRIDAYS[2])
    assert again is No.NOT_STANDING
    view = await seen(town, made.series_id, NOBODYS)
    assert [each.stands for each in view.days] == [True, False, False, False]
    assert view.days[1].booking is not None
    assert view.days[1].booking.status is BookingStatus.CANCELLED
    assert [what for what, _ in await town.mails()] == ["series", "series_ended"]


async def test_a_series_is_its_hosts_and_the_operators_alone(town: Town) -> None:
    made = await booked(town)
    id_, day = made.series_id, FRIDAYS[0]
    for stranger in (Member(OTHER), Operator("elsewhere")):
        assert await acts.skip(town.house, stranger, id_, day) is No.UNKNOWN_SERIES
        assert await acts.end(town.house, stranger, id_, day) is No.UNKNOWN_SERIES
        assert await acts.add_again(town.house, stranger, id_, day) is No.UNKNOWN_SERIES
    assert await acts.skip(town.house, Member(MEMBER), "none", day) is No.UNKNOWN_SERIES
    assert await acts.preview(town.house, Member(OTHER), MEMBER, series()) is No.UNKNOWN_PERSON
    assert isinstance(await acts.skip(town.house, Operator(), id_, day), Cancelled)


async def test_a_whole_series_is_not_paid_by_a_link_that_lasts_minutes(town: Town) -> None:
    made = await booked(town, person=NOBODYS)
    ways = {e.outcome.booking.pay_by for e in made.days if isinstance(e.outcome, Booked)}
    assert ways == {PayBy.INVOICE}
    asked = await book(town, series(slot(3), pay_by=PayBy.LINK), NOBODYS)
    assert asked is No.WAY_TO_PAY


@pytest.mark.parametrize(
    ("first", "rrule", "problem"),
    [
        (slot(), "FREQ=WEEKLY", SeriesProblem.NO_END),
        (slot(hours=30), "FREQ=DAILY;COUNT=3", SeriesProblem.OVERLAPS),
        (slot(hours=60), "FREQ=WEEKLY;COUNT=3", SeriesProblem.HOURS),
        (SlotWish(TOMORROW, TOMORROW), WEEKS, SeriesProblem.HOURS),
    ],
)
async def test_what_is_no_series_is_told(
    town: Town, first: SlotWish, rrule: str, problem: SeriesProblem
) -> None:
    assert await book(town, series(first, rrule)) is problem


async def test_buffers_keep_days_apart_too(town: Town) -> None:
    made = await book(town, series(slot(hours=24), "FREQ=DAILY;COUNT=2", resource=HALL))
    assert made is SeriesProblem.OVERLAPS


async def test_nine_stays_nine_over_the_winter(town: Town) -> None:
    autumn = datetime(2026, 10, 16, 7, tzinfo=UTC)
    town.clock.now = autumn - timedelta(days=2)
    made = await booked(town, series(SlotWish(autumn, autumn + HOUR), "FREQ=WEEKLY;COUNT=3"))
    starts = [e.outcome.booking.starts.hour for e in made.days if isinstance(e.outcome, Booked)]
    assert starts == [7, 7, 8]


async def test_the_night_that_has_no_half_past_two_is_left_out(town: Town) -> None:
    spring = datetime(2027, 3, 27, 1, 30, tzinfo=UTC)
    town.clock.now = spring - timedelta(days=2)
    new = series(SlotWish(spring, spring + HOUR), "FREQ=DAILY;COUNT=3")
    made = await booked(town, new)
    assert made.days[1].day == date(2027, 3, 28)
    assert [type(e.outcome) for e in made.days] == [Booked, Omitted, Booked]
    assert made.days[1].outcome is Omitted.SWALLOWED
    again = await acts.add_again(town.house, Member(MEMBER), made.series_id, made.days[1].day)
    assert again is Omitted.SWALLOWED
