"""The two demo sites: one with doors and everything, one with nothing but a desk."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from domain.booking import PayBy
from domain.calendar import DAY_MIN, WeeklyHours
from domain.door import Door
from domain.resource import Resource, ResourceKind
from domain.site import DayPassOffer, Site, Wifi, Zone
from domain.terms import BookingTerms
from sync_server.demo import offers
from sync_server.demo.texts import TEXTS
from sync_server.demo.words import MAIL_DOMAIN, PHONE, PLACES, ROOMS, WAYS

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
        slug="ziegelhof",
        address="Hofstraße 9, 10969 Berlin",
        about={
            "en": "A desk, a booth, or a room with daylight.",
            "de": "Ein Tisch, eine Box oder ein Raum mit Tageslicht.",
        },
        texts=TEXTS,
        operator_mail=f"frontdesk@{MAIL_DOMAIN}",
        add_ons=offers.add_ons(),
        day_products=offers.day_products(HOUSE_ZONE.bit),
        day_places=offers.DAY_PLACES,
        guests_pay_by=(PayBy.LINK.value, PayBy.INVOICE.value),
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
        slug="werkhaus",
        address="Uferweg 2, 10997 Berlin",
        about={
            "en": "One quiet room, day and night.",
            "de": "Ein ruhiger Raum, Tag und Nacht.",
        },
        texts=TEXTS,
        operator_mail=f"frontdesk@{MAIL_DOMAIN}",
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
        _room(
            Resource(
                number=number,
                name=name,
                kind=kind,
                seats=seats,
                zones=HOUSE_ZONE.bit | (UPSTAIRS.bit if number % 3 else 0),
                place=PLACES[number % 3],
                way=WAYS[number % 3],
                step_free=number % 3 == 0,
            )
        )
        for number, (name, kind, seats) in enumerate(ROOMS, start=1)
    ]


def _room(bare: Resource) -> Resource:
    """With its price and terms."""
    if bare.kind is ResourceKind.BOOTH:
        return replace(
            bare,
            hour_price_cents=offers.BOOTH_CENTS,
            features=offers.BOOTH_FEATURES,
            tariff=offers.BOOTH_TARIFF,
            terms=offers.BOOTH_TERMS,
        )
    return replace(
        bare,
        hour_price_cents=offers.PRICES[bare.name],
        features=offers.FEATURES[bare.name],
        about=offers.ABOUT.get(bare.name, {}),
        tariff=offers.KILN_TARIFF if bare.name == "Kiln" else offers.ROOM_TARIFF,
        terms=_terms(bare.name),
    )


def _terms(name: str) -> BookingTerms:
    kept = name in offers.NEVER_RELEASED
    return replace(offers.ROOM_TERMS, release_min=None) if kept else offers.ROOM_TERMS


def desk(number: int) -> Resource:
    """One of the many desks that a large demo needs for its bookings."""
    place = {"en": "in the hall", "de": "in der Halle"}
    return Resource(number, f"Desk {number}", ResourceKind.DESK, 1, HOUSE_ZONE.bit, place)


def room_2() -> Resource:
    """The room of Werkhaus, whose key waits at the desk."""
    place = {"en": "at the back", "de": "ganz hinten"}
    return Resource(
        1, "Room 2", ResourceKind.ROOM, 6, HOUSE_ZONE.bit, place,
        hour_price_cents=1200, key_at_desk=True, terms=_terms("Room 2"),
    )  # fmt: skip


def _holidays(today: date) -> tuple[date, ...]:
    """Berlin's public holidays of this year and the next."""
    from holidays import country_holidays  # a large package, and only seeding needs it

    return tuple(sorted(country_holidays("DE", subdiv="BE", years=(today.year, today.year + 1))))
