"""What the demo house offers and on which terms: prices, day passes, add-ons, scarce things."""

from typing import Final

from domain.add_on import AddOn, AddOnPer
from domain.day_pass import DayProduct
from domain.resource import Resource, ResourceKind
from domain.tariff import LengthDiscount, Rate, Tariff
from domain.terms import BookingTerms, CancelStep

PROJECTOR: Final = "projector"
PARKING: Final = "parking"
DAY_PLACES: Final = 30

PRICES: Final = {"Kiln": 3200, "Clay": 1800, "Arch": 1600, "Loft": 1400, "Yard": 1400}
"""An hour, in cents; booths cost BOOTH_CENTS."""
BOOTH_CENTS: Final = 1200
FEATURES: Final = {
    "Kiln": ("screen", "whiteboard", "daylight", "courtyard"),
    "Clay": ("whiteboard", "daylight"),
    "Arch": ("screen", "daylight"),
    "Loft": ("screen", "daylight", "video"),
    "Yard": ("whiteboard", "courtyard"),
}
BOOTH_FEATURES: Final = ("quiet", "video")
ABOUT: Final = {
    "Kiln": {
        "en": "A long oak table, a screen with HDMI and USB-C, and a door to the courtyard.",
        "de": "Ein langer Eichentisch, ein Bildschirm mit HDMI und USB-C und eine Tür zum Hof.",
    },
    "Clay": {
        "en": "A round table in the morning sun.",
        "de": "Ein runder Tisch in der Morgensonne.",
    },
    "Loft": {
        "en": "High windows, a camera and a microphone for calls.",
        "de": "Hohe Fenster, Kamera und Mikrofon für Gespräche.",
    },
}
_CANCEL: Final = (CancelStep(24 * 60, 50), CancelStep(2 * 60, 100))
ROOM_TERMS: Final = BookingTerms(
    shortest_min=30,
    longest_min=10 * 60,
    buffer_after_min=15,
    remind_min=2 * 60,
    release_min=15,
    cancel=_CANCEL,
    move_until_min=60,
)
NEVER_RELEASED: Final = frozenset({"Kiln", "Arch", "Room 2"})
"""Rooms of those who show what a code can become: theirs however late the demo is looked at."""
BOOTH_TERMS: Final = BookingTerms(longest_min=2 * 60, horizon_days=14, remind_min=30)
KILN_TARIFF: Final = Tariff(
    rates=(Rate(4000, weekdays=(5, 6)), Rate(2600, groups=("residents",))),
    day_cap_cents=19000,
    length_discounts=(LengthDiscount(4 * 60, 10),),
)
ROOM_TARIFF: Final = Tariff(length_discounts=(LengthDiscount(4 * 60, 10),))
BOOTH_TARIFF: Final = Tariff(least_cents=600)


def scarce(zones: int, first_number: int) -> dict[str, Resource]:
    """What add-ons take a unit of, by id."""
    shelf = {"en": "shelf B3", "de": "Regal B3"}
    yard = {"en": "in the courtyard", "de": "im Hof"}
    return {
        PROJECTOR: Resource(
            first_number, "Projector", ResourceKind.EQUIPMENT, 0, zones, shelf,
            hour_price_cents=600, units=2,
        ),
        PARKING: Resource(
            first_number + 1, "Parking space", ResourceKind.PARKING, 0, zones, yard,
            hour_price_cents=200, units=3, step_free=True, tariff=Tariff(day_cap_cents=1200),
        ),
    }  # fmt: skip


def add_ons() -> tuple[AddOn, ...]:
    rooms = (ResourceKind.ROOM.value, ResourceKind.EVENT.value)
    return (
        AddOn(
            PROJECTOR, {"en": "Projector", "de": "Beamer"}, 1200,
            resource_id=PROJECTOR, kinds=rooms,
            task={"en": "Put a projector into the room", "de": "Einen Beamer in den Raum stellen"},
        ),
        AddOn(
            "coffee", {"en": "Coffee and water", "de": "Kaffee und Wasser"}, 450,
            per=AddOnPer.PERSON, kinds=rooms, most=40,
            task={"en": "Set out coffee and water", "de": "Kaffee und Wasser bereitstellen"},
        ),
        AddOn(
            PARKING, {"en": "Parking space", "de": "Stellplatz"}, 200,
            per=AddOnPer.HOUR, resource_id=PARKING, most=2,
        ),
    )  # fmt: skip


def day_products(zones: int) -> tuple[DayProduct, ...]:
    """A day, a half, an evening, and ten of them."""
    return (
        DayProduct(
            "day", {"en": "Day pass", "de": "Tagespass"}, 2500, zones,
            about={
                "en": "A desk until closing, with Wi-Fi and coffee",
                "de": "Ein Platz bis zum Abend, mit WLAN und Kaffee",
            },
        ),
        DayProduct(
            "half-day", {"en": "Half day", "de": "Halber Tag"}, 1500, zones, to_min=13 * 60,
            about={"en": "A desk until 13:00", "de": "Ein Platz bis 13:00"},
        ),
        DayProduct(
            "evening", {"en": "Evening pass", "de": "Abendpass"}, 1200, zones, from_min=17 * 60,
            about={"en": "A desk from 17:00", "de": "Ein Platz ab 17:00"},
        ),
        DayProduct(
            "ten", {"en": "Ten days", "de": "Zehnerkarte"}, 20000, zones, passes=10,
            about={
                "en": "Ten day passes, on any day you like",
                "de": "Zehn Tagespässe, wann du magst",
            },
        ),
    )  # fmt: skip
