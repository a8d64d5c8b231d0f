"""Taking something away from somebody never lets them in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given

from domain.access import AccessFacts, Admitted, BookingFact, Refused, decide_access
from domain.booking import BookingCancelled
from domain.booking import evolve as evolve_booking
from domain.person import Person
from domain.site import Site
from tests.domain.how_often import times
from tests.domain.worlds import SITE, Case, cases


def with_less(facts: AccessFacts, case: Case) -> Iterator[AccessFacts]:
    """The same facts with one right less, in every way there is."""
    yield from _fewer_grants(facts)
    yield from _worse_grants(facts, case)
    yield from _less_of_the_people(facts, case)
    yield from _less_of_the_house(facts.site, facts)
    if facts.issued:
        yield replace(facts, issued=replace(facts.issued, revoked_at=case.now))


def _fewer_grants(facts: AccessFacts) -> Iterator[AccessFacts]:
    for n in range(len(facts.memberships)):
        yield replace(facts, memberships=facts.memberships[:n] + facts.memberships[n + 1 :])
    for n in range(len(facts.bookings)):
        yield replace(facts, bookings=facts.bookings[:n] + facts.bookings[n + 1 :])
    for n in range(len(facts.day_passes)):
        yield replace(facts, day_passes=facts.day_passes[:n] + facts.day_passes[n + 1 :])


def _worse_grants(facts: AccessFacts, case: Case) -> Iterator[AccessFacts]:
    for bit in range(3):
        mask = ~(1 << bit)
        plans = tuple((i, m, replace(p, zones=p.zones & mask)) for i, m, p in facts.memberships)
        rooms = tuple(replace(fact, zones=fact.zones & mask) for fact in facts.bookings)
        days = tuple((i, replace(each, zones=each.zones & mask)) for i, each in facts.day_passes)
        yield replace(facts, memberships=plans, bookings=rooms, day_passes=days)
    yield replace(facts, bookings=tuple(_cancelled(fact, case) for fact in facts.bookings))
    yield replace(facts, bookings=tuple(_unpaid(fact) for fact in facts.bookings))
    days = facts.day_passes
    yield replace(facts, day_passes=tuple((i, replace(d, cancelled=True)) for i, d in days))
    past = date(2000, 1, 1)
    ended = tuple((i, replace(m, last_day=past), p) for i, m, p in facts.memberships)
    yield replace(facts, memberships=ended)


def _cancelled(fact: BookingFact, case: Case) -> BookingFact:
    """From now on: one cancelled before keeps its end."""
    booking = evolve_booking(fact.booking, BookingCancelled(case.now))
    assert booking is not None
    return replace(fact, booking=booking)


def _unpaid(fact: BookingFact) -> BookingFact:
    return replace(fact, booking=replace(fact.booking, paid=False))


def _less_of_the_people(facts: AccessFacts, case: Case) -> Iterator[AccessFacts]:
    if facts.owner_id:
        yield replace(facts, owner=None)
    if facts.owner:
        person = facts.owner
        yield replace(facts, owner=replace(person, staff_at=()))
        yield replace(facts, owner=replace(person, blocked_at=(*person.blocked_at, SITE)))
        yield replace(
            facts, owner=replace(person, ended_at=min(case.now, person.ended_at or case.now))
        )
    yield replace(facts, others=(*facts.others, ("eve", None)))
    yield replace(facts, others=(*facts.others, ("eve", Person(blocked_at=("*",)))))


def _less_of_the_house(site: Site, facts: AccessFacts) -> Iterator[AccessFacts]:
    yield replace(facts, site=replace(site, doors=site.doors[1:]))
    yield replace(facts, site=replace(site, early_min=0, late_min=0))
    more = tuple(day + timedelta(days=1) for day in site.holidays)
    yield replace(facts, site=replace(site, holidays=site.holidays + more))
    if any(not plan.hours for _, _, plan in facts.memberships) and site.opening:
        yield replace(facts, site=replace(site, opening=site.opening[1:]))
    critical = tuple(replace(door, critical=True) for door in site.doors)
    yield replace(facts, site=replace(site, doors=critical))


@times(3)
@given(cases())
def test_taking_a_right_away_never_turns_a_refusal_into_a_welcome(case: Case) -> None:
    if isinstance(decide_access(case.facts, case.ask, case.now), Refused):
        for less in with_less(case.facts, case):
            assert isinstance(decide_access(less, case.ask, case.now), Refused), less


@times(2)
@given(cases())
def test_losing_what_is_known_of_the_pass_never_lets_in_who_was_refused(case: Case) -> None:
    """Unless nothing is known of the grant either and the pass is too new to be known."""
    facts, issued = case.facts, case.facts.issued
    if issued is None or issued.revoked_at is not None:
        return
    if isinstance(decide_access(facts, case.ask, case.now), Refused):
        known = replace(facts, issued=None, grant_known=True)
        assert isinstance(decide_access(known, case.ask, case.now), Refused)
        old = replace(case.ask, known_until=None)
        forgotten = replace(facts, issued=None, grant_known=False)
        assert isinstance(decide_access(forgotten, old, case.now), Refused)


@given(cases())
def test_an_offboarded_or_forgotten_owner_is_never_admitted_by_any_state(case: Case) -> None:
    facts = replace(case.facts, owner_id="ada", grant_known=True)
    for owner in (None, Person(staff_at=("*",), ended_at=case.now)):
        outcome = decide_access(
            replace(facts, owner=owner), replace(case.ask, other_now=None), case.now
        )
        assert not isinstance(outcome, Admitted)


@given(cases())
def test_a_second_time_of_a_clock_in_doubt_only_ever_takes_away(case: Case) -> None:
    sure = decide_access(case.facts, replace(case.ask, other_now=None), case.now)
    if isinstance(sure, Refused):
        assert isinstance(decide_access(case.facts, case.ask, case.now), Refused)
