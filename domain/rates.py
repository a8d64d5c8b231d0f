"""How often something may be tried in a while, by whoever: over it, one waits for its end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Rate:
    """`most` tries within `period`; the period begins with the first of them."""

    what: str
    most: int
    period: timedelta


@dataclass(frozen=True, slots=True)
class Tries:
    """So many tries since the period began, this one among them; it ends at `until`."""

    count: int
    until: datetime


@dataclass(frozen=True, slots=True)
class TooOften:
    """Nothing is done; it can be tried again at `until`."""

    until: datetime


_HOUR: Final = timedelta(hours=1)
SIGN_IN_BY_ADDRESS: Final = Rate("sign-in-address", 5, _HOUR)
SIGN_IN_BY_CLIENT: Final = Rate("sign-in-client", 20, _HOUR)
PASSKEY_BY_CLIENT: Final = Rate("passkey-client", 60, _HOUR)
LOST_PHONE: Final = Rate("lost-phone", 3, timedelta(days=1))
AT_THE_DOOR: Final = Rate("at-the-door", 60, timedelta(minutes=10))
"""By pass; a group shares one."""
CANNOT_GET_IN: Final = Rate("cannot-get-in", 10, _HOUR)

REPORTED: Final = Rate("reported", 10, _HOUR)
"""Problems, by pass."""
INVITED: Final = Rate("invited", 20, _HOUR)
"""Lists of guests, by booking."""
DECLARED_BY_CLIENT: Final = Rate("declared-client", 30, _HOUR)
DECLARED_BY_ADDRESS: Final = Rate("declared-address", 5, timedelta(days=1))
"""Withdrawals and endings of contracts: each sends a mail to whatever address was given."""


def judge_tries(*tried: tuple[Rate, Tries]) -> TooOften | None:
    """None where every rate is kept; else when the last of those that are not has passed."""
    waits = [tries.until for rate, tries in tried if tries.count > rate.most]
    return TooOften(max(waits)) if waits else None
