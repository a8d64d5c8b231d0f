"""Values that only a resource has: rates by the hour, blackouts, the way, its spot."""

import re
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from domain.booking import EARLIEST, LATEST
from domain.calendar import days_window
from domain.resource import Spot, WayStep
from domain.tariff import Rate
from domain.terms import Blackout
from sync_server.use_cases.apply import amounts, hours
from sync_server.use_cases.apply.forms import WORDS, Form, ListOf, Plain
from sync_server.use_cases.apply.keyed import Key, read_keys, without
from sync_server.use_cases.apply.place import At, Place, table
from sync_server.use_cases.apply.trouble import BadValue

_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ICON: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_THOUSANDTHS: Final = 1000


def code(value: Any) -> str:
    """A short word of small letters. Raises BadValue."""
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise BadValue(f'A word of small letters like "screen" is meant, not {value!r}.')
    return value


CODE: Final = Plain(code)


class Rates:
    """`{ price = "40.00", hours = "Sat-Sun 08:00-20:00", groups = ["partners"] }`."""

    keys: tuple[Key, ...]

    def __init__(self, price: Form) -> None:
        groups = ListOf(CODE)
        self.keys = (
            Key("price", "hour_cents", price, needed=True),
            Key("hours", "hours", Plain(hours.days_and_span)),
            Key("groups", "groups", groups),
        )

    def read(self, value: Any, at: At) -> Rate:
        given = read_keys(value, self.keys, at)
        weekdays, (start, end) = given.get("hours", ((), hours.WHOLE_DAY))
        return Rate(given["hour_cents"], weekdays, start, end, given.get("groups", ()))

    def write(self, value: Rate, place: Place) -> dict[str, Any]:
        span = (value.from_min, value.to_min)
        found: dict[str, Any] = {"price": amounts.price(value.hour_cents, place.currency)}
        if value.weekdays or span != hours.WHOLE_DAY:
            found["hours"] = hours.line(value.weekdays, span)
        return found | ({"groups": list(value.groups)} if value.groups else {})


class Blackouts:
    """`{ from = 2026-12-24, to = 2026-12-26, why = { ... } }`: days, or times of the site.

    Of days the last one is meant as a whole.
    """

    keys: Final = (Key("why", "why", WORDS, needed=True),)

    def read(self, value: Any, at: At) -> Blackout:
        why = read_keys(value, self.keys, at, ("from", "to"))
        zone = at.place.zone
        first, last = (_moment(table(value).get(name), name) for name in ("from", "to"))
        starts = _instant(first, zone, end=False)
        ends = _instant(last, zone, end=True)
        if starts >= ends:
            raise BadValue("It ends before it begins.")
        return Blackout(starts, ends, **why)

    def write(self, value: Blackout, place: Place) -> dict[str, Any]:
        zone = ZoneInfo(place.zone)
        starts, ends = (each.astimezone(zone) for each in (value.starts, value.ends))
        return {"from": starts, "to": ends, "why": dict(value.why)}


class Way:
    """`{ icon = "steps", en = "Up to the first floor", de = "In den ersten Stock" }`."""

    def read(self, value: Any, at: At) -> WayStep:
        icon = table(value).get("icon")
        if not isinstance(icon, str) or not _ICON.fullmatch(icon):
            raise BadValue('A step has an icon by name, as in icon = "steps".')
        return WayStep(icon, WORDS.read(without(value, ("icon",)), at))

    def write(self, value: WayStep, place: Place) -> dict[str, Any]:
        return {"icon": value.icon, **value.words}


class Spots:
    """`[120, 300, 200, 150]`: left, top, width, height in thousandths of the floor plan."""

    def read(self, value: Any, at: At) -> Spot:
        if not (isinstance(value, list) and len(value) == 4 and all(map(_is_part, value))):
            raise BadValue("Four whole numbers from 0 to 1000: left, top, width, height.")
        left, top, width, height = value
        if not (width and height and left + width <= 1000 and top + height <= 1000):
            raise BadValue("That is not on the plan: left + width and top + height end at 1000.")
        return Spot(left, top, width, height)

    def write(self, value: Spot, place: Place) -> list[int]:
        return [value.left, value.top, value.width, value.height]


def _is_part(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _THOUSANDTHS


def _moment(value: Any, name: str) -> date | datetime:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, date):
        raise BadValue(f"{name} is a date like 2026-12-24, or a time like 2026-12-24T14:00:00.")
    if not EARLIEST.year <= value.year < LATEST.year:
        raise BadValue(f"{name} lies in the years 2000 to 2099.")
    return value


def _instant(moment: date | datetime, zone: str, *, end: bool) -> datetime:
    """A wall time of the site as an instant; the first showing of one that is shown twice."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=moment.tzinfo or ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
    window = days_window(moment, moment, zone)
    if window is None:
        raise BadValue(f"The calendar of {zone} has no {moment}.")
    return window.end if end else window.start
