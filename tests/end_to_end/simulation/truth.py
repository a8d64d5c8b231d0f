"""What must hold of a kiosk at every instant, and of kiosk and server at the end."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from domain.door_state import DoorAnswered, DoorAsked
from domain.subjects import SUBJECTS
from domain.sync import Op
from domain.visit import Visit
from ledger.codec import decode_event
from ledger.kiosk import KioskUnit
from tests.end_to_end.simulation.log_server import LogServer


def counted_wrong(unit: KioskUnit) -> list[str]:
    """Visits that show something else than the fold of all that ever happened here."""
    wrong = []
    rows = unit.db.execute(
        "SELECT subject, kind, body FROM event WHERE subject_kind = 'visit' ORDER BY position"
    )
    visits: dict[str, Any] = {}
    for subject, kind, body in rows.fetchall():
        state = SUBJECTS["visit"].evolve(visits.get(subject), decode_event(kind, body))
        visits[subject] = state
    for subject, visit in visits.items():
        found = unit.get("visit", subject, Visit)
        if (found and found[1]) != visit:
            wrong.append(f"shown {found}, happened {visit}")
    return wrong


def lost_or_doubled(server: LogServer, unit: KioskUnit, admitted: Iterable[str]) -> list[str]:
    """Events that are not on the server exactly once, in the kiosk's order, without holes."""
    there = [event.id for event in server.events]
    here = [id_ for (id_,) in unit.db.execute("SELECT id FROM event ORDER BY position")]
    wrong = [f"{times} times on the server: {id_}" for id_, times in Counter(there).items()
             if times > 1]  # fmt: skip
    wrong += [f"acknowledged and lost: {id_}" for id_ in admitted if id_ not in there]
    if here != there:
        wrong.append(f"kiosk has {len(here)} events, server {len(there)}, or in another order")
    if [event.n for event in server.events] != list(range(1, len(there) + 1)):
        wrong.append("the numbers have holes")
    return wrong


def never_told(server: LogServer) -> list[str]:
    """Door commands without an end: opened, failed or unknown."""
    left: dict[str, str] = {}
    for event in server.events:
        match decode_event(event.kind, event.body):
            case DoorAsked(command_id):
                left[command_id] = event.id
            case DoorAnswered(command_id):
                left.pop(command_id, None)
    return [f"the end of a command was never told: {id_}" for id_ in left]


def unlike(server: LogServer, unit: KioskUnit) -> list[str]:
    """States that the kiosk shows otherwise than the server reduces them."""
    rows = unit.db.execute("SELECT kind, subject, body FROM shown").fetchall()
    shown = {(kind, subject): body for kind, subject, body in rows}
    reduced = {
        (down.kind, down.subject): down.state
        for stream in server.streams.values()
        for down in stream.down(0)
        if down.op is Op.PUT
    }
    keys = sorted(shown.keys() | reduced.keys())
    return [f"{key}: {shown.get(key)} is not {reduced.get(key)}" for key in keys
            if shown.get(key) != reduced.get(key)]  # fmt: skip
