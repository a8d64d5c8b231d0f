"""Commands to doors that a crash left without an answer: noted as unknown, never repeated."""

from datetime import datetime, timedelta
from typing import Final

from domain.door import DoorOutcome
from domain.door_state import DoorAnswered
from domain.subjects import site_stream
from ledger.timers import Timer
from ledger.unit import Unit

UNANSWERED: Final = "door_unanswered"
AFTER: Final = timedelta(seconds=30)
"""Long after any signer gave up (docs/door-protocol.md)."""


def unanswered(site_id: str, door_id: str, command_id: str, now: datetime) -> Timer:
    """What is to be done about a command that is given now, if nothing is heard of it."""
    stream = site_stream(site_id)
    return Timer(UNANSWERED, f"{door_id} {command_id}", "door", stream, now + AFTER)


def note_unanswered(unit: Unit, timer: Timer) -> None:
    """The process that gave this command heard nothing, or died before it could say so.

    Locks the timer's stream; `take_timer` has said that it is still to be done.
    """
    door_id, _, command_id = timer.subject.partition(" ")
    answered = DoorAnswered(command_id, DoorOutcome.UNKNOWN, unit.now)
    unit.append(timer.stream, "door", door_id, answered, actor="server")
