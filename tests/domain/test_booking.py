"""What can be booked at all: a time that passes, mails and calendars carry, and a party."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.access import Admitted, Ask, Refused, decide_access
from domain.booking import (
    EARLIEST,
    LARGEST_PARTY,
    LATEST,
    LONGEST,
    Booking,
    BookingProblem,
    booking_problem,
)
from domain.calendar import DAY_MIN, WeeklyHours
from domain.codes import print_code
from domain.passes import GrantKind
from tests.domain.house import SITE, a_booking, a_code, member

HOUR = timedelta(hours=1)
NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
BEGINNING, END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
ALWAYS = tuple(WeeklyHours(day, 0, DAY_MIN) for day in range(7))
TICK = timedelta.resolution


@pytest.mark.parametrize(
    ("starts", "ends", "party", "problem"),
    [
        (NOON, NOON + HOUR, 1, None),
        (NOON, NOON + TICK, 1, None),
        (NOON, NOON, 1, BookingProblem.NO_TIME),
        (NOON + HOUR, NOON, 1, BookingProblem.NO_TIME),
        (END, BEGINNING, 0, BookingProblem.NO_TIME),
        (EARLIEST, EARLIEST + HOUR, 1, None),
        (EARLIEST - TICK, EARLIEST + HOUR, 1, BookingProblem.NO_SUCH_YEAR),
        (BEGINNING, BEGINNING + HOUR, 1, BookingProblem.NO_SUCH_YEAR),
        (datetime(1969, 12, 31, tzinfo=UTC), NOON, 1, BookingProblem.NO_SUCH_YEAR),
        (LATEST - HOUR, LATEST, 1, None),
        (LATEST - HOUR, LATEST + TICK, 1, BookingProblem.NO_SUCH_YEAR),
        (NOON, datetime(2150, 1, 1, tzinfo=UTC), 1, BookingProblem.NO_SUCH_YEAR),
        (END - HOUR, END, 1, BookingProblem.NO_SUCH_YEAR),
        (NOON, NOON + LONGEST, 1, None),
        (NOON, NOON + LONGEST + TICK, 1, BookingProblem.TOO_LONG),
        (NOON, NOON + HOUR, LARGEST_PARTY, None),
        (NOON, NOON + HOUR, LARGEST_PARTY + 1, BookingProblem.NO_PARTY),
        (NOON, NOON + HOUR, 0, BookingProblem.NO_PARTY),
        (NOON, NOON + HOUR, -1, BookingProblem.NO_PARTY),
        (NOON, NOON + HOUR, 10**30, BookingProblem.NO_PARTY),
    ],
)
def test_a_booking_is_of_our_times_a_year_at_most_and_for_a_party_that_fits_a_pass(
    starts: datetime, ends: datetime, party: int, problem: BookingProblem | None
) -> None:
    assert booking_problem(Booking("room", "ada", starts, ends, party)) is problem


@pytest.mark.parametrize("starts", [EARLIEST, LATEST - HOUR])
def test_what_can_be_booked_can_be_printed_with_days_before_and_after(starts: datetime) -> None:
    before, after = starts - timedelta(days=30), starts + HOUR + timedelta(days=30)
    code = a_code(GrantKind.BOOKING)
    widest = replace(code, valid_from=before, valid_until=after, party=LARGEST_PARTY)
    assert print_code(widest, lambda _: bytes(64))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Europe/Berlin", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("starts", [BEGINNING, END - HOUR])
def test_a_booking_at_the_end_of_time_keeps_nobody_from_coming(starts: datetime, zone: str) -> None:
    """The log may have it from before this rule: a member's other grants still count."""
    facts = replace(member(), site=replace(SITE, zone=zone, opening=ALWAYS, holidays=()))
    booked = replace(facts, bookings=(a_booking(starts),))
    assert isinstance(decide_access(booked, Ask(), NOON), Admitted)
    alone = replace(booked, memberships=())
    assert isinstance(decide_access(alone, Ask(), NOON), Refused)
