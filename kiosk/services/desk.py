"""The lobby desk: codes in, answers out, doors opened; one code after the other."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from domain.access import Admitted, Do, EnterFewer, Reason, Refused, UseDoor
from domain.check_in import decide_departure
from domain.codes import PREFIX, SHORT_LENGTH, normal_short_code
from domain.passes import Entry
from domain.site import Site
from domain.tries import wait_s, with_wrong
from kiosk.services.answers import (
    Answer,
    DoorPart,
    GoodbyeAnswer,
    NotStoredAnswer,
    PlaceOf,
    WelcomeAnswer,
)
from kiosk.services.clock import HonestClock
from kiosk.services.doors import Doors
from kiosk.services.report import Report
from kiosk.services.scan import (
    ACTOR,
    Moment,
    Place,
    Presented,
    Scan,
    facts_of,
    present,
    scan,
    still_admits,
)
from kiosk.services.shown import (
    Memory,
    Shown,
    make_answer,
    may_open,
    outcome_word,
    place_of,
    without_open_door,
)
from kiosk.services.turn import Turn
from ledger.errors import LedgerUnavailable
from ledger.kiosk import KioskLedger, KioskUnit
from ledger.kiosk.names import NameSeal, name_of
from ledger.kiosk.unit import Act
from ledger.seal import short_code_hash

REPEAT_S: Final = 60
"""The same one-person pass within this time shows the first answer again."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the desk asks of the moment: is the server away, which key opens names."""

    offline: Callable[[], bool]
    seal: Callable[[], NameSeal | None]
    recorded: Callable[[], None]
    """Called after each commit with events: there is something to send."""


