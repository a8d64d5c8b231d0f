"""What follows from a lock's answer: a ticket where somebody must look, and another way in."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from domain.check_in import Record
from domain.door import Door, DoorOutcome
from domain.door_state import DoorAnswered, DoorState
from domain.site import Site
from domain.ticket import Ticket, decide_report

TICKETS: Final[Mapping[DoorOutcome, str]] = MappingProxyType(
    {
        DoorOutcome.JAMMED: "door_jammed",
        DoorOutcome.NO_ANSWER: "door_silent",
        DoorOutcome.NOT_CONNECTED: "door_unreachable",
        DoorOutcome.REJECTED: "door_rejects",
    }
)
"""What a ticket says where a lock's answer, or none, needs somebody to look."""


def records_of_answer(
    door_id: str, answered: DoorAnswered, known: Iterable[tuple[str, Ticket]], fresh_id: str
) -> tuple[Record, ...]:
    """The answer, and a ticket (new, or the open one reported again) where it is trouble."""
    answer = Record("door", door_id, answered)
    what = TICKETS.get(answered.outcome)
    if what is None:
        return (answer,)
    report = Ticket(what, "door", door_id, answered.at)
    ticket_id, event = decide_report(known, fresh_id, report)
    return (answer, Record("ticket", ticket_id, event))


def other_way(
    site: Site | None, door: Door, last_of: Callable[[str], DoorState | None]
) -> Door | None:
    """The door to send people to when `door` fails, unless that one jammed when last asked."""
    other = site.door(door.other_way) if site and door.other_way else None
    if other is None:
        return None
    state = last_of(other.id)
    return None if state and state.last is DoorOutcome.JAMMED else other
