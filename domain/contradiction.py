"""A contradiction: something that happened which the rule would have decided otherwise."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`code` says why; `about_kind`, `about_id` and `event_id` what it is about."""

    code: str
    about_kind: str
    about_id: str
    event_id: str
    raised_at: datetime
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ContradictionRaised:
    contradiction: Contradiction


@dataclass(frozen=True, slots=True)
class ContradictionSettled:
    at: datetime


ContradictionEvent = ContradictionRaised | ContradictionSettled


def evolve(state: Contradiction | None, event: ContradictionEvent) -> Contradiction | None:
    match event:
        case ContradictionRaised(contradiction):
            return contradiction
        case ContradictionSettled(at):
            return state and replace(state, settled_at=state.settled_at or at)
