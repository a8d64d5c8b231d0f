"""Identifiers: UUIDv7 (RFC 9562), made at the act and stored before anything is sent."""

import secrets
from datetime import datetime
from uuid import UUID


def uuid7(at: datetime, chance: bytes | None = None) -> str:
    """A UUIDv7 of `at`; `chance` (10 bytes) replaces the random part in simulations."""
    random_bits = int.from_bytes(chance or secrets.token_bytes(10), "big")
    milliseconds = int(at.timestamp() * 1000) & (1 << 48) - 1
    value = milliseconds << 80 | random_bits & (1 << 80) - 1
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))
