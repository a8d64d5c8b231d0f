"""Facts are read from states alike on kiosk and server, and say what they were read from."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from domain.access import Admitted, Ask, Refused, decide_access
from domain.access.build import Seen, build_facts
from domain.booking import Booking
from domain.codes import PassCode, grant_ref
from domain.day_pass import DayPass
from domain.invitation import Invitation
from domain.membership import Membership
from domain.passes import GrantKind, Pass
from domain.person import Person
from domain.plan import Plan
from domain.resource import Resource, ResourceKind
from domain.visit import Visit
from tests.domain.house import MONDAY, SITE
from tests.domain.how_often import times
from tests.domain.states import NOON, SITE_ID, DictStates, Presented, an_id, presented

ADA, BOB, EVE = (an_id("person", n) for n in range(3))
PASS_ID = "ab" * 8
HEARD_BEFORE = Ask(known_until=NOON - timedelta(hours=1))


def build(shown: Presented) -> Seen:
    seen = build_facts(shown.states, SITE_ID, shown.pass_id, shown.code)
    assert seen is not None
    return seen


def house(*people: str) -> DictStates:
    """Ada's booking of a room, from 12:00 to 14:00 at the Ziegelhof, and these people."""
    states = DictStates()
    states.put("site", 0, SITE)
    for person in people:
        states.states["person", person] = (50, Person())
    states.put("resource", 0, Resource(1, "Room", ResourceKind.ROOM, 4, 0b101, {}))
    booking = Booking(an_id("resource", 0), ADA, NOON, NOON + timedelta(hours=2))
    states.put("booking", 0, booking)
    return states


def with_pass(
    states: DictStates, kind: GrantKind, grant_id: str, person: str | None = None
) -> Presented:
    states.states["pass", PASS_ID] = (60, Pass(kind, grant_id, person, NOON))
    return Presented(states, PASS_ID, None)


def code_for(kind: GrantKind, grant_id: str) -> PassCode:
    """A pass so new that nobody has heard of it."""
    end = NOON + timedelta(hours=2)
    return PassCode(0, 1, NOON, PASS_ID, kind, grant_ref(grant_id), NOON, end, 0b101)


def test_a_member_pass_stands_for_all_that_the_person_may_do() -> None:
    states = house(ADA)
    states.put("plan", 0, Plan("Flex", (), 1))
    states.put("membership", 0, Membership(ADA, an_id("plan", 0), MONDAY))
    states.put("membership", 1, Membership(BOB, an_id("plan", 0), MONDAY))
    states.put("membership", 2, Membership(ADA, an_id("plan", 7), MONDAY))
    states.put("day_pass", 0, DayPass(ADA, MONDAY, 1))
    states.states["visit", ADA] = (70, Visit(MONDAY, 1, 1))
    facts = build(with_pass(states, GrantKind.MEMBERSHIP, ADA, ADA)).facts
    assert (facts.owner_id, facts.owner, facts.others) == (ADA, Person(), ())
    assert [id_ for id_, _, _ in facts.memberships] == [an_id("membership", 0)]
    assert [(fact.id, fact.zones) for fact in facts.bookings] == [(an_id("booking", 0), 0b101)]
    assert [id_ for id_, _ in facts.day_passes] == [an_id("day_pass", 0)]
    assert facts.visit == Visit(MONDAY, 1, 1)


@pytest.mark.parametrize(
    ("host", "bearer", "owner", "others"),
    [
        (ADA, None, ADA, ()),
        (None, None, ADA, ()),
        (BOB, None, BOB, (ADA,)),
        (ADA, EVE, ADA, (EVE,)),
        (BOB, EVE, BOB, (ADA, EVE)),
    ],
)
def test_an_invitation_hangs_on_the_host_the_booker_and_the_guest(
    host: str | None, bearer: str | None, owner: str, others: tuple[str, ...]
) -> None:
    states = house(ADA, BOB, EVE)
    states.put("invitation", 0, Invitation(an_id("booking", 0), host))
    shown = with_pass(states, GrantKind.INVITATION, an_id("invitation", 0), bearer)
    facts = build(shown).facts
    assert facts.owner_id == owner
    assert tuple(id_ for id_, _ in facts.others) == others
    assert isinstance(decide_access(facts, Ask(), NOON), Admitted)
    for person in (owner, *others):
        gone = replace(shown, states=states.without("person", person))
        assert isinstance(decide_access(build(gone).facts, Ask(), NOON), Refused)
        blocked = DictStates(states.states | {("person", person): (1, Person(("*",)))})
        refused = decide_access(build(replace(shown, states=blocked)).facts, Ask(), NOON)
        assert isinstance(refused, Refused)


