"""Weekly hours as people write them: "Mon-Fri 08:00-20:00", read and written back."""

import re
from collections.abc import Iterable
from typing import Final

from domain.calendar import DAY_MIN, WeeklyHours
from sync_server.use_cases.apply.trouble import BadValue

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ALWAYS: Final = "always"
_SPAN: Final = re.compile(r"(\d{1,2}):(\d\d) ?[-–] ?(\d{1,2}):(\d\d)")
_EXAMPLE: Final = 'Hours are a text like "Mon-Fri 08:00-20:00" or "Sat, Sun 10:00-16:00"'
Span = tuple[int, int]
WHOLE_DAY: Final[Span] = (0, DAY_MIN)


def weekly(value: object) -> list[WeeklyHours]:
    """The hours of one line, by weekday. Raises BadValue."""
    if value == ALWAYS:
        return [WeeklyHours(day, *WHOLE_DAY) for day in range(7)]
    weekdays, span = days_and_span(value)
    return [WeeklyHours(day, *span) for day in weekdays or range(7)]


def days_and_span(value: object) -> tuple[tuple[int, ...], Span]:
    """Weekdays (none named: none) and one span of the day (none named: all). Raises BadValue."""
    if not isinstance(value, str) or not value.strip():
        raise BadValue(f"{_EXAMPLE}, not {value!r}.")
    found = _SPAN.search(value)
    before = value[: found.start()] if found else value
    if found and value[found.end() :].strip():
        raise BadValue(f"{_EXAMPLE}, one span in each; {value!r} goes on after it.")
    return _weekdays(before, value), _span(found, value) if found else WHOLE_DAY


def lines(hours: Iterable[WeeklyHours]) -> list[str]:
    """The lines that `weekly` reads, days of equal hours together."""
    by_span: dict[Span, list[int]] = {}
    for each in sorted(hours, key=lambda h: (h.weekday, h.from_min)):
        by_span.setdefault((each.from_min, each.to_min), []).append(each.weekday)
    if by_span == {WHOLE_DAY: list(range(7))}:
        return [ALWAYS]
    return [line(tuple(weekdays), span) for span, weekdays in by_span.items()]


def line(weekdays: tuple[int, ...], span: Span) -> str:
    """One line; no weekdays: only the span; the whole day: only the weekdays."""
    clock = "" if span == WHOLE_DAY and weekdays else f"{clock_text(span[0])}-{clock_text(span[1])}"
    return " ".join(part for part in (_days_text(weekdays), clock) if part)


def clock_text(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def clock(value: object) -> int:
    """ "18:00" in minutes of the local day, up to 24:00. Raises BadValue."""
    found = re.fullmatch(r"(\d{1,2}):(\d\d)", value) if isinstance(value, str) else None
    if found is None:
        raise BadValue(f'A time of day is a text like "18:00", not {value!r}.')
    return _minute(found[1], found[2])


def _weekdays(text: str, whole: str) -> tuple[int, ...]:
    found: list[int] = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        first, dash, last = (each.strip() for each in re.sub("–", "-", part).partition("-"))
        start, end = _weekday(first, whole), _weekday(last if dash else first, whole)
        found += range(start, end + 1) if start <= end else [*range(start, 7), *range(end + 1)]
    return tuple(dict.fromkeys(sorted(found)))


def _weekday(name: str, whole: str) -> int:
    if name.title() not in WEEKDAYS:
        raise BadValue(f"{_EXAMPLE}; the days are {', '.join(WEEKDAYS)}, not {name!r} ({whole!r}).")
    return WEEKDAYS.index(name.title())


def _span(found: "re.Match[str]", whole: str) -> Span:
    start, end = _minute(found[1], found[2]), _minute(found[3], found[4])
    if start >= end:
        raise BadValue(
            f"{whole!r} ends before it begins. Over midnight takes two lines:"
            f' "Fri {clock_text(start)}-24:00" and "Sat 00:00-{clock_text(end)}".'
        )
    return start, end


def _minute(hour: str, minute: str) -> int:
    total = int(hour) * 60 + int(minute)
    if int(minute) > 59 or total > DAY_MIN:
        raise BadValue(f"There is no {hour}:{minute} on a clock.")
    return total


def _days_text(weekdays: tuple[int, ...]) -> str:
    runs: list[list[int]] = []
    for day in weekdays:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(_run_text(run) for run in runs)


def _run_text(run: list[int]) -> str:
    if len(run) == 1:
        return WEEKDAYS[run[0]]
    return f"{WEEKDAYS[run[0]]}{'-' if len(run) > 2 else ', '}{WEEKDAYS[run[-1]]}"
