"""The slots on offer: each can be booked, the nearest to what was wished is picked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.calendar import Window, local_date
from domain.resource import Resource, ResourceKind
from domain.terms import BookingTerms
from sync_server.web.site.choices import choice_of

BERLIN = "Europe/Berlin"
THURSDAY = date(2026, 5, 14)
MIDNIGHT = datetime(2026, 5, 13, 22, tzinfo=UTC)


def at(hour: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


def room(**terms: int) -> Resource:
    return Resource(1, "Kiln", ResourceKind.ROOM, 8, 1, {}, terms=BookingTerms(**terms))


FREE = (Window(at(8), at(9.5)), Window(at(12.5), at(17)), Window(at(18), at(20)))


def test_without_a_wish_it_is_an_hour_in_the_morning() -> None:
    choice = choice_of(room(), [Window(at(8), at(12))], BERLIN, THURSDAY, (None, 0))
    assert choice
    assert choice.slot == Window(at(9), at(10))


def test_without_room_for_an_hour_in_the_morning_it_is_later() -> None:
    choice = choice_of(room(), FREE, BERLIN, THURSDAY, (None, 0))
    assert choice
    assert choice.slot == Window(at(12.5), at(13.5))
    short = choice_of(room(), FREE[:1], BERLIN, THURSDAY, (None, 0))
    assert short
    assert short.slot == Window(at(9), at(9.5))


def test_a_wish_that_is_free_is_what_is_picked() -> None:
    choice = choice_of(room(), FREE, BERLIN, THURSDAY, (at(14), 120))
    assert choice
    assert choice.slot == Window(at(14), at(16))


def test_a_wish_that_is_not_free_is_brought_to_the_next_that_is() -> None:
    choice = choice_of(room(), FREE, BERLIN, THURSDAY, (at(10), 600))
    assert choice
    assert choice.slot == Window(at(12.5), at(17))
    last = choice_of(room(), FREE, BERLIN, THURSDAY, (at(23), 15))
    assert last
    assert last.slot.start == at(19.75)


def test_nothing_is_left_where_every_gap_is_too_short() -> None:
    assert choice_of(room(shortest_min=360), FREE, BERLIN, THURSDAY, (None, 0)) is None
    assert choice_of(room(), (), BERLIN, THURSDAY, (None, 0)) is None


def test_a_slot_may_reach_into_the_night_but_starts_on_its_day() -> None:
    choice = choice_of(room(), [Window(at(20), at(30))], BERLIN, THURSDAY, (at(23), 180))
    assert choice
    assert choice.slot == Window(at(23), at(26))
    assert {local_date(start, BERLIN) for start in choice.starts} == {THURSDAY}


def test_the_list_of_lengths_stays_short() -> None:
    choice = choice_of(room(step_min=15), [Window(at(0), at(24))], BERLIN, THURSDAY, (at(0), 0))
    assert choice
    assert choice.minutes[:3] == (15, 30, 45)
    assert len(choice.minutes) < 40
    assert choice.minutes[-1] == 24 * 60


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(1, 40)), min_size=1, max_size=6),
    st.sampled_from([15, 30, 60]),
    st.integers(1, 6),
    st.integers(0, 30),
    st.integers(0, 30 * 60),
)
def test_whatever_is_picked_lies_in_one_free_piece(
    pieces: list[tuple[int, int]], step: int, shortest: int, hour: int, minutes: int
) -> None:
    quarter = timedelta(minutes=15)
    windows = [
        Window(MIDNIGHT + a // 4 * 4 * quarter, MIDNIGHT + (a // 4 * 4 + b) * quarter)
        for a, b in pieces
    ]
    terms = {"step_min": step, "shortest_min": shortest * step, "longest_min": 8 * 60}
    choice = choice_of(room(**terms), windows, BERLIN, THURSDAY, (at(hour), minutes))
    assume(choice)
    assert choice
    assert any(w.start <= choice.slot.start and choice.slot.end <= w.end for w in windows)
    assert shortest * step <= choice.length_min <= 8 * 60
    assert choice.slot.start in choice.starts
    assert choice.length_min in choice.minutes
    assert choice.length_min % step == 0


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_both_nights_the_clocks_change_offer_every_start_once(day: date) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=3)
    night = Window(midnight, midnight + timedelta(hours=30))
    choice = choice_of(room(step_min=60), [night], BERLIN, day, (None, 60))
    assert choice
    hours = {3: 23, 10: 25}[day.month]
    assert len(set(choice.starts)) == len(choice.starts) == hours
