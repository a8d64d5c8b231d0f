"""When a site is open, and for whom: its weekly hours, its holidays, and the hours of plans."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from domain.calendar import WeeklyHours, Window, local_date, merged, weekly_windows
from domain.site import Site


def opening_windows(site: Site, first: date, last: date) -> tuple[Window, ...]:
    """The spans in which `site` is open on the days from `first` to `last`."""
    return _opening(site.opening, site.holidays, site.zone, first, last)


def hours_around(
    site: Site, span: Window, more: Iterable[Window] | None = None
) -> tuple[Window, ...]:
    """The opening spans of the days that `span` touches and their neighbours, and `more`."""
    one = timedelta(days=1)
    first = local_date(span.start, site.zone) - one
    opening = opening_windows(site, first, local_date(span.end, site.zone) + one)
    return merged((*opening, *more)) if more else opening


# All resources of a site ask for the same few days.
@lru_cache(maxsize=1024)
def _opening(
    hours: tuple[WeeklyHours, ...], closed: tuple[date, ...], zone: str, first: date, last: date
) -> tuple[Window, ...]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return weekly_windows(hours, days, zone, closed)
