"""Who is in the house: the count stands whatever order the kiosks' news comes in."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.passes import Entry, GrantKind, Pass
from domain.visit import Arrived, Departed, EntryRefused, Visit, VisitEvent, evolve, holder_of

MONDAY = date(2026, 6, 15)
TUESDAY = MONDAY + timedelta(days=1)
NOON = datetime(2026, 6, 15, 10, tzinfo=UTC)


def came(
    people: int = 1,
    party: int = 1,
    day: date = MONDAY,
    place: str = "front",
    at: datetime = NOON,
) -> Arrived:
    return Arrived("pass", "ada", people, party, day, at, place, "membership", "m1")


def left(people: int = 1, day: date = MONDAY) -> Departed:
    return Departed(people, day, NOON)


def went(at: datetime = NOON, day: date = MONDAY) -> Departed:
    return Departed(1, day, at, alone=True)


def alone(inside: int, entries: int, day: date = MONDAY, at: datetime = NOON) -> Visit:
    return Visit(day, inside, entries, at)


def minute(number: int) -> datetime:
    return NOON + timedelta(minutes=number)


def turned_away() -> EntryRefused:
    return EntryRefused("pass", "expired", 1, NOON, "front")


def fold(*events: VisitEvent) -> Visit | None:
    state: Visit | None = None
    for event in events:
        state = evolve(state, event)
    return state


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), None),
        ((turned_away(),), None),
        ((left(),), None),
        ((went(),), alone(0, 0)),
        ((came(),), alone(1, 1)),
        ((came(), went()), alone(0, 1)),
        ((came(), turned_away()), alone(1, 1)),
        # five times in, never out: one presence
        ((came(),) * 5, alone(1, 5)),
        # in and out five times, once forgotten
        ((came(), went()) * 4 + (came(),), alone(1, 5)),
        ((came(), went(), went()), alone(0, 1)),
        # gone from one door before another's arrival comes home, and the other way round
        ((came(at=minute(9)), came(), went(minute(5))), alone(1, 2, at=minute(9))),
        ((went(minute(9)), came()), alone(0, 1, at=minute(9))),
        # a party is counted together
        ((came(3, 8), came(4, 8)), Visit(MONDAY, 7, 7)),
        ((came(8, 8), left(2), came(1, 8)), Visit(MONDAY, 7, 9)),
        ((came(3, 8), left(8)), Visit(MONDAY, 0, 3)),
        # a new day begins at zero
        ((came(8, 8), came(2, 8, TUESDAY)), Visit(TUESDAY, 2, 10)),
        ((came(8, 8), left(day=TUESDAY)), Visit(MONDAY, 8, 8)),
        ((came(), went(day=TUESDAY)), alone(0, 1, TUESDAY)),
        # late news of an earlier day
        ((came(day=TUESDAY), came()), alone(1, 2, TUESDAY)),
        ((came(day=TUESDAY), went(minute(9))), alone(1, 1, TUESDAY)),
        ((came(2, 8, TUESDAY), came(5, 8)), Visit(TUESDAY, 2, 7)),
    ],
)
def test_what_happened_adds_up(events: tuple[VisitEvent, ...], expected: Visit | None) -> None:
    assert fold(*events) == expected


ARRIVALS = st.builds(
    lambda people, day, place: came(people, 8, day, place),
    st.integers(1, 8),
    st.sampled_from([MONDAY, TUESDAY]),
    st.sampled_from(["front", "yard"]),
)


@given(st.lists(ARRIVALS, max_size=4))
def test_arrivals_at_two_kiosks_count_the_same_in_any_order(arrivals: list[Arrived]) -> None:
    assert len({fold(*order) for order in permutations(arrivals)}) == 1


@given(st.lists(st.builds(came, day=st.sampled_from([MONDAY, TUESDAY])), min_size=1, max_size=5))
def test_one_person_is_one_presence_however_often_they_come(arrivals: list[Arrived]) -> None:
    visits = {fold(*order) for order in permutations(arrivals)}
    latest = max(arrival.day for arrival in arrivals)
    assert visits == {alone(1, len(arrivals), latest)}


MOVES = st.lists(
    st.tuples(st.booleans(), st.sampled_from([MONDAY, TUESDAY]), st.integers(0, 600)),
    max_size=5,
    unique_by=lambda move: move[1:],
)
"""In or out, on which day, at which minute."""


@given(MOVES)
def test_one_persons_last_move_counts_in_whatever_order_kiosks_come_home(
    moves: list[tuple[bool, date, int]],
) -> None:
    events = [
        came(day=day, at=minute(n)) if enters else went(minute(n), day) for enters, day, n in moves
    ]
    visits = {fold(*order) for order in permutations(events)}
    assert len(visits) == 1
    if moves:
        enters, day, _ = max(moves, key=lambda move: move[1:])
        visit = visits.pop()
        assert visit is not None
        assert visit.inside_on(day) == int(enters)


@given(st.lists(ARRIVALS | st.builds(left, st.integers(1, 9), st.just(MONDAY)), max_size=12))
def test_nobody_is_inside_who_never_came(events: list[VisitEvent]) -> None:
    visit = fold(*events)
    came_in = sum(event.people for event in events if isinstance(event, Arrived))
    assert visit is None or 0 <= visit.inside <= visit.entries == came_in


def test_yesterdays_people_are_not_inside_today() -> None:
    visit = Visit(MONDAY, inside=3, entries=3)
    assert (visit.inside_on(MONDAY), visit.inside_on(TUESDAY)) == (3, 0)


def a_pass(person: str | None, party: int = 1, entry: Entry = Entry.UNLIMITED) -> Pass:
    return Pass(GrantKind.MEMBERSHIP, "grant", person, NOON, party, entry)


@pytest.mark.parametrize(
    ("issued", "holder"),
    [
        (a_pass("ada"), "ada"),
        (a_pass("ada", party=2), "pass"),
        (a_pass("ada", entry=Entry.ONCE), "pass"),
        (a_pass(None), "pass"),
        (None, "pass"),
    ],
)
def test_presence_is_the_persons_where_the_pass_is_known_and_theirs_alone(
    issued: Pass | None, holder: str
) -> None:
    assert holder_of("pass", issued) == holder


PASSES = {"a1": a_pass("ada"), "a2": a_pass("ada"), "b1": a_pass("bob"),
          "party": a_pass("ada", party=8), "once": a_pass("bob", entry=Entry.ONCE)}  # fmt: skip
SCANS = st.tuples(st.sampled_from(sorted(PASSES)), st.booleans(), st.builds(came) | st.builds(went))
"""A pass, whether it was known where it was shown, and what happened."""


@given(st.lists(SCANS, max_size=12))
def test_who_came_is_present_once_whatever_was_known_of_the_pass_then(
    scans: list[tuple[str, bool, VisitEvent]],
) -> None:
    told: dict[str, list[VisitEvent]] = {}
    truth: dict[str, list[VisitEvent]] = {}
    for pass_id, known, event in scans:
        subject = holder_of(pass_id, PASSES[pass_id] if known else None)
        told.setdefault(holder_of(subject, PASSES.get(subject)), []).append(event)
        truth.setdefault(holder_of(pass_id, PASSES[pass_id]), []).append(event)
    assert told == truth
    assert not {"a1", "a2", "b1"} & set(told)
