"""Signatures under the calls of the simulated provider: a shared secret, a time, the body."""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

HEADER: Final = "payment-signature"
FRESH: Final = timedelta(minutes=5)
"""A call older than this, or from further in the future, was kept and sent again."""


def signature(secret: bytes, body: bytes, at: datetime) -> str:
    """`t=<seconds>,v1=<HMAC-SHA256 in hex>` over the time and the body."""
    seconds = int(at.timestamp())
    return f"t={seconds},v1={_mac(secret, seconds, body)}"


def is_signed(secret: bytes, body: bytes, header: str, now: datetime) -> bool:
    """Whether `header` is a fresh signature of `body`; compared in constant time."""
    time, _, mac = header.partition(",")
    seconds = time.removeprefix("t=")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 13):
        return False
    good = hmac.compare_digest(
        mac.removeprefix("v1=").encode(), _mac(secret, int(seconds), body).encode()
    )
    return good and abs(now.timestamp() - int(seconds)) <= FRESH.total_seconds()


def _mac(secret: bytes, seconds: int, body: bytes) -> str:
    return hmac.digest(secret, f"{seconds}.".encode() + body, hashlib.sha256).hex()