class Desk:
    """Serves whoever stands in front of the kiosk. Runs on the services' loop."""

    def __init__(
        self,
        ledger: KioskLedger,
        clock: HonestClock,
        place: Place,
        doors: Doors | None,
        around: Surroundings,
        report: Report,
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._place = place if doors else replace(place, door_id=None)
        self._doors = doors
        self._around = around
        self._report = report
        self._serial = 0
        self._memory = Memory()
        self._leaving = False
        self._wrong_codes: tuple[float, ...] = ()
        self._listeners: list[Callable[[Answer], None]] = []
        self._turn = Turn(self._tell_not_stored)
        self._tasks: set[asyncio.Task[None]] = set()

    def on_answer(self, listener: Callable[[Answer], None]) -> None:
        """Call `listener` with each answer, on the services' loop."""
        self._listeners.append(listener)

    def stands_at(self, door_id: str | None) -> None:
        """The door this kiosk opens; None: it answers for the house as a whole."""
        if self._doors:
            self._place = replace(self._place, door_id=door_id)

    async def code(self, text: str) -> None:
        """Somebody held up a code: decide at once, whatever is on the screen."""
        async with self._turn:
            started = self._clock.monotonic_s()
            shown = await self._ledger.work(lambda unit: present(unit, text))
            await self._presented(shown, started)

    async def type_code(self, text: str, *, leaving: bool = False) -> bool:
        """Somebody typed a code: the short one, or the whole one by a scanner that types.

        False: too many wrong ones came before it, and it was not looked up.
        """
        self._leaving = leaving
        typed = text.strip().upper()
        if typed.startswith(PREFIX) and len(typed) > SHORT_LENGTH + len(PREFIX):
            await self.code(typed)
            return True
        async with self._turn:
            started = self._clock.monotonic_s()
            if wait_s(self._wrong_codes, started):
                return False
            await self._presented(await self._short(text), started)
        return True

    async def answer_party(self, serial: int, people: int) -> None:
        """So many of the party are coming in; a question is answered once."""
        async with self._turn:
            asked = self._memory.get(serial)
            if asked and asked.presented and asked.scan.outcome is None and not asked.settled:
                await self._decide(asked.presented, people)
                asked.settled = True

    async def choose(self, serial: int, remedy_index: int) -> None:
        """A remedy of a refusal was tapped: those this kiosk can do, it does, and once."""
        async with self._turn:
            refused = self._memory.get(serial)
            outcome = refused.scan.outcome if refused else None
            if refused is None or refused.presented is None or refused.settled:
                return
            match outcome.remedies[remedy_index] if isinstance(outcome, Refused) else None:
                case Do(EnterFewer(people)):
                    await self._decide(refused.presented, people)
                    refused.settled = True
                case Do(UseDoor(door_id)):
                    place = replace(self._place, door_id=door_id)
                    await self._decide(refused.presented, None, place)
                    refused.settled = True

    async def retry_door(self, serial: int) -> None:
        """Try the door of a welcome again, with a command of its own, if its right still stands."""
        async with self._turn:
            entry = self._memory.get(serial)
            if entry and entry.scan.door and not entry.door_is_asked:
                await self._command(entry, entry.scan.door.id)

    async def use_other_door(self, serial: int) -> None:
        """Open the other door of a welcome whose own door failed."""
        async with self._turn:
            entry = self._memory.get(serial)
            part = entry.answer.door if entry and isinstance(entry.answer, WelcomeAnswer) else None
            if entry and part and part.other_way:
                await self._command(entry, part.other_way.id)

    async def leave(self, serial: int) -> None:
        """Whoever got this welcome is leaving (of a party: one)."""
        async with self._turn:
            entry = self._memory.get(serial)
            if entry and entry.presented:
                await self._depart(entry.presented)

    async def expect_leaving(self, expected: bool) -> None:
        """The next code is held up to say goodbye, or not any more."""
        self._leaving = expected

    async def settle(self) -> None:
        """Wait for doors still being opened, for an orderly end."""
        if self._tasks:
            await asyncio.gather(*self._tasks)

    async def _presented(self, shown: Presented | Reason, started: float) -> None:
        if isinstance(shown, Presented):
            if self._leaving:
                self._leaving = False
                await self._depart(shown)
                return
            repeated = self._repeated(shown)
            if repeated and await self._still_admits(shown, self._place):
                await self._say_again(repeated)
                return
        await self._decide(shown, None, started=started)

    async def _decide(
        self,
        shown: Presented | Reason,
        people: int | None,
        place: Place | None = None,
        *,
        started: float | None = None,
    ) -> None:
        begun = self._clock.monotonic_s() if started is None else started
        at, moment, seal = place or self._place, self._moment(), self._around.seal()

        def unit_of_work(unit: KioskUnit) -> tuple[Scan, PlaceOf | None]:
            done = scan(unit, at, shown, moment, people=people, seal=seal)
            return done, place_of(unit, done, moment.now)

        done, resource = await self._ledger.work(unit_of_work)
        self._around.recorded()
        answer = make_answer(self._next_serial(), done, resource, moment.now)
        presented = shown if isinstance(shown, Presented) else None
        entry = Shown(presented, done, answer, self._clock.monotonic_s())
        self._memory.put(entry)
        self._report_answer(answer.serial, done, begun)
        self._open(entry)
        self._tell(entry.answer)

    async def _short(self, text: str) -> Presented | Reason:
        code = normal_short_code(text)
        if code is None:
            return Reason.UNKNOWN_CODE

        def look_up(unit: KioskUnit) -> str | None:
            site = unit.get("site", self._place.site_id, Site)
            if site is None or not site[1].short_code_salt:
                return None
            return unit.pass_by_short_code(short_code_hash(code, site[1].short_code_salt))

        pass_id = await self._ledger.work(look_up)
        if pass_id is None:
            self._wrong_codes = with_wrong(self._wrong_codes, self._clock.monotonic_s())
            return Reason.UNKNOWN_CODE
        return Presented(pass_id, None)

    async def _depart(self, shown: Presented) -> None:
        moment, seal = self._moment(), self._around.seal()

        def unit_of_work(unit: KioskUnit) -> tuple[int, str | None]:
            facts = facts_of(unit, self._place, shown)
            if facts is None:
                return 0, None
            here = facts.inside(moment.now)
            if record := decide_departure(facts, 1, moment.now):
                unit.record((record,), Act(ACTOR, moment.now, moment.offline))
            return min(1, here), name_of(unit, facts.person_id, seal)

        people, name = await self._ledger.work(unit_of_work)
        self._around.recorded()
        self._memory.forget(shown.pass_id)
        self._report("departed", people=people)
        self._tell(GoodbyeAnswer(self._next_serial(), name, people, was_inside=people > 0))

    def _repeated(self, shown: Presented) -> Shown | None:
        """The welcome this one-person pass got here within the last minute."""
        for entry in self._memory.newest_first():
            same = entry.presented is not None and entry.presented.pass_id == shown.pass_id
            single = entry.scan.facts is not None and entry.scan.facts.party == 1
            let_in = isinstance(entry.scan.outcome, Admitted)
            if same and single and let_in and self._clock.monotonic_s() - entry.at_s < REPEAT_S:
                return entry
        return None

    async def _still_admits(self, shown: Presented, at: Place) -> bool:
        moment = self._moment()
        return await self._ledger.work(lambda unit: still_admits(unit, at, shown, moment))

    async def _say_again(self, entry: Shown) -> None:
        """The first answer once more; the kiosk's door only for who may come and go."""
        entry.answer = replace(entry.answer, serial=self._next_serial())
        self._memory.put(entry)
        facts, door_id = entry.scan.facts, self._place.door_id
        may_repeat = facts is not None and facts.entry is Entry.UNLIMITED
        if door_id and entry.scan.door and may_repeat and not entry.door_is_asked:
            await self._command(entry, door_id)
            return
        if not entry.door_is_asked:
            entry.answer = without_open_door(entry.answer)
        self._tell(entry.answer)

    async def _command(self, entry: Shown, door_id: str) -> None:
        """Open a door of a welcome once more; who may not any more is told why, as by a scan."""
        facts = entry.scan.facts
        door = facts.site.door(door_id) if facts else None
        if self._doors is None or door is None or entry.presented is None:
            return
        at = replace(self._place, door_id=door_id)
        if not await self._still_admits(entry.presented, at):
            await self._decide(entry.presented, None, at)
            return
        command_id = await self._doors.ask(door, offline=self._around.offline())
        entry.scan = replace(entry.scan, door=door, command_id=command_id)
        self._open(entry)
        self._tell(entry.answer)

    def _open(self, entry: Shown) -> None:
        if self._doors and entry.scan.door and entry.scan.command_id:
            self._show_door(entry, DoorPart(entry.scan.door, None, None))
            entry.door_task = asyncio.create_task(self._open_door(entry, self._doors))
            self._tasks.add(entry.door_task)
            entry.door_task.add_done_callback(self._tasks.discard)

    async def _open_door(self, entry: Shown, doors: Doors) -> None:
        door, command_id = entry.scan.door, entry.scan.command_id
        assert door is not None
        assert command_id is not None
        started = self._clock.monotonic_s()
        opening = await doors.open(door, command_id, offline=self._around.offline())
        self._around.recorded()
        took_ms = round((self._clock.monotonic_s() - started) * 1000)
        self._report(
            "door", door_id=door.id, command_id=command_id, outcome=opening.outcome, ms=took_ms
        )
        other = opening.other_way
        way = other if other and may_open(entry.scan, other.zone) else None
        self._show_door(entry, DoorPart(door, opening.outcome, way))
        self._tell(entry.answer)

    def _show_door(self, entry: Shown, part: DoorPart) -> None:
        if isinstance(entry.answer, WelcomeAnswer):
            failed = part.outcome is not None and not part.outcome.is_open
            entry.answer = replace(entry.answer, door=part, can_retry_door=failed)

    def _next_serial(self) -> int:
        self._serial += 1
        return self._serial

    def _moment(self) -> Moment:
        reading = self._clock.read()
        return Moment(reading.now, reading.other, self._around.offline())

    def _tell(self, answer: Answer) -> None:
        for listener in self._listeners:
            listener(answer)

    def _tell_not_stored(self, trouble: LedgerUnavailable) -> None:
        self._report("trouble", of=type(trouble).__name__, detail=str(trouble))
        self._tell(NotStoredAnswer(self._next_serial()))

    def _report_answer(self, serial: int, done: Scan, begun: float) -> None:
        outcome = done.outcome
        self._report(
            "answer",
            serial=serial,
            outcome=outcome_word(done),
            reason=outcome.reason.value if isinstance(outcome, Refused) else None,
            because=outcome.because if isinstance(outcome, Admitted) else None,
            pass_id=done.facts.pass_id if done.facts else None,
            event_ids=done.event_ids,
            ms=round((self._clock.monotonic_s() - begun) * 1000, 1),
        )
