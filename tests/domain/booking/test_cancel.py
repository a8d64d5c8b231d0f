"""What calling off and changing costs: by the steps, and no way around them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.booking import Booking, BookingMoved, BookingStatus, evolve
from domain.booking.cancel import (
    ChangeCost,
    cancellation_fee,
    change_cost,
    free_until,
    refund_due,
)
from domain.terms import BookingTerms, CancelStep
from tests.domain.house import at

STARTS = at(12)
TERMS = BookingTerms(cancel=(CancelStep(24 * 60, 50), CancelStep(120, 80)))
BOOKING = Booking("kiln", "ada", STARTS, at(14), amount_cents=4801)
STEPS = st.builds(CancelStep, st.integers(0, 3000), st.integers(0, 100))
ALL_TERMS = st.builds(lambda steps: BookingTerms(cancel=tuple(steps)), st.lists(STEPS, max_size=4))


def before(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes_before", "fee"),
    [
        (1441, 0),
        (1440, 0),
        (1439, 2401),
        (120, 2401),
        (119, 3841),
        (1, 3841),
        (0, 4801),
        (-60, 4801),
    ],
)
def test_the_later_it_is_called_off_the_more_is_owed(minutes_before: int, fee: int) -> None:
    assert cancellation_fee(TERMS, BOOKING, STARTS - before(minutes_before)) == fee


def test_without_steps_it_is_free_until_the_start() -> None:
    assert cancellation_fee(BookingTerms(), BOOKING, STARTS - before(1)) == 0
    assert cancellation_fee(BookingTerms(), BOOKING, STARTS) == 4801
    assert free_until(BookingTerms(), STARTS) == STARTS
    assert free_until(TERMS, STARTS) == STARTS - timedelta(days=1)


@pytest.mark.parametrize("status", [s for s in BookingStatus if s is not BookingStatus.CONFIRMED])
def test_what_does_not_stand_costs_nothing_more(status: BookingStatus) -> None:
    gone = replace(BOOKING, status=status)
    assert cancellation_fee(TERMS, gone, at(13)) == 0
    assert change_cost(TERMS, gone, 100, at(13)) == ChangeCost(100, 0, 0)


@pytest.mark.parametrize(
    ("minutes_before", "new_price", "cost"),
    [
        (3000, 2000, ChangeCost(2000, 0, 0)),
        (200, 4801, ChangeCost(4801, 0, 2401)),
        (200, 6000, ChangeCost(6000, 0, 2401)),
        # half of the 28.01 that are given up
        (200, 2000, ChangeCost(3401, 1401, 2401)),
        (-30, 2000, ChangeCost(4801, 2801, 4801)),
    ],
)
def test_what_is_given_up_by_a_change_counts_as_cancelled(
    minutes_before: int, new_price: int, cost: ChangeCost
) -> None:
    assert change_cost(TERMS, BOOKING, new_price, STARTS - before(minutes_before)) == cost


def test_what_was_paid_beyond_what_is_owed_goes_back() -> None:
    assert (refund_due(4801, 2401), refund_due(0, 2401), refund_due(100, 0)) == (2400, 0, 100)


@given(ALL_TERMS, st.integers(0, 100_000), st.integers(-100, 4000), st.integers(0, 1000))
def test_the_fee_is_never_negative_never_more_than_the_price_and_never_sinks(
    terms: BookingTerms, price: int, minutes_before: int, waited: int
) -> None:
    booking, now = replace(BOOKING, amount_cents=price), STARTS - before(minutes_before)
    fee = cancellation_fee(terms, booking, now)
    assert 0 <= fee <= price
    assert fee <= cancellation_fee(terms, booking, now + before(waited))
    if now <= free_until(terms, STARTS) and now < STARTS:
        assert fee == 0


CHANGES = st.lists(
    st.tuples(st.integers(0, 60_000), st.integers(0, 20_000), st.integers(0, 600)), max_size=3
)


@given(ALL_TERMS, st.integers(0, 60_000), st.integers(-60, 4000), CHANGES)
def test_no_chain_of_changes_ends_cheaper_than_cancelling_at_its_first(
    terms: BookingTerms, price: int, minutes_before: int, changes: list[tuple[int, int, int]]
) -> None:
    """Each change goes to a new price, so many minutes later; then all is called off."""
    booking, now = replace(BOOKING, amount_cents=price), STARTS - before(minutes_before)
    least = cancellation_fee(terms, booking, now)
    for new_price, shift, waited in changes:
        cost = change_cost(terms, booking, new_price, now)
        assert cost.amount_cents == new_price + cost.given_up_cents
        assert cost.amount_cents >= max(new_price, cost.least_fee_cents)
        assert cost.amount_cents <= max(new_price, booking.amount_cents)
        starts = booking.starts + before(shift)
        moved = BookingMoved(
            starts,
            starts + timedelta(hours=1),
            amount_cents=cost.amount_cents,
            least_fee_cents=cost.least_fee_cents,
        )
        after = evolve(booking, moved)
        assert after is not None
        booking, now = after, now + before(waited)
        fee = cancellation_fee(terms, booking, now)
        assert least <= fee <= booking.amount_cents
        least = fee
