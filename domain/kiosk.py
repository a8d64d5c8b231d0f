"""A kiosk: a lobby screen of one site, its key, and whether the house still trusts it."""

from dataclasses import dataclass, replace
from datetime import datetime

FIRST_KIOSK_NUMBER = 256


@dataclass(frozen=True, slots=True)
class Kiosk:
    """`number` is its key number, 256 or more; `public_key` is hex once it is enrolled."""

    name: str
    site: str
    number: int
    door: str | None = None
    """The door it stands at; None: it answers for the house as a whole."""
    public_key: str = ""
    incarnation: int = 0
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KioskAdded:
    kiosk: Kiosk


@dataclass(frozen=True, slots=True)
class KioskEnrolled:
    public_key: str


@dataclass(frozen=True, slots=True)
class KioskIncarnated:
    incarnation: int


@dataclass(frozen=True, slots=True)
class KioskRevoked:
    at: datetime


KioskEvent = KioskAdded | KioskEnrolled | KioskIncarnated | KioskRevoked


def evolve(state: Kiosk | None, event: KioskEvent) -> Kiosk | None:
    if isinstance(event, KioskAdded):
        return event.kiosk
    if state is None:
        return None
    match event:
        case KioskEnrolled(public_key):
            return replace(state, public_key=public_key)
        case KioskIncarnated(incarnation):
            return replace(state, incarnation=incarnation)
        case KioskRevoked(at):
            return replace(state, revoked_at=state.revoked_at or at)
