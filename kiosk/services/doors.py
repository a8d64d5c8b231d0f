"""Opening a door after an arrival: ask the lock, record its answer, report what jams."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.check_in import Record
from domain.door import Door, DoorOutcome
from domain.door_state import DoorAnswered, DoorAsked, DoorForced, DoorState
from domain.door_trouble import other_way, records_of_answer
from domain.site import Site
from domain.ticket import Ticket, decide_report
from kiosk.services.clock import HonestClock
from kiosk.services.ports import Locks
from ledger.codec import decode_event
from ledger.errors import LedgerUnavailable
from ledger.ids import uuid7
from ledger.kiosk import KioskLedger, KioskUnit
from ledger.kiosk.unit import Act

ACTOR: Final = "kiosk"
_MANY: Final = 500
"""More door events than a crash can leave open: only the latest commands wait for an answer."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How it ended, and another door to try if it failed and that one is not in trouble."""

    outcome: DoorOutcome
    other_way: Door | None


class Doors:
    """Opens doors by commands that are on the disk before they are sent."""

    def __init__(self, ledger: KioskLedger, locks: Locks, clock: HonestClock, site_id: str) -> None:
        self._ledger = ledger
        self._locks = locks
        self._clock = clock
        self._site_id = site_id

    async def ask(self, door: Door, *, offline: bool) -> str:
        """Record that `door` is about to be commanded; returns the command's id."""
        now = self._clock.now()
        command_id = uuid7(now)

        def note(unit: KioskUnit) -> None:
            asked = Record("door", door.id, DoorAsked(command_id, now))
            unit.record((asked,), Act(ACTOR, now, offline))

        await self._ledger.work(note)
        return command_id

    async def open(self, door: Door, command_id: str, *, offline: bool) -> Opening:
        """Send the command already recorded as asked; the answer is recorded too.

        If it cannot be, who stands there is told it all the same, and the next start records
        the command as unknown.
        """
        outcome = await self._locks.open(door, command_id)

        def note(unit: KioskUnit) -> Opening:
            self._note(unit, door.id, command_id, outcome, offline=offline)
            other = None if outcome.is_open else self._other_way(unit, door)
            return Opening(outcome, other)

        try:
            return await self._ledger.work(note)
        except LedgerUnavailable:
            return Opening(outcome, None)

    async def close_the_past(self) -> int:
        """Commands that a crash left unanswered become unknown; none is ever repeated."""

        def note(unit: KioskUnit) -> int:
            left = _unanswered(unit)
            for command_id, door_id in left.items():
                self._note(unit, door_id, command_id, DoorOutcome.UNKNOWN, offline=True)
            return len(left)

        return await self._ledger.work(note)

    async def note_forced(self, lock: str, now: datetime) -> None:
        """A lock said at `now` it opened and nobody had asked: recorded, with a ticket."""

        def note(unit: KioskUnit) -> None:
            site = unit.get("site", self._site_id, Site)
            for door in site[1].doors if site else ():
                if door.lock == lock:
                    forced = Record("door", door.id, DoorForced(now))
                    report = Ticket("door_forced", "door", door.id, now)
                    ticket = decide_report(unit.all("ticket", Ticket), uuid7(now), report)
                    unit.record((forced, Record("ticket", *ticket)), Act(ACTOR, now, offline=False))

        await self._ledger.work(note)

    def _note(
        self, unit: KioskUnit, door_id: str, command_id: str, outcome: DoorOutcome, *, offline: bool
    ) -> None:
        now = self._clock.now()
        answered = DoorAnswered(command_id, outcome, now)
        records = records_of_answer(door_id, answered, unit.all("ticket", Ticket), uuid7(now))
        unit.record(records, Act(ACTOR, now, offline))

    def _other_way(self, unit: KioskUnit, door: Door) -> Door | None:
        def last_of(door_id: str) -> DoorState | None:
            found = unit.get("door", door_id, DoorState)
            return found[1] if found else None

        site = unit.get("site", self._site_id, Site)
        other = other_way(site[1] if site else None, door, last_of)
        if other is None or self._locks.status(other.lock).online is False:
            return None
        return other


def _unanswered(unit: KioskUnit) -> dict[str, str]:
    """The doors of commands that this kiosk gave and has no answer to, oldest first."""
    rows = unit.db.execute(
        "SELECT subject, kind, body FROM event WHERE subject_kind = 'door'"
        " ORDER BY position DESC LIMIT ?",
        (_MANY,),
    ).fetchall()
    left: dict[str, str] = {}
    for door_id, kind, body in reversed(rows):
        match decode_event(kind, body):
            case DoorAsked(command_id):
                left[command_id] = door_id
            case DoorAnswered(command_id):
                left.pop(command_id, None)
    return left
