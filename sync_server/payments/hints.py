"""So many hints a while and no more: whoever floods us only makes us wait for our own looks."""

import time
from collections.abc import Callable
from typing import Final

BURST: Final = 50
PER_S: Final = 20.0


class HintGate:
    """A bucket that fills with time; one per process, for all providers."""

    def __init__(self, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._monotonic_s = monotonic_s
        self._left = float(BURST)
        self._at_s = monotonic_s()

    def lets_in(self) -> bool:
        """Whether one more may be heard now."""
        now_s = self._monotonic_s()
        self._left = min(BURST, self._left + (now_s - self._at_s) * PER_S)
        self._at_s = now_s
        if self._left < 1:
            return False
        self._left -= 1
        return True
