"""Where ids come from: chance for the house, a seed for the demo."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ledger.ids import uuid7

Chance = Callable[[int], bytes]
_ID_CHANCE_BYTES: Final = 10
_PASS_ID_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Ids:
    """Fresh ids from one source of chance."""

    chance: Chance = secrets.token_bytes
    always_at: datetime | None = None
    """A fixed time in all ids, so that the same seed makes the same ids any day."""

    def subject(self, at: datetime) -> str:
        """A UUIDv7 for a subject that begins at `at`."""
        return uuid7(self.always_at or at, self.chance(_ID_CHANCE_BYTES))

    def pass_id(self) -> str:
        return self.chance(_PASS_ID_BYTES).hex()
