"""Values that only a site has: its time zone, money, zones, hours, holidays and addresses."""

import re
from collections.abc import Iterable
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any, Final
from zoneinfo import available_timezones

from babel.numbers import list_currencies

from domain.booking import EARLIEST, LATEST, PayBy
from domain.calendar import WeeklyHours
from domain.site import Zone
from sync_server.use_cases.apply import amounts, hours
from sync_server.use_cases.apply.forms import text
from sync_server.use_cases.apply.place import At, Place, all_read, table
from sync_server.use_cases.apply.trouble import BadValue, nearest

YEARS_AHEAD: Final = 3
MOST_ZONES: Final = 16
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAIL: Final = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
_HEX_KEY: Final = re.compile(r"[0-9a-f]{64}")


def time_zone(value: Any) -> str:
    name = text(value)
    if name not in available_timezones():
        raise BadValue(f'"{name}" is no time zone, as in "Europe/Berlin".{_close(name)}')
    return name


def currency(value: Any) -> str:
    if not isinstance(value, str) or value not in list_currencies():
        raise BadValue(f'{amounts.shown(value)} is no currency, as in "EUR".')
    return str(value)


def slug(value: Any) -> str:
    name = text(value)
    if not _SLUG.fullmatch(name):
        raise BadValue("A name in web addresses is of small letters a to z, digits and -.")
    return name


def mail(value: Any) -> str:
    address = text(value)
    if not _MAIL.fullmatch(address):
        raise BadValue(f'"{address}" is no mail address.')
    return address


def lock_key(value: Any) -> str:
    if not isinstance(value, str) or not _HEX_KEY.fullmatch(value):
        raise BadValue("The public key of a lock is 64 hex digits.")
    return value


def pay_by(value: Any) -> str:
    known = [each.value for each in PayBy if each is not PayBy.NOTHING]
    if value not in known:
        raise BadValue(f"There is no {amounts.shown(value)} here.{nearest(str(value), known)}")
    return str(value)


def whole_hours(value: Any) -> int:
    found, rest = divmod(amounts.minutes(value), 60)
    if rest:
        raise BadValue("Whole hours only.")
    return found


class ZoneNumbers:
    """The zones of a site: `{ "House" = 0, "First floor" = 1 }`."""

    def read(self, value: Any, at: At) -> tuple[Zone, ...]:
        found = []
        for name, number in table(value).items():
            if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 16:
                raise BadValue(f"The number of {name} is from 0 to {MOST_ZONES - 1}.")
            found.append(Zone(number, text(name)))
        if len({zone.number for zone in found}) < len(found):
            raise BadValue("Two zones have the same number.")
        return tuple(found)

    def write(self, value: tuple[Zone, ...], place: Place) -> dict[str, int]:
        return {zone.name: zone.number for zone in value}


class OneZone:
    """The zone behind a door, by name."""

    def read(self, value: Any, at: At) -> int:
        known = {zone.name: zone.number for zone in at.place.zones}
        if not isinstance(value, str) or value not in known:
            raise BadValue(f"There is no zone {value}.{nearest(str(value), known)}")
        return known[value]

    def write(self, value: int, place: Place) -> Any:
        return next((zone.name for zone in place.zones if zone.number == value), value)


class Hours:
    """A list of lines, each "Mon-Fri 08:00-20:00"."""

    def read(self, value: Any, at: At) -> tuple[WeeklyHours, ...]:
        many = value if isinstance(value, list) else [value]
        found = all_read((at, partial(hours.weekly, each)) for each in many)
        every = sorted((each for line in found for each in line), key=_by_time)
        for one, next_ in pairwise(every):
            if one.weekday == next_.weekday and next_.from_min < one.to_min:
                raise BadValue(f"{hours.WEEKDAYS[one.weekday]} has hours that overlap.")
        return tuple(every)

    def write(self, value: Iterable[WeeklyHours], place: Place) -> list[str]:
        return hours.lines(value)


class Holidays:
    """Days when the site is closed: public ones of a region, and days of its own.

    Kept as dates: those of this year and the three after it.
    """

    def read(self, value: Any, at: At) -> tuple[date, ...]:
        given = table(value)
        known = ("country", "subdivision", "also", "open")
        for name in given:
            if name not in known:
                raise BadValue(f"There is no key {name}.{nearest(name, known)}")
        public = _public(given, at.place.today.year) if "country" in given else set()
        days = public | _dates(given.get("also", []))
        return tuple(sorted(days - _dates(given.get("open", []))))

    def write(self, value: tuple[date, ...], place: Place) -> dict[str, Any]:
        return {"also": list(value)}


def a_date(value: Any) -> date:
    """A date as TOML has it, or as text. Raises BadValue."""
    try:
        day = value if type(value) is date else date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadValue(f"A date like 2026-12-24 is meant, not {amounts.shown(value)}.") from error
    if not EARLIEST.date() <= day < LATEST.date():
        raise BadValue(f"Days lie in the years 2000 to 2099, not on {day}.")
    return day


def _public(given: dict[str, Any], year: int) -> set[date]:
    import holidays  # a large package, and only applying needs it

    country, region = text(given["country"]), given.get("subdivision")
    region = None if region is None else text(region)
    years = range(year, year + YEARS_AHEAD + 1)
    try:
        return set(holidays.country_holidays(country, subdiv=region, years=years))
    except (NotImplementedError, TypeError, KeyError, AttributeError) as error:
        known = holidays.list_supported_countries().get(country, [])
        where = f"{country} {region}" if region else f"{country}"
        hint = nearest(region or "", known) if known else ' A country is two letters, as in "DE".'
        raise BadValue(f"Nobody knows the holidays of {where}.{hint}") from error


def _dates(value: Any) -> set[date]:
    return {a_date(each) for each in (value if isinstance(value, list) else [value])}


def _by_time(each: WeeklyHours) -> tuple[int, int]:
    return each.weekday, each.from_min


def _close(name: str) -> str:
    return nearest(name, available_timezones()) if "/" in name else ""
