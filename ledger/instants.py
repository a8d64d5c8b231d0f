"""Instants in columns: microseconds since 1970 as integers, or fixed-width UTC text."""

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ONE_US: Final = timedelta(microseconds=1)


def to_us(instant: datetime) -> int:
    """Microseconds since 1970, exact. Raises TypeError for a naive time."""
    return (instant - _EPOCH) // _ONE_US


def from_us(microseconds: int) -> datetime:
    return _EPOCH + microseconds * _ONE_US


def to_text(instant: datetime) -> str:
    """`2026-11-22T16:33:00.000000Z`: always of one length, so that text order is time order."""
    if instant.tzinfo is None:
        raise TypeError("no naive times in the log")
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(text: str) -> datetime:
    return datetime.fromisoformat(text)
