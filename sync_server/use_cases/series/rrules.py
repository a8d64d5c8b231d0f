"""Reading an RRULE as days of a calendar (RFC 5545, section 3.3.10), bounded in every way."""

import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from domain.booking.series import LONGEST_SERIES, MOST_DATES, SeriesProblem, SeriesRule

MOST_LETTERS: Final = 300
_TOO_MANY: Final = MOST_DATES + 1
_DAY: Final = "(?:MO|TU|WE|TH|FR|SA|SU)"
_OF_WEEKS: Final = {
    "FREQ": "DAILY|WEEKLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,5}",
    "UNTIL": r"\d{8}(?:T\d{6}Z?)?",
    "WKST": _DAY,
    "BYDAY": f"{_DAY}(?:,{_DAY})*",
    "BYMONTH": r"[1-9]\d?(?:,[1-9]\d?)*",
}
_OF_MONTHS: Final = _OF_WEEKS | {
    "FREQ": "MONTHLY|YEARLY",
    "BYDAY": rf"(?:[+-]?[1-9]\d?)?{_DAY}(?:,(?:[+-]?[1-9]\d?)?{_DAY})*",
    "BYMONTHDAY": r"[+-]?[1-9]\d?(?:,[+-]?[1-9]\d?)*",
    "BYSETPOS": r"[+-]?[1-9]\d{0,2}(?:,[+-]?[1-9]\d{0,2})*",
}
"""What is left out (BYWEEKNO, BYYEARDAY, days of the month in weeks) nobody books by."""
_OF_HOURS: Final = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_SHORT_FREQ: Final = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})
_AHEAD: Final = 7600
"""The calendar repeats every 400 years, weekdays and all. Of a rule that never comes to a day
the library tries every year up to 9999, whatever its end: so it is asked about the last ones."""


def days_of(rule: SeriesRule, zone: str) -> tuple[date, ...] | SeriesProblem:
    """The days that `rule.rrule` comes to from `rule.first` on, or why it is no rule of days."""
    parts = _parts(rule.rrule)
    if isinstance(parts, SeriesProblem):
        return parts
    if "COUNT" not in parts and "UNTIL" not in parts:
        return SeriesProblem.ENDLESS
    count = int(parts.pop("COUNT", "0"))
    if count > MOST_DATES:
        return SeriesProblem.TOO_MANY_DATES
    until = _last_day(parts.pop("UNTIL", ""), rule, zone)
    if until is None:
        return SeriesProblem.NO_RRULE
    return _counted(parts, rule.first, until, count)


def _parts(text: str) -> dict[str, str] | SeriesProblem:
    """Each part by its name, every value one that the RFC has."""
    bare = text.strip().upper().removeprefix("RRULE:")
    pairs = [part.partition("=")[::2] for part in bare.split(";")]
    parts = dict(pairs)
    if len(text) > MOST_LETTERS or len(parts) < len(pairs):
        return SeriesProblem.NO_RRULE
    if parts.get("FREQ") in _SHORT_FREQ or not _OF_HOURS.isdisjoint(parts):
        return SeriesProblem.RRULE_OF_HOURS
    known = _OF_WEEKS if parts.get("FREQ") in ("DAILY", "WEEKLY") else _OF_MONTHS
    good = all(re.fullmatch(known.get(name, "(?!)"), parts[name], re.ASCII) for name in parts)
    return parts if good and "FREQ" in parts else SeriesProblem.NO_RRULE


def _last_day(until: str, rule: SeriesRule, zone: str) -> date | None:
    """The last day whose slot begins by `until`; without one, the last there can be."""
    latest = rule.first + LONGEST_SERIES
    if not until:
        return latest
    try:
        if len(until) == len("20261231"):
            return min(_date(until), latest + timedelta(days=1))
        at = datetime.combine(_date(until[:8]), time.fromisoformat(until[9:15]))
        if until.endswith("Z"):
            at = at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
    begun = at.hour * 60 + at.minute >= rule.from_min
    return min(at.date() if begun else at.date() - timedelta(days=1), latest + timedelta(days=1))


def _date(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _counted(
    parts: dict[str, str], first: date, until: date, count: int
) -> tuple[date, ...] | SeriesProblem:
    """The days in order, if there are as many as were asked for."""
    latest = first + LONGEST_SERIES
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    end = min(until, latest)
    until_text = f"{end.year + _AHEAD:04}{end:%m%d}"
    begin = datetime.combine(first.replace(year=first.year + _AHEAD), time())
    try:
        found = islice(rrulestr(f"{text};UNTIL={until_text}", dtstart=begin), count or _TOO_MANY)
        days = tuple(each.date().replace(year=each.year - _AHEAD) for each in found)
    except ValueError:
        return SeriesProblem.NO_RRULE
    if len(days) >= _TOO_MANY:
        return SeriesProblem.TOO_MANY_DATES
    if not days:
        return SeriesProblem.NO_DATES
    cut_off = until > latest or (len(days) < count and end == latest)
    return SeriesProblem.TOO_LONG if cut_off else days
