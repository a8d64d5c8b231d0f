"""What the services tell the screen: facts and outcomes, never sentences or pixels."""

from dataclasses import dataclass
from datetime import datetime

from domain.access import Admitted, Refused
from domain.door import Door, DoorOutcome
from domain.resource import ResourceKind, WayStep
from domain.site import Wifi


@dataclass(frozen=True, slots=True)
class PlaceOf:
    """The resource an arrival is for: name, where it is, the way, and whether a key waits."""

    name: str
    place: dict[str, str]
    way: tuple[WayStep, ...]
    starts: datetime
    ends: datetime
    key_at_desk: bool


@dataclass(frozen=True, slots=True)
class DoorPart:
    """The door of an answer. `outcome` None: asked, not answered yet."""

    door: Door
    outcome: DoorOutcome | None
    other_way: Door | None
    """Where to go if it fails, if that door is known to work."""


@dataclass(frozen=True, slots=True)
class WelcomeAnswer:
    """Admitted. `door` None: the site has no door, or none was to be opened."""

    serial: int
    admitted: Admitted
    name: str | None
    party: int
    here: int
    """How many of the party are inside now, the ones just let in included."""
    place: PlaceOf | None
    wifi: Wifi | None
    door: DoorPart | None
    can_retry_door: bool = False


@dataclass(frozen=True, slots=True)
class RefusalAnswer:
    """Not admitted, with what would work instead. `site_doors` names doors of remedies."""

    serial: int
    refused: Refused
    name: str | None
    place: PlaceOf | None
    site_doors: tuple[Door, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyQuestion:
    """A party's pass asks how many are coming in: 1 to `room` people."""

    serial: int
    here: int
    party: int
    room: int
    place: PlaceOf | None


@dataclass(frozen=True, slots=True)
class GoodbyeAnswer:
    """Somebody left; `people` of them. `was_inside` False: nobody of this pass was counted."""

    serial: int
    name: str | None
    people: int
    was_inside: bool


@dataclass(frozen=True, slots=True)
class NotStoredAnswer:
    """Nothing can be written down now, so nothing was done and no door was asked to open."""

    serial: int


Answer = WelcomeAnswer | RefusalAnswer | PartyQuestion | GoodbyeAnswer | NotStoredAnswer
"""Rises in `serial`; the same serial again replaces what is shown (a door has answered)."""


@dataclass(frozen=True, slots=True)
class DoorStatus:
    """One door on the status line. `online` None: nothing heard yet."""

    name: str
    online: bool | None
    trouble: bool


@dataclass(frozen=True, slots=True)
class KioskStatus:
    """The status line. What the site does not have is None or empty and is not mentioned."""

    online: bool
    since: datetime | None
    """Online or offline since then."""
    unsent: int
    known_at: datetime | None
    """Age of what the kiosk knows: the server's time of the last complete pull."""
    camera_running: bool | None
    broker_connected: bool | None
    doors: tuple[DoorStatus, ...]
    clock_in_doubt: bool = False
    door_unknown: bool = False
    """It was told to open a door that the site does not have, and opens none."""


@dataclass(frozen=True, slots=True)
class FreeNow:
    """A room or booth that is free now. `taken` are the spans of the shown day, in UTC."""

    name: str
    kind: ResourceKind
    seats: int
    until: datetime | None
    """When the next booking begins; None: free until closing."""
    taken: tuple[tuple[datetime, datetime], ...]
    day: tuple[datetime, datetime]
    """Opening to closing, the span the bar shows."""


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What the rest screen shows besides the clock."""

    site_name: str
    zone: str
    has_camera: bool
    phone: str
    currency: str
    day_pass_price_cents: int | None
    free_now: tuple[FreeNow, ...]
