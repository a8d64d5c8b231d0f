"""Addresses of slots to book at the demo's house."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from tests.sync_server.web.browser import Visitor

_SUNDAY = 6
BERLIN = ZoneInfo("Europe/Berlin")


def some_day(days: int) -> datetime:
    """Midnight in Berlin so many days from now, Sundays not counted; each number has its own."""
    day = datetime.now(BERLIN).replace(hour=0, minute=0, second=0, microsecond=0)
    while days or day.weekday() == _SUNDAY:
        day += timedelta(days=1)
        days -= day.weekday() != _SUNDAY
    return day


def book_path(
    visitor: Visitor, days: int = 9, hours: tuple[int, int] = (10, 12), **more: str
) -> str:
    """The page that books the demo's resource for these hours of a day to come."""
    assert visitor.settings is not None
    ids = json.loads((visitor.settings.data.parent / "demo.json").read_text())
    day = some_day(days)
    start, end = (
        (day.replace(hour=hour)).astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ") for hour in hours
    )
    asked = {"resource": ids["resource"], "start": start, "end": end, **more}
    return f"/s/ziegelhof/book?{urlencode(asked)}"
