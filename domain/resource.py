"""What can be booked: rooms, booths, desks, and how to find them."""

from dataclasses import dataclass
from enum import StrEnum


class ResourceKind(StrEnum):
    ROOM = "room"
    BOOTH = "booth"
    DESK = "desk"
    PARKING = "parking"
    LOCKER = "locker"


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step on the way: an icon name and the operator's words in each language."""

    icon: str
    words: dict[str, str]


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
    key_at_desk: bool = False


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
