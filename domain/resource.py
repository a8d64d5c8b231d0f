"""What can be booked: rooms, booths, desks, and how to find them."""

from dataclasses import dataclass, field
from enum import StrEnum

from domain.tariff import Tariff
from domain.terms import BookingTerms


class ResourceKind(StrEnum):
    ROOM = "room"
    EVENT = "event"
    BOOTH = "booth"
    DESK = "desk"
    FIXED_DESK = "fixed_desk"
    PARKING = "parking"
    LOCKER = "locker"
    STORAGE = "storage"
    EQUIPMENT = "equipment"
    PRINTING = "printing"


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step on the way: an icon name and the operator's words in each language."""

    icon: str
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it is on the site's floor plan, in thousandths of the picture."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Resource:
    """`zones` are all zones on the way to it, its own included; `number` is unique per site."""

    number: int
    name: str
    kind: ResourceKind
    seats: int
    zones: int
    place: dict[str, str]
    """Where it is, in the operator's words by language: "first floor left"."""
    way: tuple[WayStep, ...] = ()
    hour_price_cents: int = 0
    """Gross, where no rate of the tariff applies."""
    key_at_desk: bool = False
    units: int = 1
    """Equal numbered units: thirty desks are one resource."""
    step_free: bool = False
    features: tuple[str, ...] = ()
    about: dict[str, str] = field(default_factory=dict)
    """What is included, in the operator's words by language."""
    photos: tuple[str, ...] = ()
    """Names of pictures in the data directory."""
    spot: Spot | None = None
    tariff: Tariff = field(default_factory=Tariff)
    terms: BookingTerms = field(default_factory=BookingTerms)

    def unit_ids(self, resource_id: str) -> tuple[str, ...]:
        """The units that holdings claim; a single one goes by the resource's own id."""
        if self.units == 1:
            return (resource_id,)
        return tuple(f"{resource_id}#{number}" for number in range(1, self.units + 1))


@dataclass(frozen=True, slots=True)
class ResourceSet:
    resource: Resource


@dataclass(frozen=True, slots=True)
class ResourceRetired:
    """It can no longer be booked or opened."""


ResourceEvent = ResourceSet | ResourceRetired


def evolve(state: Resource | None, event: ResourceEvent) -> Resource | None:
    match event:
        case ResourceSet(resource):
            return resource
        case ResourceRetired():
            return None