def test_a_pass_that_names_somebody_hangs_on_them_where_the_booking_names_nobody() -> None:
    states = house(BOB)
    states.put(
        "booking", 0, replace(states.states["booking", an_id("booking", 0)][1], person_id=None)
    )
    facts = build(with_pass(states, GrantKind.BOOKING, an_id("booking", 0), BOB)).facts
    assert facts.owner_id == BOB


@pytest.mark.parametrize("kind", [GrantKind.BOOKING, GrantKind.INVITATION])
def test_a_booking_of_a_retired_room_is_known_and_opens_nothing(kind: GrantKind) -> None:
    states = house(ADA).without("resource", an_id("resource", 0))
    states.put("invitation", 0, Invitation(an_id("booking", 0), ADA))
    grant = an_id(kind.value, 0)
    facts = build(Presented(states, PASS_ID, code_for(kind, grant))).facts
    assert facts.grant_known
    assert isinstance(decide_access(facts, HEARD_BEFORE, NOON), Refused)
    unknown = DictStates({("site", SITE_ID): (1, SITE)})
    alone = build(Presented(unknown, PASS_ID, code_for(kind, grant))).facts
    assert not alone.grant_known
    assert isinstance(decide_access(alone, HEARD_BEFORE, NOON), Admitted)


@pytest.mark.parametrize("kind", GrantKind)
def test_a_grant_that_is_there_is_found_by_what_the_code_says_of_it(kind: GrantKind) -> None:
    states = house(ADA)
    states.put("invitation", 0, Invitation(an_id("booking", 0), ADA))
    states.put("day_pass", 0, DayPass(ADA, MONDAY, 1))
    subject = "person" if kind is GrantKind.MEMBERSHIP else kind.value
    known = build(Presented(states, PASS_ID, code_for(kind, an_id(subject, 0)))).facts
    assert (known.grant_known, known.owner_id) == (True, ADA)
    other = build(Presented(states, PASS_ID, code_for(kind, an_id(subject, 9)))).facts
    assert (other.grant_known, other.owner_id) == (False, None)


def test_a_site_that_is_not_there_has_no_facts() -> None:
    states = house(ADA).without("site", SITE_ID)
    assert build_facts(states, SITE_ID, PASS_ID) is None


def test_a_pass_nobody_knows_has_facts_of_the_site_alone() -> None:
    seen = build(Presented(house(ADA), PASS_ID, None))
    assert seen.seqs == (("site", SITE_ID, 1),)
    assert (seen.facts.owner_id, seen.facts.bookings) == (None, ())


@times(2)
@given(presented())
def test_reduced_states_give_the_same_facts_as_whole_ones(shown: Presented) -> None:
    kiosk = Presented(DictStates(shown.states.states, reduced=True), shown.pass_id, shown.code)
    assert build(kiosk) == build(shown)


@times(2)
@given(presented())
def test_every_state_that_was_read_is_named_once_with_its_seq(shown: Presented) -> None:
    seen = build(shown)
    states = shown.states
    read = {(*key, states.states[key][0]) for key in states.asked if key in states.states}
    assert set(seen.seqs) == read
    assert len(seen.seqs) == len(read)


@times(2)
@given(presented())
def test_the_named_states_are_enough_to_decide_again(shown: Presented) -> None:
    seen = build(shown)
    kept = shown.states.only((kind, subject) for kind, subject, _ in seen.seqs)
    assert build(Presented(kept, shown.pass_id, shown.code)).facts == seen.facts


@times(2)
@given(presented())
def test_whoever_is_forgotten_takes_along_every_pass_that_hung_on_them(shown: Presented) -> None:
    for person, _ in build(shown).facts.people:
        gone = replace(shown, states=shown.states.without("person", person))
        for ask in (Ask(), HEARD_BEFORE):
            facts = build(gone).facts
            member_pass = shown.code and shown.code.grant_kind is GrantKind.MEMBERSHIP
            if facts.issued or facts.grant_known or not (member_pass and ask is HEARD_BEFORE):
                assert isinstance(decide_access(facts, ask, NOON), Refused)
