"""The two demo sites: one with doors and everything, one with nothing but a desk."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from domain.calendar import DAY_MIN, WeeklyHours
from domain.door import Door
from domain.resource import Resource, ResourceKind
from domain.site import DayPassOffer, Site, Wifi, Zone
from sync_server.demo.words import PHONE, PLACES, ROOMS, WAYS

HOUSE_ZONE: Final = Zone(0, "House")
UPSTAIRS: Final = Zone(1, "First floor")
ALWAYS: Final = tuple(WeeklyHours(day, 0, DAY_MIN) for day in range(7))
MORNINGS: Final = tuple(WeeklyHours(day, 7 * 60, 13 * 60) for day in range(5))
_OPENING: Final = (
    *(WeeklyHours(day, 7 * 60, 22 * 60) for day in range(5)),
    *(WeeklyHours(day, 8 * 60, 20 * 60) for day in (5, 6)),
)


def ziegelhof(doors: tuple[Door, ...], salt: str, today: date) -> Site:
    return Site(
        name="Ziegelhof",
        number=1,
        zone="Europe/Berlin",
        zones=(HOUSE_ZONE, UPSTAIRS),
        doors=doors,
        opening=_OPENING,
        holidays=_holidays(today),
        wifi=Wifi("Ziegelhof Guest", "warm-brick-42"),
        phone=PHONE,
        day_pass=DayPassOffer(2500, HOUSE_ZONE.bit),
        short_code_salt=salt,
    )


def werkhaus(salt: str) -> Site:
    """A complete site without door, camera or broker, open day and night, on holidays too."""
    return Site(
        name="Werkhaus",
        number=2,
        zone="Europe/Berlin",
        zones=(HOUSE_ZONE,),
        opening=ALWAYS,
        wifi=Wifi("Werkhaus", "oak-and-iron-7"),
        phone=PHONE,
        day_pass=DayPassOffer(2000, HOUSE_ZONE.bit),
        short_code_salt=salt,
    )


def doors(ids: tuple[str, str], lock_keys: Mapping[str, str]) -> tuple[Door, Door]:
    """The front door and the courtyard door, each the way out when the other fails."""
    front, courtyard = ids
    return (
        Door(front, "Front door", HOUSE_ZONE.number, "front", lock_keys["front"],
             other_way=courtyard, hint="the brick arch on Hofstraße 9"),
        Door(courtyard, "Courtyard door", HOUSE_ZONE.number, "courtyard", lock_keys["courtyard"],
             other_way=front, hint="round the corner, 40 steps"),
    )  # fmt: skip


def rooms() -> list[Resource]:
    """Twelve rooms and booths of Ziegelhof."""
    return [
        Resource(
            number=number,
            name=name,
            kind=kind,
            seats=seats,
            zones=HOUSE_ZONE.bit | (UPSTAIRS.bit if number % 3 else 0),
            place=PLACES[number % 3],
            way=WAYS[number % 3],
            hour_price_cents=600 if kind is ResourceKind.BOOTH else 1600,
        )
        for number, (name, kind, seats) in enumerate(ROOMS, start=1)
    ]


def desk(number: int) -> Resource:
    """One of the many desks that a large demo needs for its bookings."""
    place = {"en": "in the hall", "de": "in der Halle"}
    return Resource(number, f"Desk {number}", ResourceKind.DESK, 1, HOUSE_ZONE.bit, place)


def room_2() -> Resource:
    """The room of Werkhaus, whose key waits at the desk."""
    place = {"en": "at the back", "de": "ganz hinten"}
    return Resource(1, "Room 2", ResourceKind.ROOM, 6, HOUSE_ZONE.bit, place, key_at_desk=True)


def _holidays(today: date) -> tuple[date, ...]:
    """Berlin's public holidays of this year and the next."""
    return tuple(sorted(day for year in (today.year, today.year + 1) for day in _of_year(year)))


def _of_year(year: int) -> list[date]:
    easter = _easter(year)
    moving = [easter + timedelta(days=n) for n in (-2, 1, 39, 50)]
    fixed = [(1, 1), (3, 8), (5, 1), (10, 3), (12, 25), (12, 26)]
    return moving + [date(year, month, day) for month, day in fixed]


def _easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
