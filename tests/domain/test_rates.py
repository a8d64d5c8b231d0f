"""How often is too often."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.rates import Rate, TooOften, Tries, judge_tries

NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(("count", "waits"), [(1, False), (5, False), (6, True), (500, True)])
def test_whoever_tried_more_often_waits_for_the_end_of_the_period(count: int, waits: bool) -> None:
    rate = Rate("test", 5, timedelta(hours=1))
    judged = judge_tries((rate, Tries(count, NOON)))
    assert judged == (TooOften(NOON) if waits else None)


def test_of_several_rates_the_last_one_counts() -> None:
    rate = Rate("test", 1, timedelta(hours=1))
    later = NOON + timedelta(minutes=5)
    tried = [(rate, Tries(2, NOON)), (rate, Tries(2, later)), (rate, Tries(1, later))]
    assert judge_tries(*tried) == TooOften(later)
