"""The admission rule, sentence by sentence."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.access import (
    AccessFacts,
    Act,
    Admitted,
    Ask,
    AskStaff,
    BuyDayPass,
    Do,
    EnterFewer,
    Pay,
    Reason,
    Refused,
    Remedy,
    UseDoor,
    Wait,
    apply_remedy,
    decide_access,
)
from domain.calendar import WeeklyHours, local_date
from domain.membership import Membership
from domain.passes import GrantKind
from domain.person import Person
from domain.visit import Visit
from tests.domain.access.table import Row, rows
from tests.domain.house import (
    BERLIN,
    MONDAY,
    PLAN,
    SITE,
    a_booking,
    a_code,
    a_pass,
    at,
    booker,
    day_guest,
    member,
    owner,
    refused,
    unknown_pass,
)

ROWS = list(rows())
PASS = a_pass(GrantKind.MEMBERSHIP)
OLD = Membership("ada", "flex", date(2009, 1, 1))
NOT_FROM_THE_RULE = {"unknown_version", "bad_signature"}
"""Reasons that the code reader gives before anything is known."""


def in_words(remedy: Remedy) -> str:
    match remedy:
        case Wait(until):
            return f"wait {until.astimezone(BERLIN):%H:%M}"
        case Do(act):
            return act_in_words(act)
        case AskStaff(phone):
            return f"staff {phone}"


def act_in_words(act: Act) -> str:
    match act:
        case Pay(cents, grant):
            return f"pay {cents} {grant}"
        case BuyDayPass(cents, until):
            return f"day pass {cents} until {until.astimezone(BERLIN):%H:%M}"
        case UseDoor(door):
            return f"use {door}"
        case EnterFewer(people):
            return f"fewer {people}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.sentence)
def test_the_answer_and_the_ways_out_are_as_the_sentence_says(row: Row) -> None:
    outcome = decide_access(row.facts, row.ask, row.now)
    if isinstance(outcome, Admitted):
        assert (outcome.because, ()) == (row.answer, row.ways_out)
        assert outcome.until is None or outcome.until > row.now
    else:
        ways = tuple(in_words(remedy) for remedy in outcome.remedies)
        assert (outcome.reason.value, ways) == (row.answer, (*row.ways_out, "staff 030 1234"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.sentence)
def test_each_way_out_leads_in(row: Row) -> None:
    outcome = decide_access(row.facts, row.ask, row.now)
    for remedy in outcome.remedies if isinstance(outcome, Refused) else ():
        if not isinstance(remedy, AskStaff):
            then = apply_remedy(row.facts, row.ask, row.now, remedy)
            assert isinstance(decide_access(*then), Admitted), remedy


def test_every_reason_and_every_grant_has_a_sentence() -> None:
    answers = {row.answer for row in ROWS}
    reasons = {reason.value for reason in Reason}
    assert reasons - answers == NOT_FROM_THE_RULE
    assert answers - reasons == {"membership", "booking", "day_pass", "invitation", "staff"}


def test_no_two_sentences_are_the_same() -> None:
    assert len({row.sentence for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("facts", "now", "since"),
    [
        (booker(), at(13), at(11, 15)),
        (booker(paid=False), at(13), at(11, 15)),
        (day_guest(to_min=14 * 60), at(15), at(14)),
        (owner(member(), Person(ended_at=at(9))), at(12), at(9)),
        (replace(member(), issued=replace(PASS, revoked_at=at(9))), at(12), at(9)),
        (owner(member(), None), at(12), None),
        (member(), at(21), None),
    ],
)
def test_what_has_ended_is_told_with_its_end(
    facts: AccessFacts, now: datetime, since: datetime | None
) -> None:
    assert refused(facts, now).since == since


@pytest.mark.parametrize(
    ("visit", "party", "again"),
    [
        (None, 1, False),
        (Visit(MONDAY, 1, 1), 1, True),
        (Visit(MONDAY, 0, 1), 1, True),
        (Visit(date(2026, 6, 14), 1, 1), 1, False),
        (Visit(MONDAY, 1, 1), 8, False),
    ],
)
def test_good_to_have_you_back_is_for_one_person_on_the_same_day(
    visit: Visit | None, party: int, again: bool
) -> None:
    facts = replace(member(), issued=replace(PASS, party=party), visit=visit)
    outcome = decide_access(facts, Ask(), at(12))
    assert isinstance(outcome, Admitted)
    assert outcome.again is again


def test_the_most_particular_grant_is_named_and_all_zones_open() -> None:
    staff = owner(member(), Person(staff_at=("*",)))
    both = replace(staff, day_passes=day_guest().day_passes, bookings=(a_booking(),))
    told = []
    while True:
        outcome = decide_access(both, Ask(), at(10))
        assert isinstance(outcome, Admitted)
        assert outcome.zones == 0b111
        told.append(outcome.because)
        match outcome.because:
            case "booking":
                both = replace(both, bookings=())
            case "day_pass":
                both = replace(both, day_passes=())
            case "membership":
                both = replace(both, memberships=())
            case _:
                break
    assert told == ["booking", "day_pass", "membership", "staff"]


def test_of_two_bookings_the_one_that_lasts_longer_is_named() -> None:
    two = replace(booker(), bookings=(a_booking(), replace(a_booking(at(10, 30)), id="b2")))
    outcome = decide_access(two, Ask(), at(10, 30))
    assert isinstance(outcome, Admitted)
    assert (outcome.grant_id, outcome.until) == ("b2", at(11, 45))


ALWAYS = tuple(WeeklyHours(day, 0, 1440) for day in range(7))
NIGHTLY_GAP = (*(hours for hours in ALWAYS if hours.weekday != 6),
               WeeklyHours(6, 0, 120), WeeklyHours(6, 180, 1440))  # fmt: skip
"""Round the clock but for Sundays from 2:00 to 3:00."""
MARCH_SUNDAYS = [date(2026, 3, 22), date(2026, 3, 29), date(2026, 4, 5)]


def until_of(facts: AccessFacts, now: datetime) -> datetime | None:
    outcome = decide_access(facts, Ask(), now)
    assert isinstance(outcome, Admitted), outcome
    return outcome.until


def with_hours(hours: tuple[WeeklyHours, ...], last_day: date | None = None) -> AccessFacts:
    """A member whose plan has hours of its own."""
    membership = replace(OLD, last_day=last_day)
    return replace(member(), memberships=(("m1", membership, replace(PLAN, hours=hours)),))


def in_a_house_open(holidays: tuple[date, ...], last_day: date | None = None) -> AccessFacts:
    """A member of a house that is open round the clock but for these days."""
    membership = replace(OLD, last_day=last_day)
    site = replace(SITE, opening=ALWAYS, holidays=holidays)
    return replace(member(), site=site, memberships=(("m1", membership, PLAN),))


@pytest.mark.parametrize(
    "now",
    [at(12), at(3, day=date(2026, 3, 29)), at(12, day=date(2026, 3, 21)),
     at(1, 59, day=date(2026, 10, 25)), at(12, day=date(2026, 10, 18))],
)  # fmt: skip
def test_round_the_clock_has_no_end_that_is_known(now: datetime) -> None:
    assert until_of(with_hours(ALWAYS), now) is None
    assert until_of(in_a_house_open(()), now) is None
    assert until_of(with_hours(ALWAYS, date(9999, 12, 31)), now) is None


@pytest.mark.parametrize("days", [0, 1, 7, 8, 9, 15, 16, 40, 700])
def test_round_the_clock_ends_with_the_membership(days: int) -> None:
    last = MONDAY + timedelta(days=days)
    end = at(0, day=last + timedelta(days=1))
    assert until_of(with_hours(ALWAYS, last), at(12)) == end
    assert until_of(in_a_house_open((), last), at(12)) == end


@pytest.mark.parametrize("days", [1, 8, 9, 15, 16, 40, 700])
def test_round_the_clock_ends_before_the_next_holiday(days: int) -> None:
    holiday = MONDAY + timedelta(days=days)
    gone, beyond = date(2026, 1, 1), holiday + timedelta(days=3)
    assert until_of(in_a_house_open((beyond, gone, holiday)), at(12)) == at(0, day=holiday)
    sooner = in_a_house_open((holiday,), last_day=MONDAY)
    assert until_of(sooner, at(12)) == at(0, day=date(2026, 6, 16))
    assert until_of(replace(with_hours(ALWAYS), site=sooner.site), at(12)) is None


def test_a_holiday_on_a_date_that_the_zone_skips_closes_nothing() -> None:
    facts = in_a_house_open((date(2011, 12, 30),))  # Samoa went from the 29th to the 31st
    apia = replace(facts, site=replace(facts.site, zone="Pacific/Apia"))
    assert until_of(apia, datetime(2011, 12, 10, tzinfo=UTC)) is None


@pytest.mark.parametrize("now", [at(4, day=MARCH_SUNDAYS[0]), at(1, day=MARCH_SUNDAYS[1])])
def test_a_gap_that_the_night_of_the_clocks_hides_is_the_end_a_week_later(now: datetime) -> None:
    assert until_of(with_hours(NIGHTLY_GAP), now) == at(2, day=MARCH_SUNDAYS[2])


def test_a_gap_in_the_week_is_the_end_where_no_night_hides_it() -> None:
    assert until_of(with_hours(NIGHTLY_GAP), at(12)) == at(2, day=date(2026, 6, 21))


def test_a_member_pass_by_itself_knows_no_end() -> None:
    code = replace(a_code(GrantKind.MEMBERSHIP), valid_until=at(7) + timedelta(days=3650))
    outcome = decide_access(unknown_pass(code), Ask(known_until=at(6)), at(12))
    assert isinstance(outcome, Admitted)
    assert (outcome.pass_only, outcome.until) == (True, None)


def test_staff_may_stay_without_an_end() -> None:
    ada = replace(owner(member(), Person(staff_at=("*",))), memberships=())
    assert until_of(ada, at(3)) is None


def test_a_day_goes_on_in_the_minute_in_which_the_clock_already_showed_the_next() -> None:
    """St. John's went back to 23:01 on Saturday one minute after Sunday had begun."""
    saturday = (WeeklyHours(5, 0, 1440),)
    plan = replace(PLAN, hours=saturday)
    site = replace(SITE, zone="America/St_Johns")
    facts = replace(member(), site=site, memberships=((("m1", OLD, plan)),))
    sunday = datetime(2009, 11, 1, 2, 30, 30, tzinfo=UTC)
    assert local_date(sunday, site.zone) == date(2009, 11, 1)
    outcome = decide_access(facts, Ask(), sunday)
    assert isinstance(outcome, Admitted)
    assert outcome.until == datetime(2009, 11, 1, 3, 30, tzinfo=UTC)
