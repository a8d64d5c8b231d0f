"""How long to wait before trying again: 1 to 60 s, doubling, with jitter."""

import random
from typing import Final

_FIRST_S: Final = 1.0
_LONGEST_S: Final = 60.0


class Patience:
    """Waiting times that grow until `reset`; spread so that kiosks do not come all at once."""

    def __init__(self, chance: random.Random | None = None) -> None:
        self._chance = chance or random.Random()  # noqa: S311 - jitter, not a secret
        self._next_s = _FIRST_S

    def next_s(self) -> float:
        wait_s, self._next_s = self._next_s, min(_LONGEST_S, self._next_s * 2)
        return wait_s * self._chance.uniform(0.75, 1.25)

    def reset(self) -> None:
        self._next_s = _FIRST_S
