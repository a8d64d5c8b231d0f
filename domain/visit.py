"""Who is in the house: one running count per holder of a pass, folded from what happened.

The holder is the person where the pass names one, lets in one and may be used again; otherwise
the pass itself. So somebody with a member pass and a booking pass is present once, a party is
counted together, and the same scans seen by two kiosks add up. A kiosk that does not know a
pass yet records under the pass; whoever knows it counts that for the holder, so somebody is
present once whatever was known when they came.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from domain.passes import Entry, Pass

MOST_PEOPLE: Final = 1000
"""More never come or go at once, whoever says so."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """`people` came in by `pass_id`, which lets in `party`; `day` is the site's date."""

    pass_id: str
    person_id: str | None
    people: int
    party: int
    day: date
    at: datetime
    place: str
    because: str
    grant_id: str
    pass_only: bool = False


@dataclass(frozen=True, slots=True)
class EntryRefused:
    """Somebody was not let in, and why."""

    pass_id: str | None
    reason: str
    people: int
    at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class Departed:
    """`people` left on `day`."""

    people: int
    day: date
    at: datetime


VisitEvent = Arrived | EntryRefused | Departed


@dataclass(frozen=True, slots=True)
class Visit:
    """The count of one holder at one site; a new day begins at zero."""

    day: date
    inside: int = 0
    entries: int = 0
    """Over all days: a pass for one entry is used up by its first."""

    def inside_on(self, day: date) -> int:
        return self.inside if self.day == day else 0


def holder_of(subject: str, issued: Pass | None) -> str:
    """Whose presence counts what was recorded under `subject`; `issued` is the pass of that id.

    None: it is no pass, or not one that is known here, and counts for itself.
    """
    if issued is None or issued.party != 1 or issued.entry is not Entry.UNLIMITED:
        return subject
    return issued.person_id or subject


def evolve(state: Visit | None, event: VisitEvent) -> Visit | None:
    """The count after `event`; what arrives late from an earlier day changes no presence."""
    match event:
        case Arrived():
            return _arrive(state or Visit(event.day), event)
        case Departed(people, day):
            if state is None or state.day != day:
                return state
            return replace(state, inside=max(0, state.inside - people))
        case EntryRefused():
            return state


def _arrive(state: Visit, event: Arrived) -> Visit:
    entries = state.entries + event.people
    if event.day < state.day:
        return replace(state, entries=entries)
    here = state.inside_on(event.day)
    inside = here + event.people if event.party > 1 else 1
    return Visit(day=event.day, inside=inside, entries=entries)
