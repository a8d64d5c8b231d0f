"""Checking in: what one presented code becomes in the records."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given

from domain.access import AccessFacts, Admitted, Ask, Reason, Refused, decide_access
from domain.booking import BookingCancelled, BookingClaimed, evolve
from domain.check_in import (
    UNREAD,
    decide_check_in,
    decide_departure,
    judge_arrival,
    refuse_unread,
)
from domain.passes import Entry, GrantKind
from domain.subjects import SUBJECTS
from domain.visit import Arrived, Departed, EntryRefused, Visit
from tests.domain.house import (
    MONDAY,
    a_code,
    a_pass,
    at,
    booker,
    invited,
    member,
    unknown_pass,
)
from tests.domain.worlds import Case, cases


def after(facts: AccessFacts, now: datetime, people: int = 1) -> AccessFacts:
    """The facts once the answer has been recorded."""
    for record in decide_check_in(facts, Ask(people=people), "front", now).records:
        if record.kind == "visit":
            facts = facts.with_visit(SUBJECTS["visit"].evolve(facts.visit, record.body))
    return facts


def leaves(facts: AccessFacts, now: datetime, people: int = 1) -> AccessFacts:
    record = decide_departure(facts, people, now)
    assert record is not None
    return facts.with_visit(SUBJECTS["visit"].evolve(facts.visit, record.body))


def test_an_arrival_is_recorded_under_the_person_with_what_it_rests_on() -> None:
    [record] = decide_check_in(member(), Ask(), "front", at(12)).records
    assert (record.kind, record.subject) == ("visit", "ada")
    assert record.body == Arrived(
        pass_id="0123456789abcdef",
        person_id="ada",
        people=1,
        party=1,
        day=MONDAY,
        at=at(12),
        place="front",
        because="membership",
        grant_id="m1",
    )


def test_coming_to_a_booking_claims_it_once() -> None:
    first = decide_check_in(booker(), Ask(), "front", at(10))
    assert [record.kind for record in first.records] == ["visit", "booking"]
    assert first.records[1].subject == "b1"
    assert first.records[1].body == BookingClaimed(at(10))
    again = decide_check_in(booker(claimed_at=at(10)), Ask(), "front", at(10, 30))
    assert [record.kind for record in again.records] == ["visit"]


def test_a_guest_claims_the_booking_too() -> None:
    records = decide_check_in(invited(3), Ask(people=2), "front", at(10)).records
    assert [(r.kind, r.subject) for r in records] == [
        ("visit", "0123456789abcdef"),
        ("booking", "b1"),
    ]


def test_a_refusal_is_recorded_with_its_reason_and_claims_nothing() -> None:
    decided = decide_check_in(booker(), Ask(people=1), "front", at(13))
    assert isinstance(decided.outcome, Refused)
    [record] = decided.records
    assert record.body == EntryRefused("0123456789abcdef", "expired", 1, at(13), "front")


def test_what_could_not_be_read_is_recorded_under_no_pass() -> None:
    decided = refuse_unread(Reason.BAD_SIGNATURE, "030 1", 1, "front", at(12))
    [record] = decided.records
    assert record.subject == UNREAD
    assert record.body == EntryRefused(None, "bad_signature", 1, at(12), "front")


def test_five_times_in_without_out_is_one_presence_and_never_a_refusal() -> None:
    facts = member()
    for hour in (8, 10, 12, 14, 19):
        outcome = decide_access(facts, Ask(), at(hour))
        assert isinstance(outcome, Admitted)
        assert outcome.again is (hour != 8)
        facts = after(facts, at(hour))
    assert facts.visit == Visit(MONDAY, inside=1, entries=5, moved_at=at(19))


def test_a_party_of_eight_leaves_and_returns_and_the_ninth_waits_outside() -> None:
    eight = replace(booker(), issued=a_pass(GrantKind.BOOKING, party=8))
    facts = after(after(eight, at(10), 5), at(10), 3)
    assert isinstance(decide_access(facts, Ask(), at(10)), Refused)
    facts = leaves(facts, at(10, 30), 2)
    assert isinstance(decide_access(facts, Ask(people=3), at(10, 31)), Refused)
    facts = after(facts, at(10, 31), 2)
    assert facts.visit == Visit(MONDAY, inside=8, entries=10)


def test_a_pass_for_one_entry_is_used_up_by_its_first() -> None:
    once = replace(booker(), issued=a_pass(GrantKind.BOOKING, entry=Entry.ONCE))
    facts = leaves(after(once, at(10)), at(10, 5))
    refused = decide_access(facts, Ask(), at(10, 6))
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.ALREADY_USED
    assert facts.holder == facts.pass_id


@pytest.mark.parametrize(
    ("inside", "people", "leave"), [(0, 1, None), (1, 1, 1), (3, 8, 3), (8, 2, 2)]
)
def test_leaving_is_never_refused_and_never_more_than_are_here(
    inside: int, people: int, leave: int | None
) -> None:
    eight = replace(booker(), issued=a_pass(GrantKind.BOOKING, party=8))
    facts = eight.with_visit(Visit(MONDAY, inside, 8))
    record = decide_departure(facts, people, at(12))
    assert (record and record.body) == (Departed(leave, MONDAY, at(12)) if leave else None)
    yesterday = eight.with_visit(Visit(date(2026, 6, 14), 8, 8))
    assert decide_departure(yesterday, people, at(12)) is None


@pytest.mark.parametrize("visit", [None, Visit(MONDAY, 1, 1), Visit(date(2026, 6, 14), 1, 1)])
def test_one_persons_leaving_is_recorded_also_where_nobody_saw_them_come(
    visit: Visit | None,
) -> None:
    record = decide_departure(member().with_visit(visit), 1, at(12))
    assert record is not None
    assert record.body == Departed(1, MONDAY, at(12), alone=True)


def test_the_judge_agrees_with_what_was_right_when_it_happened() -> None:
    decided = decide_check_in(booker(), Ask(), "front", at(10))
    arrived = decided.records[0].body
    assert isinstance(arrived, Arrived)
    booking = evolve(booker().bookings[0].booking, BookingCancelled(at(10, 30)))
    assert booking is not None
    fact = replace(booker().bookings[0], booking=booking)
    assert judge_arrival(replace(booker(), bookings=(fact,)), arrived, "front") is None
    before = replace(fact, booking=replace(booking, ended_at=at(9)))
    cancelled = judge_arrival(replace(booker(), bookings=(before,)), arrived, "front")
    assert cancelled is Reason.CANCELLED


def test_two_kiosks_that_let_in_ten_of_eight_are_told() -> None:
    eight = replace(booker(), issued=a_pass(GrantKind.BOOKING, party=8))
    arrived = decide_check_in(eight, Ask(people=5), "front", at(10)).records[0].body
    assert isinstance(arrived, Arrived)
    other_kiosk = after(eight, at(10), 5)
    assert judge_arrival(other_kiosk, arrived, None) is Reason.PARTY_FULL


def test_a_pass_admitted_alone_is_judged_by_all_there_is() -> None:
    alone = unknown_pass(a_code(GrantKind.BOOKING))
    decided = decide_check_in(alone, Ask(known_until=at(6)), "front", at(10))
    arrived = decided.records[0].body
    assert isinstance(arrived, Arrived)
    assert arrived.pass_only
    assert judge_arrival(alone, arrived, "front") is Reason.REVOKED
    assert judge_arrival(booker(), arrived, "front") is None


@given(cases())
def test_every_answer_leaves_exactly_one_record_of_the_visit(case: Case) -> None:
    decided = decide_check_in(case.facts, case.ask, "front", case.now)
    assert decided.outcome == decide_access(case.facts, case.ask, case.now)
    admitted = isinstance(decided.outcome, Admitted)
    [visit] = [record for record in decided.records if record.kind == "visit"]
    assert isinstance(visit.body, Arrived if admitted else EntryRefused)
    assert visit.subject == case.facts.holder
    assert admitted or len(decided.records) == 1


@given(cases())
def test_the_server_that_knows_the_same_agrees_with_the_kiosk(case: Case) -> None:
    ask = replace(case.ask, known_until=None, other_now=None)
    decided = decide_check_in(case.facts, ask, "front", case.now)
    arrived = decided.records[0].body
    if isinstance(arrived, Arrived):
        assert judge_arrival(case.facts, arrived, ask.door_id) is None
