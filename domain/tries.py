"""How often somebody may guess a short code: after five wrong ones in a minute they wait.

Times are seconds of any clock, as long as it is always the same one.
"""

from collections.abc import Sequence
from typing import Final, TypeVar

Time = TypeVar("Time", int, float)

WRONG_A_MINUTE: Final = 5
_MINUTE_S: Final = 60.0


def with_wrong(wrong: Sequence[Time], now: Time) -> tuple[Time, ...]:
    """The times of wrong tries worth remembering, with one more at `now`."""
    counting = _counting(wrong, now)
    counting.append(now)
    return tuple(counting[-WRONG_A_MINUTE:])


def wait_s(wrong: Sequence[Time], now: Time) -> float:
    """How long to wait before the next try is looked up; 0: not at all."""
    counting = _counting(wrong, now)
    if len(counting) < WRONG_A_MINUTE:
        return 0.0
    return _MINUTE_S - (now - counting[-WRONG_A_MINUTE])


def _counting(wrong: Sequence[Time], now: Time) -> list[Time]:
    """Those of the last minute; a time ahead is one of a clock that was set back since."""
    return [at for at in wrong if 0 <= now - at < _MINUTE_S]
