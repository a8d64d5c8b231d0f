"""How often somebody may guess: five wrong short codes a minute, then they wait."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

WRONG_A_MINUTE: Final = 5
_MINUTE_S: Final = 60.0


@dataclass(slots=True)
class Tries:
    """Wrong tries by token, of the last minute; one per process."""

    monotonic_s: Callable[[], float] = time.monotonic
    _wrong: dict[str, deque[float]] = field(default_factory=dict)
    _turns: dict[str, asyncio.Lock] = field(default_factory=dict)

    def turn(self, who: str) -> asyncio.Lock:
        """Held while a try of `who` is decided, so that many at once are counted one by one."""
        return self._turns.setdefault(who, asyncio.Lock())

    def wait_s(self, who: str) -> float:
        """How long `who` has to wait before the next try; 0: not at all."""
        wrong = self._wrong.get(who)
        if not wrong:
            return 0.0
        now = self.monotonic_s()
        while wrong and now - wrong[0] >= _MINUTE_S:
            wrong.popleft()
        return max(0.0, _MINUTE_S - (now - wrong[0])) if len(wrong) >= WRONG_A_MINUTE else 0.0

    def was_wrong(self, who: str) -> None:
        self._wrong.setdefault(who, deque(maxlen=WRONG_A_MINUTE)).append(self.monotonic_s())
