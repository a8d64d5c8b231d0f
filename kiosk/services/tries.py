"""Wrong short codes: five in a minute, then none are looked up until the minute is over."""

from collections import deque
from typing import Final

PER_MINUTE: Final = 5
_MINUTE_S: Final = 60.0


class Tries:
    """Counts wrong tries by the monotonic time of each, in seconds."""

    def __init__(self) -> None:
        self._wrong: deque[float] = deque(maxlen=PER_MINUTE)

    def allowed(self, now_s: float) -> bool:
        return len(self._wrong) < PER_MINUTE or now_s - self._wrong[0] >= _MINUTE_S

    def failed(self, now_s: float) -> None:
        self._wrong.append(now_s)
