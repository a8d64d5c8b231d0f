"""Who is in the house: one running count per holder of a pass, folded from what happened.

The holder is the person where the pass names one, lets in one and may be used again; otherwise
the pass itself. So somebody with a member pass and a booking pass is present once, and a party is
counted together. What kiosks saw counts the same in whatever order it comes home: of one person's
comings and goings the last one, while a party's are added up. A kiosk that does not know a pass
yet records under the pass; whoever knows it counts that for the holder, so somebody is present
once whatever was known when they came.
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
    """`people` left on `day`; `alone`: by a pass of one person."""

    people: int
    day: date
    at: datetime
    alone: bool = False


VisitEvent = Arrived | EntryRefused | Departed


@dataclass(frozen=True, slots=True)
class Visit:
    """The count of one holder at one site; a new day begins at zero."""

    day: date
    inside: int = 0
    entries: int = 0
    """Over all days: a pass for one entry is used up by its first."""
    moved_at: datetime | None = None
    """When one person came or left last on that day; None for a party."""

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
        case Departed(alone=True):
            return _move(state or Visit(event.day), event.day, event.at, inside=0)
        case Departed(people, day):
            if state is None or state.day != day:
                return state
            return replace(state, inside=max(0, state.inside - people))
        case EntryRefused():
            return state


def _arrive(state: Visit, event: Arrived) -> Visit:
    entered = replace(state, entries=state.entries + event.people)
    if event.party == 1:
        return _move(entered, event.day, event.at, inside=1)
    if event.day < state.day:
        return entered
    inside = state.inside_on(event.day) + event.people
    return Visit(event.day, inside, entered.entries)


def _move(state: Visit, day: date, at: datetime, *, inside: int) -> Visit:
    """One person came or left; what was seen earlier than the last of it changes nothing."""
    earlier = day == state.day and state.moved_at is not None and at < state.moved_at
    if day < state.day or earlier:
        return state
    return Visit(day, inside, state.entries, at)
