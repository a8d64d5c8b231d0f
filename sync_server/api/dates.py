"""Days in addresses: exactly as in 2026-05-14, and of the years that bookings lie in."""

import re
from datetime import date
from typing import Annotated, Final

from fastapi import Query

from domain.booking import EARLIEST, LATEST

DateQuery = Annotated[
    str, Query(max_length=200, json_schema_extra={"format": "date"}, description="As 2026-05-14.")
]
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_meant(text: str) -> date | None:
    """The day, or None where it is none that anything is booked on."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST.date() <= day < LATEST.date() else None
