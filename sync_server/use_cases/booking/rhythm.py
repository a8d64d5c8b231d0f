"""The days of a series: its RRULE (RFC 5545) read on plain dates, without times or zones.

Only rhythms that come round again and again are read: a library that looks for a 30 February
looks until the year 9999.
"""

import re
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final

from dateutil.rrule import rrulestr

from domain.booking.series import MOST_DATES, SeriesProblem, SeriesRule

LONGEST: Final = timedelta(days=3 * 366)
"""From the first day to the last."""
_DAY: Final = "(MO|TU|WE|TH|FR|SA|SU)"
_DAYS: Final = rf"BYDAY={_DAY}(,{_DAY})*"
_NTH_DAYS: Final = rf"BYDAY=([+-]?[1-4])?{_DAY}(,([+-]?[1-4])?{_DAY})*"
_DATE: Final = r"-?([1-9]|1\d|2[0-8])"
_PARTS: Final = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY"),
    "INTERVAL": re.compile(r"[1-9]\d?"),
    "COUNT": re.compile(r"[1-9]\d{0,3}"),
    "UNTIL": re.compile(r"\d{8}(T\d{6}Z?)?"),
    "WKST": re.compile(_DAY),
}
_RHYTHMS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        "DAILY [0-9]+ ",
        f"DAILY 1 {_DAYS}",
        f"WEEKLY [0-9]+ ({_DAYS})?",
        f"MONTHLY [0-9]+ ({_NTH_DAYS}|BYMONTHDAY={_DATE}(,{_DATE})*)?",
        f"MONTHLY [0-9]+ {_DAYS};BYSETPOS=-?[1-4]",
    )
)
"""Frequency, interval and what else picks the days: each of these finds some every time."""


def dates_of(rule: SeriesRule) -> tuple[date, ...] | SeriesProblem:
    """All days of a series in order, the skipped ones too; it has an end and MOST_DATES."""
    parts = _parts(rule.rrule)
    if parts is None:
        return SeriesProblem.RULE
    count, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    if count is None and until is None:
        return SeriesProblem.NO_END
    try:
        dates = _read(rule.first, parts, until)
    except (ValueError, OverflowError):
        return SeriesProblem.RULE
    if count is not None:
        dates = dates[: int(count)]
    if len(dates) > MOST_DATES or int(count or 0) > MOST_DATES:
        return SeriesProblem.TOO_MANY
    return dates or SeriesProblem.NONE


def _parts(text: str) -> dict[str, str] | None:
    """The parts of a rule by name, None if it is no rhythm."""
    found: dict[str, str] = {}
    for part in text.strip().removeprefix("RRULE:").upper().split(";"):
        name, _, value = part.partition("=")
        pattern = _PARTS.get(name)
        if name in found or (pattern is not None and not pattern.fullmatch(value)):
            return None
        found[name] = value
    picks = ";".join(f"{name}={found[name]}" for name in sorted(found.keys() - _PARTS.keys()))
    rhythm = f"{found.get('FREQ')} {found.get('INTERVAL', 1)} {picks}"
    return found if any(each.fullmatch(rhythm) for each in _RHYTHMS) else None


def _read(first: date, parts: dict[str, str], until: str | None) -> tuple[date, ...]:
    last = first + LONGEST
    if until is not None:
        last = min(last, datetime.strptime(until[:8], "%Y%m%d").date())  # noqa: DTZ007 - a date
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    start = datetime.combine(first, time())
    days = rrulestr(f"{text};UNTIL={last:%Y%m%d}T000000", dtstart=start)
    return tuple(day.date() for day in islice(days, MOST_DATES + 1))
