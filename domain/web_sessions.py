"""How long a browser is known: thirty days after it was last seen."""

from datetime import datetime, timedelta
from typing import Final

IDLE: Final = timedelta(days=30)
_NOTED_EVERY: Final = timedelta(hours=1)


def ends_after(seen_at: datetime) -> datetime:
    """When a session ends that is not seen again."""
    return seen_at + IDLE


def is_worth_noting(seen_at: datetime, now: datetime) -> bool:
    """Whether to write down that it was seen: once an hour is enough."""
    return now - seen_at >= _NOTED_EVERY
