"""A person as the house knows them: roles and blocks. Names live in the erasable card."""

from dataclasses import dataclass, replace
from datetime import datetime

EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class PersonAdded:
    """The house begins to know somebody; their name is on a card, not here."""


@dataclass(frozen=True, slots=True)
class CardChanged:
    """The card of personal data changed; only the names of the fields are kept."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonBlocked:
    """Nobody lets this person in at `site` (or `EVERYWHERE`) until unblocked."""

    site: str


@dataclass(frozen=True, slots=True)
class PersonUnblocked:
    site: str


@dataclass(frozen=True, slots=True)
class StaffRoleGiven:
    """Staff of `site`: admitted at any hour, to all its zones."""

    site: str


@dataclass(frozen=True, slots=True)
class StaffRoleTaken:
    site: str


@dataclass(frozen=True, slots=True)
class PersonOffboarded:
    """Everything that hangs on this person ends: memberships, bookings, their guests."""

    at: datetime


@dataclass(frozen=True, slots=True)
class PersonErased:
    """The card is gone for good; what remains names nobody."""

    at: datetime


PersonEvent = (
    PersonAdded
    | CardChanged
    | PersonBlocked
    | PersonUnblocked
    | StaffRoleGiven
    | StaffRoleTaken
    | PersonOffboarded
    | PersonErased
)


@dataclass(frozen=True, slots=True)
class Person:
    """What of a person matters at a door. From `ended_at` on nothing else of it does."""

    blocked_at: tuple[str, ...] = ()
    staff_at: tuple[str, ...] = ()
    ended_at: datetime | None = None

    def is_blocked_at(self, site: str) -> bool:
        return site in self.blocked_at or EVERYWHERE in self.blocked_at

    def is_staff_at(self, site: str) -> bool:
        return site in self.staff_at or EVERYWHERE in self.staff_at


def evolve(state: Person | None, event: PersonEvent) -> Person:
    person = state or Person()
    match event:
        case PersonBlocked(site):
            return replace(person, blocked_at=_with(person.blocked_at, site))
        case PersonUnblocked(site):
            return replace(person, blocked_at=_without(person.blocked_at, site))
        case StaffRoleGiven(site):
            return replace(person, staff_at=_with(person.staff_at, site))
        case StaffRoleTaken(site):
            return replace(person, staff_at=_without(person.staff_at, site))
        case PersonOffboarded(at) | PersonErased(at):
            return replace(person, ended_at=person.ended_at or at)
        case PersonAdded() | CardChanged():
            return person


def _with(sites: tuple[str, ...], site: str) -> tuple[str, ...]:
    return tuple(sorted({*sites, site}))


def _without(sites: tuple[str, ...], site: str) -> tuple[str, ...]:
    return tuple(s for s in sites if s != site)
