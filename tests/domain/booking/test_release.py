"""No-shows: reminded first, released at the minute, never while anything speaks against it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.availability import Taken
from domain.booking import Booking, BookingStatus
from domain.booking.release import (
    LOOK_AGAIN,
    Evidence,
    Keep,
    Release,
    ReleaseDecision,
    Remind,
    Wait,
    all_in_contact,
    decide_release,
)
from domain.booking.restore import NotRestored, Restore, decide_restore
from domain.calendar import Window
from domain.resource import Resource
from tests.domain.house import at
from tests.domain.rooms import a_room

ROOM = a_room(remind_min=30, release_min=15)
BOOKING = Booking("kiln", "ada", at(10), at(12), made_at=at(7))
REMINDED = Evidence(reminded_at=at(9, 30))


def decided(
    now: datetime,
    booking: Booking = BOOKING,
    evidence: Evidence = REMINDED,
    *,
    room: Resource = ROOM,
    in_contact: bool = True,
) -> ReleaseDecision:
    return decide_release(booking, room, evidence, in_contact, now)


@pytest.mark.parametrize(
    ("now", "evidence", "decision"),
    [
        (at(9, 29), Evidence(), Keep(at(9, 30))),
        (at(9, 30), Evidence(), Remind()),
        (at(9, 30), REMINDED, Keep(at(10, 15))),
        (at(10, 14), REMINDED, Keep(at(10, 15))),
        (at(10, 15), REMINDED, Release()),
        # nobody was there to remind: first that, then the whole span once more
        (at(11), Evidence(), Remind()),
        (at(11, 1), Evidence(reminded_at=at(11)), Keep(at(11, 15))),
        (at(11, 50), Evidence(reminded_at=at(11, 50)), Keep()),
        (at(12), REMINDED, Keep()),
    ],
)
def test_a_reminder_comes_first_and_the_release_at_its_minute(
    now: datetime, evidence: Evidence, decision: ReleaseDecision
) -> None:
    assert decided(now, evidence=evidence) == decision


def test_whoever_booked_after_the_reminder_was_due_gets_none() -> None:
    late = replace(BOOKING, made_at=at(9, 45))
    assert decided(at(9, 50), late, Evidence()) == Keep(at(10, 15))
    assert decided(at(10, 15), late, Evidence()) == Release()


def test_keeping_it_puts_the_release_off_once_by_the_same_span() -> None:
    kept = replace(BOOKING, kept_at=at(9, 40))
    assert decided(at(10, 15), kept) == Keep(at(10, 30))
    assert decided(at(10, 30), kept) == Release()


@pytest.mark.parametrize(
    ("booking", "evidence"),
    [
        (replace(BOOKING, claimed_at=at(9, 55)), REMINDED),
        (BOOKING, replace(REMINDED, door_opened_at=at(9, 58))),
        (BOOKING, replace(REMINDED, here_at=at(10, 3))),
        (replace(BOOKING, kept_at=at(9, 40)), replace(REMINDED, in_house=True)),
    ],
)
def test_whoever_has_come_keeps_it(booking: Booking, evidence: Evidence) -> None:
    for now in (at(9, 59), at(10, 15), at(11)):
        assert decided(now, booking, evidence) == Keep()


def test_being_in_the_house_alone_is_no_evidence() -> None:
    assert decided(at(10, 15), evidence=replace(REMINDED, in_house=True)) == Release()


def test_nothing_is_released_while_a_kiosk_is_out_of_contact() -> None:
    assert decided(at(10, 15), in_contact=False) == Wait(at(10, 15) + LOOK_AGAIN)
    assert decided(at(9, 30), evidence=Evidence(), in_contact=False) == Remind()


def test_a_kiosk_is_out_of_contact_after_more_than_two_minutes() -> None:
    now = at(10)
    assert all_in_contact([], now)
    assert all_in_contact([now - timedelta(minutes=2), now], now)
    assert not all_in_contact([now, now - timedelta(minutes=2, seconds=1)], now)
    assert not all_in_contact([None], now)


def test_without_terms_nothing_is_ever_done() -> None:
    assert decided(at(10, 15), room=a_room()) == Keep()
    assert decided(at(10, 15), evidence=Evidence(), room=a_room(release_min=15)) == Release()
    assert decided(at(10, 15), room=a_room(remind_min=30)) == Keep()


MOMENTS = st.none() | st.integers(-200, 200).map(lambda n: at(10) + timedelta(minutes=n))


@given(
    st.sampled_from(BookingStatus),
    st.tuples(MOMENTS, MOMENTS, MOMENTS, MOMENTS, MOMENTS, MOMENTS),
    st.booleans(),
    st.booleans(),
    st.tuples(st.none() | st.integers(0, 90), st.none() | st.integers(0, 90)),
    st.integers(-200, 200),
)
def test_looking_again_when_told_to_ends_and_never_releases_against_evidence(
    status: BookingStatus,
    moments: tuple[datetime | None, ...],
    in_house: bool,
    in_contact: bool,
    spans: tuple[int | None, int | None],
    now_min: int,
) -> None:
    claimed, kept, made, reminded, door, here = moments
    booking = replace(BOOKING, status=status, claimed_at=claimed, kept_at=kept, made_at=made)
    evidence = Evidence(reminded, door, here, in_house)
    room = a_room(remind_min=spans[0], release_min=spans[1])
    now = at(10) + timedelta(minutes=now_min)
    for _ in range(4):
        found = decided(now, booking, evidence, room=room, in_contact=in_contact)
        match found:
            case Release():
                assert in_contact
                assert status is BookingStatus.CONFIRMED
                assert (claimed, door, here) == (None, None, None)
                assert kept is None or not in_house
                assert spans[1] is not None
                assert booking.starts + timedelta(minutes=spans[1]) <= now < booking.ends
                return
            case Remind():
                assert now < booking.ends
                assert evidence.reminded_at is None
                assert kept is None
                evidence = replace(evidence, reminded_at=now)
            case Keep(None):
                return
            case Keep(until):
                assert until is not None
                assert until > now
                now = until
            case Wait(until):
                assert not in_contact
                assert until > now
                in_contact, now = True, until
    pytest.fail("it is looked at over and over")


RELEASED = replace(BOOKING, status=BookingStatus.RELEASED, released_at=at(10, 15))
TWO = replace(a_room(buffer_before_min=10, buffer_after_min=15), units=2)
ON_TWO = replace(RELEASED, unit="kiln#2")


def taken(unit: str, from_: tuple[int, int], to: tuple[int, int]) -> Taken:
    return Taken(unit, Window(at(*from_), at(*to)))


def test_whoever_comes_later_gets_what_is_left_of_it() -> None:
    room = a_room(buffer_before_min=10, buffer_after_min=15)
    found = decide_restore(RELEASED, room, [taken("kiln", (10, 20), (10, 40))], at(10, 45))
    assert found == Restore("kiln", Window(at(10, 45), at(12, 15)))


@pytest.mark.parametrize(
    ("holdings", "unit"),
    [
        ([], "kiln#2"),
        ([taken("kiln#2", (11, 0), (11, 30))], "kiln#1"),
        ([taken("kiln#2", (11, 0), (11, 30)), taken("kiln#1", (12, 0), (13, 0))], None),
    ],
)
def test_its_own_unit_comes_first_then_another(holdings: list[Taken], unit: str | None) -> None:
    found = decide_restore(ON_TWO, TWO, holdings, at(10, 30))
    assert (found.unit if isinstance(found, Restore) else None) == unit
    assert isinstance(found, Restore) or found is NotRestored.TAKEN


def test_what_is_over_or_was_not_released_is_not_given_back() -> None:
    assert decide_restore(RELEASED, TWO, [], at(12)) is NotRestored.OVER
    assert decide_restore(BOOKING, TWO, [], at(11)) is NotRestored.NOT_RELEASED
