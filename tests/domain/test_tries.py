"""Five wrong short codes a minute, whatever their rhythm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.tries import WRONG_A_MINUTE, wait_s, with_wrong


@pytest.mark.parametrize(
    ("wrong", "now", "waits"),
    [
        ((), 0, 0),
        ((0, 10, 20, 30), 40, 0),
        ((0, 10, 20, 30, 40), 40, 20),
        ((0, 10, 20, 30, 40), 59.5, 0.5),
        ((0, 10, 20, 30, 40), 60, 0),
        ((10, 20, 30, 40, 60), 60, 10),
        ((100, 100, 100, 100, 100), 40, 0),  # the clock was set back
    ],
)
def test_the_sixth_waits_until_the_first_is_a_minute_old(
    wrong: tuple[float, ...], now: float, waits: float
) -> None:
    assert wait_s(wrong, now) == waits


@given(st.lists(st.floats(0, 90), min_size=1, max_size=40))
def test_no_minute_sees_a_sixth_wrong_code(gaps: list[float]) -> None:
    now, remembered, looked_up = 0.0, (), []
    for gap in gaps:
        now += gap
        if not wait_s(remembered, now):
            remembered = with_wrong(remembered, now)
            looked_up.append(now)
        assert len(remembered) <= WRONG_A_MINUTE
    for first, sixth in zip(looked_up, looked_up[WRONG_A_MINUTE:], strict=False):
        assert sixth - first >= 60
