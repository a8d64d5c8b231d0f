"""Answers on the screen: made from what a scan became, remembered to go on from them."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from domain.access import Admitted, Refused
from domain.access.facts import BookingFact
from domain.resource import Resource
from kiosk.services.answers import (
    Answer,
    DoorPart,
    PartyQuestion,
    PlaceOf,
    RefusalAnswer,
    WelcomeAnswer,
)
from kiosk.services.scan import Presented, Scan
from ledger.kiosk import KioskUnit

_REMEMBERED: Final = 64


@dataclass(slots=True)
class Shown:
    """An answer with the scan behind it. `at_s` is monotonic; `door_task` opens its door."""

    presented: Presented | None
    scan: Scan
    answer: Answer
    at_s: float
    door_task: "asyncio.Task[None] | None" = None
    settled: bool = False
    """Its question was answered or its remedy taken: a second tap changes nothing."""

    @property
    def door_is_asked(self) -> bool:
        """Whether its door was commanded and has not answered yet."""
        return self.door_task is not None and not self.door_task.done()


class Memory:
    """The last answers by their serial; older ones can no longer be gone on from."""

    def __init__(self) -> None:
        self._entries: OrderedDict[int, Shown] = OrderedDict()

    def put(self, entry: Shown) -> None:
        self._entries[entry.answer.serial] = entry
        while len(self._entries) > _REMEMBERED:
            self._entries.popitem(last=False)

    def get(self, serial: int) -> Shown | None:
        return self._entries.get(serial)

    def newest_first(self) -> Iterator[Shown]:
        return iter(list(reversed(self._entries.values())))

    def forget(self, pass_id: str) -> None:
        """Whoever left gets a new answer the next time, not the old one again."""
        gone = [
            serial
            for serial, entry in self._entries.items()
            if entry.presented and entry.presented.pass_id == pass_id
        ]
        for serial in gone:
            del self._entries[serial]


def make_answer(serial: int, scan: Scan, place: PlaceOf | None, now: datetime) -> Answer:
    """What the screen is told of a scan; its door is not answered yet."""
    facts = scan.facts
    outcome = scan.outcome
    if isinstance(outcome, Refused):
        doors = facts.site.doors if facts else ()
        return RefusalAnswer(serial, outcome, scan.name, place, doors)
    assert facts is not None
    here = facts.inside(now)
    if outcome is None:
        return PartyQuestion(serial, here, facts.party, scan.room, place)
    door = DoorPart(scan.door, None, None) if scan.door else None
    wifi = facts.site.wifi
    return WelcomeAnswer(serial, outcome, scan.name, facts.party, here, place, wifi, door)


def without_open_door(answer: Answer) -> Answer:
    """The same answer, when its door has opened before and is not asked again: it may be shut."""
    if isinstance(answer, WelcomeAnswer) and answer.door and not answer.can_retry_door:
        return replace(answer, door=None)
    return answer


def place_of(unit: KioskUnit, scan: Scan, now: datetime) -> PlaceOf | None:
    """The room or booth this is about: the admitted booking's, else the nearest one's."""
    fact = _booking_of(scan, now)
    found = unit.get("resource", fact.booking.resource_id, Resource) if fact else None
    if fact is None or found is None:
        return None
    resource, booking = found[1], fact.booking
    return PlaceOf(
        name=resource.name,
        place=resource.place,
        way=resource.way,
        starts=booking.starts,
        ends=booking.ends,
        key_at_desk=resource.key_at_desk,
    )


def outcome_word(scan: Scan) -> str:
    """How reports name what a scan became."""
    if scan.outcome is None:
        return "how_many"
    return "admitted" if isinstance(scan.outcome, Admitted) else "refused"


def may_open(scan: Scan, zone: int) -> bool:
    """Whether what was admitted covers a door's zone."""
    return isinstance(scan.outcome, Admitted) and bool(scan.outcome.zones & 1 << zone)


def _booking_of(scan: Scan, now: datetime) -> BookingFact | None:
    facts, outcome = scan.facts, scan.outcome
    if facts is None or not facts.bookings:
        return None
    if isinstance(outcome, Admitted):
        return next((fact for fact in facts.bookings if fact.id == outcome.grant_id), None)
    return min(facts.bookings, key=lambda fact: abs(fact.booking.starts - now))
