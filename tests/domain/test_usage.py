"""The figures of a day: tables, both nights of the clocks, and what must hold of any booking."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.attempt import Attempts, BookingRefused, SlotWasTaken, counted_on, evolve
from domain.booking import Booking, BookingStatus
from domain.calendar import DAY_MIN, WeeklyHours
from domain.resource import Resource, ResourceKind
from domain.tariff import PriceLine
from domain.terms import Blackout, BookingTerms
from domain.usage import Figure, Usage, usage_of_day, used
from tests.domain.house import MONDAY, SITE, at

ROOM = Resource(1, "Clay", ResourceKind.ROOM, 6, 1, {})
NIGHT = replace(ROOM, terms=BookingTerms(around_the_clock=True))
OPEN_ALWAYS = replace(
    SITE, opening=tuple(WeeklyHours(day, 0, DAY_MIN) for day in range(7)), holidays=()
)
BOOKED = Booking("clay", "ada", at(9), at(11), amount_cents=2380)
LINES = (PriceLine("hours", 2000, 1900), PriceLine("add_on", 380, 700))
CANCELLED, RELEASED, WISHED = (
    BookingStatus.CANCELLED,
    BookingStatus.RELEASED,
    BookingStatus.WISHED,
)


def usage(*bookings: Booking, room: Resource | None = ROOM, day: date = MONDAY) -> Usage:
    numbered = [(f"b{n}", each) for n, each in enumerate(bookings)]
    return usage_of_day(room, SITE, day, numbered, Attempts())


@pytest.mark.parametrize(
    ("booking", "booked", "used_min", "no_shows", "gross", "net"),
    [
        (BOOKED, 120, 0, 0, 2380, 2000),
        (replace(BOOKED, claimed_at=at(8, 50)), 120, 120, 0, 2380, 2000),
        (replace(BOOKED, claimed_at=at(9, 10)), 120, 110, 0, 2380, 2000),
        (replace(BOOKED, lines=LINES), 120, 0, 0, 2380, 1681 + 355),
        (replace(BOOKED, status=WISHED), 0, 0, 0, 0, 0),
        (replace(BOOKED, status=CANCELLED, ended_at=at(8)), 0, 0, 0, 0, 0),
        (replace(BOOKED, status=CANCELLED, ended_at=at(8), fee_cents=1190), 0, 0, 0, 1190, 1000),
        (replace(BOOKED, status=CANCELLED, ended_at=at(10), claimed_at=at(9)), 60, 60, 0, 0, 0),
        (replace(BOOKED, status=RELEASED, ended_at=at(9, 15)), 15, 0, 1, 2380, 2000),
        (replace(BOOKED, starts=at(0) - timedelta(hours=2)), 660, 0, 0, 0, 0),
    ],
)
def test_what_a_booking_adds_to_its_day(
    booking: Booking, booked: int, used_min: int, no_shows: int, gross: int, net: int
) -> None:
    found = usage(booking)
    assert (found.booked_min, found.used_min, found.no_shows) == (booked, used_min, no_shows)
    assert (found.gross_cents, found.net_cents) == (gross, net)


def test_every_figure_names_its_bookings() -> None:
    found = usage(
        BOOKED,
        replace(BOOKED, claimed_at=at(9)),
        replace(BOOKED, status=RELEASED, ended_at=at(9, 15), amount_cents=0),
        replace(BOOKED, status=WISHED),
    )
    assert found.bookings == {
        Figure.BOOKED: ("b0", "b1", "b2"),
        Figure.USED: ("b1",),
        Figure.NO_SHOWS: ("b2",),
        Figure.REVENUE: ("b0", "b1"),
    }


@pytest.mark.parametrize(
    ("room", "day", "minutes"),
    [
        (ROOM, MONDAY, 720),
        (replace(ROOM, units=3), MONDAY, 3 * 720),
        (ROOM, MONDAY + timedelta(days=5), 0),
        (ROOM, date(2026, 6, 19), 0),
        (NIGHT, MONDAY, 1440),
        (NIGHT, date(2026, 3, 29), 23 * 60),
        (NIGHT, date(2026, 10, 25), 25 * 60),
        (None, MONDAY, 0),
    ],
)
def test_bookable_are_the_opening_hours_of_every_unit(
    room: Resource | None, day: date, minutes: int
) -> None:
    assert usage(room=room, day=day).bookable_min == minutes


def test_blackouts_are_not_bookable() -> None:
    some = (
        Blackout(at(7), at(9), {}),
        Blackout(at(12), at(12, 30), {}),
        Blackout(at(19), at(23), {}),
    )
    room = replace(ROOM, terms=BookingTerms(blackouts=some))
    assert usage(room=room).bookable_min == 720 - 60 - 30 - 60


def test_a_night_of_the_clocks_is_counted_as_long_as_it_was() -> None:
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
        night = Booking("clay", None, at(0, day=day), at(0, day=day + timedelta(days=1)))
        found = usage_of_day(NIGHT, OPEN_ALWAYS, day, [("b", night)], Attempts())
        assert found.booked_min == found.bookable_min == hours * 60


@given(
    start=st.integers(-3 * 1440, 3 * 1440),
    minutes=st.integers(1, 2 * 1440),
    claimed=st.none() | st.integers(-60, 3000),
    ended=st.none() | st.integers(-60, 3000),
    status=st.sampled_from(BookingStatus),
)
def test_days_add_up_and_nothing_is_used_that_was_not_booked(
    start: int, minutes: int, claimed: int | None, ended: int | None, status: BookingStatus
) -> None:
    starts = datetime(2026, 10, 25, 0, 0, tzinfo=UTC) + timedelta(minutes=start)

    def after(some: int | None) -> datetime | None:
        return None if some is None else starts + timedelta(minutes=some)

    booking = Booking(
        "clay",
        None,
        starts,
        starts + timedelta(minutes=minutes),
        amount_cents=1000,
        fee_cents=500,
        status=status,
        claimed_at=after(claimed),
        ended_at=None if status is BookingStatus.CONFIRMED else after(ended),
    )
    days = [date(2026, 10, 20) + timedelta(days=n) for n in range(14)]
    found = [usage_of_day(ROOM, SITE, day, [("b", booking)], Attempts()) for day in days]
    assert all(0 <= each.used_min <= each.booked_min for each in found)
    span = used(booking)
    whole = (span.end - span.start) // timedelta(minutes=1) if span else 0
    assert sum(each.used_min for each in found) == whole
    assert sum(each.gross_cents for each in found) in (0, 500, 1000)
    assert all(0 <= each.net_cents <= each.gross_cents for each in found)


def test_attempts_are_counted_by_what_stood_in_the_way() -> None:
    state = None
    for event in (
        SlotWasTaken(at(9), at(10)),
        BookingRefused(at(9), at(10), "too_long"),
        BookingRefused(at(9), at(10), "off_grid"),
        BookingRefused(at(9), at(10), "too_long"),
    ):
        state = evolve(state, event)
    assert state == Attempts(1, {"too_long": 2, "off_grid": 1})
    found = usage_of_day(ROOM, SITE, MONDAY, (), state)
    assert (found.refused, found.taken) == (3, 1)


@pytest.mark.parametrize(
    ("starts", "day"),
    [
        (at(23, 30), MONDAY),
        (at(0, 0) - timedelta(minutes=1), MONDAY - timedelta(days=1)),
        (at(9) + timedelta(days=400), None),
        (at(9) - timedelta(days=400), None),
        (datetime.min.replace(tzinfo=UTC), None),
        (datetime.max.replace(tzinfo=UTC), None),
    ],
)
def test_an_attempt_counts_on_the_day_that_was_wished_for(
    starts: datetime, day: date | None
) -> None:
    assert counted_on(starts, SITE.zone, at(12)) == day
