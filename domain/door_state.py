"""What happened at a door, and what the house last heard of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.door import DoorOutcome


@dataclass(frozen=True, slots=True)
class DoorAsked:
    """A command is about to be sent; stored before it is, so that a crash leaves a trace."""

    command_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DoorAnswered:
    """How that ended: the lock's own report, or what the person was told without one."""

    command_id: str
    outcome: DoorOutcome
    at: datetime


@dataclass(frozen=True, slots=True)
class DoorForced:
    """The lock reported an opening that nobody had commanded."""

    at: datetime


DoorEvent = DoorAsked | DoorAnswered | DoorForced


@dataclass(frozen=True, slots=True)
class DoorState:
    """`waiting_for` is a command sent and not answered yet."""

    last: DoorOutcome | None = None
    at: datetime | None = None
    waiting_for: str | None = None
    forced_at: datetime | None = None


def evolve(state: DoorState | None, event: DoorEvent) -> DoorState:
    door = state or DoorState()
    match event:
        case DoorAsked(command_id):
            return replace(door, waiting_for=command_id)
        case DoorAnswered(command_id, outcome, at):
            waiting = None if door.waiting_for == command_id else door.waiting_for
            return replace(door, last=outcome, at=at, waiting_for=waiting)
        case DoorForced(at):
            return replace(door, forced_at=at)
