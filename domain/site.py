"""A site: one house with its zones, doors, hours and the things it has or has not."""

from dataclasses import dataclass, field
from datetime import date

from domain.add_on import AddOn
from domain.calendar import WeeklyHours
from domain.day_pass import DayProduct
from domain.door import Door

ANY_SITE_NUMBER = 0


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the house; `number` 0 to 15 is its bit in zone masks."""

    number: int
    name: str

    @property
    def bit(self) -> int:
        return 1 << self.number


@dataclass(frozen=True, slots=True)
class Wifi:
    """The guests' network, shown to whoever is let in."""

    ssid: str
    password: str


@dataclass(frozen=True, slots=True)
class DayPassOffer:
    """What a day pass costs and opens; no offer, no word about day passes."""

    price_cents: int
    zones: int
    last_entry_min: int = 60
    """Not offered in the last minutes before closing."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site without doors is a complete site: access is then the answer and the record."""

    name: str
    number: int
    zone: str
    """IANA time zone; every wall time of the site is in it."""
    zones: tuple[Zone, ...] = ()
    doors: tuple[Door, ...] = ()
    opening: tuple[WeeklyHours, ...] = ()
    holidays: tuple[date, ...] = ()
    early_min: int = 15
    """Bookings let in this many minutes before they start."""
    late_min: int = 15
    """... and this many minutes after they end, to pack up."""
    wifi: Wifi | None = None
    phone: str = ""
    day_pass: DayPassOffer | None = None
    short_code_salt: str = ""
    """Hex; the salt of every short code's argon2id at this site."""
    door_offline_h: int = 72
    """Kiosks may open doors this long without word from the server."""
    currency: str = "EUR"
    slug: str = ""
    """Its name in web addresses; empty: its id."""
    address: str = ""
    about: dict[str, str] = field(default_factory=dict)
    """The first sentence of its page, by language."""
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    """House rules and what the law asks (imprint, terms, privacy ...), by name and language."""
    photos: tuple[str, ...] = ()
    floor_plan: str = ""
    formal: bool = False
    """German pages say "Sie"."""
    operator_mail: str = ""
    add_ons: tuple[AddOn, ...] = ()
    day_products: tuple[DayProduct, ...] = ()
    day_places: int | None = None
    """Day passes a day, whoever sells them; None: no limit."""
    guests_pay_by: tuple[str, ...] = ("invoice",)
    """What guests may choose from (`PayBy`); nothing: guests cannot book."""
    net_prices: bool = False
    """Companies are shown net prices first."""

    def add_on(self, add_on_id: str) -> AddOn | None:
        return next((each for each in self.add_ons if each.id == add_on_id), None)

    def door(self, door_id: str) -> Door | None:
        return next((door for door in self.doors if door.id == door_id), None)

    @property
    def all_zones(self) -> int:
        return sum({zone.bit for zone in self.zones})


@dataclass(frozen=True, slots=True)
class SiteSet:
    site: Site


@dataclass(frozen=True, slots=True)
class SiteClosedForGood:
    """The house is given up; nothing there admits any more."""


SiteEvent = SiteSet | SiteClosedForGood


def evolve(state: Site | None, event: SiteEvent) -> Site | None:
    match event:
        case SiteSet(site):
            return site
        case SiteClosedForGood():
            return None
