"""What can be asked of a house by command: the parameters, light enough for any client."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NewToken:
    scopes: tuple[str, ...]
    site: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class NewKiosk:
    site: str
    name: str = ""
    door: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The id of whatever a command is about."""

    id: str


@dataclass(frozen=True, slots=True)
class MemberPass:
    """`mail`: also send it to its person."""

    person: str
    mail: bool = False


@dataclass(frozen=True, slots=True)
class NewBooking:
    resource: str
    person: str
    starts: datetime
    ends: datetime
    party: int = 1


@dataclass(frozen=True, slots=True)
class NewTimes:
    booking: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class NoParams:
    """Nothing has to be said."""


@dataclass(frozen=True, slots=True)
class HouseFile:
    """A house file as TOML; `pictures` are the stored names of those it names."""

    text: str
    pictures: dict[str, str]
    dry_run: bool
    remove_missing: bool


@dataclass(frozen=True, slots=True)
class SeedDemo:
    """`lock_keys` are the public keys of the locks by name, hex."""

    seed: int
    members: int
    bookings: int
    lock_keys: dict[str, str]
