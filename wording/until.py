"""Until when something lasts, in words that stand behind "until" and "bis"."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wording.formats import clock_time, day, day_and_year
from wording.sentences import sentence


def until_when(at: datetime, now: datetime, zone: str, locale: str) -> str:
    """The time; on another day with that day, in another year with the year too.

    What ends with its day is told by that day: nobody stays "until 0:00".
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    ends, last = (
        each.astimezone(ZoneInfo(zone)).date() for each in (at, at - timedelta(seconds=1))
    )
    with_its_day = ends != last
    if last == today:
        return sentence("until.midnight", {}, locale) if with_its_day else clock_time(at, zone)
    told = (day if last.year == today.year else day_and_year)(last, locale)
    if with_its_day:
        return sentence("until.end_of", {"day": told}, locale)
    return f"{told}, {clock_time(at, zone)}"
