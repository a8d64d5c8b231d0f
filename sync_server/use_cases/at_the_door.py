"""A door opened from a page: decided as a check-in is, commanded once, its answer recorded."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.access import Admitted, Ask, decide_access
from domain.door import Door, DoorOutcome
from domain.door_state import DoorAnswered, DoorAsked
from domain.door_trouble import records_of_answer
from domain.rates import AT_THE_DOOR, judge_tries
from domain.site import Site
from domain.subjects import site_stream
from domain.ticket import Ticket
from ledger.codec import decode, encode_text
from ledger.errors import LedgerUnavailable
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.house import House
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.deciding import Deciding
from sync_server.use_cases.doors_now import (
    facts_at_the_door,
    note_outside,
    other_door,
    still_outside,
)
from sync_server.use_cases.presented import Presented, Request, content_hash
from sync_server.use_cases.spoken import Circle, Spoken, say
from sync_server.use_cases.tickets import record_ticket
from sync_server.use_cases.unanswered_doors import unanswered

BY: Final = "page"
PATIENCE: Final = timedelta(seconds=4.8)
"""How long a repeated request waits for the answer to the first."""
_LOOK_EVERY_S: Final = 0.2
_LOOKS: Final = 25
_IDS: Final = Ids()


class No(StrEnum):
    """Why nothing was asked of any door; nothing of it is recorded."""

    ID_REUSED = "id_reused"
    NO_SUCH_DOOR = "no_such_door"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody with a pass, at a door. The same `request_id` is answered once."""

    site_id: str
    pass_id: str
    door_id: str
    request_id: str
    people: int = 1
    language: str = "en"

    @property
    def stream(self) -> str:
        return site_stream(self.site_id)

    @property
    def scope(self) -> str:
        """In which the request's id is one."""
        return f"door:{self.site_id}:{self.pass_id}"

    @property
    def told_scope(self) -> str:
        return f"door-told:{self.site_id}:{self.pass_id}"

    @property
    def content(self) -> str:
        return content_hash(self.pass_id, self.door_id, None, self.people)


@dataclass(frozen=True, slots=True)
class Begun:
    """What was decided; `command_id` None: refused, and no door was asked."""

    spoken: Spoken
    command_id: str | None
    asked_at: datetime
    let_in: datetime
    """When the rule let them in whom this is about: before, where it is another try."""


@dataclass(frozen=True, slots=True)
class Told:
    """How it ended, and another door to try where it failed."""

    outcome: DoorOutcome
    other_way: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """`told` None: refused, and `spoken` says why. `again`: this was answered before."""

    door: Door
    site: Site
    spoken: Spoken
    told: Told | None
    asked_at: datetime
    again: bool = False


async def ask_to_open(house: House, wish: Wish) -> Reply | No:
    """Decide, command the door once, and tell the lock's own answer, within 5 s.

    Nothing is queued: without a broker the answer is so at once. A request that is repeated is
    told what the first was, and commands nothing; so is one whose first was lost in a crash.
    """
    start = await house.ledger.work([wish.stream], lambda unit: _begin(unit, wish))
    if isinstance(start, No) or start.begun.command_id is None:
        return start if isinstance(start, No) else start.reply
    if start.reply.again:
        told = await _told_before(house, wish, start.begun.asked_at + PATIENCE)
        return replace(start.reply, told=told)
    outcome = DoorOutcome.NOT_CONNECTED
    if house.doors is not None:
        outcome = await house.doors.open(start.reply.door, start.begun.command_id)
    try:
        told = await house.ledger.work(
            [wish.stream], lambda unit: _end(unit, wish, start.begun, outcome)
        )
    except LedgerUnavailable:
        told = Told(outcome)  # who stands there is told all the same
    return replace(start.reply, told=told)


@dataclass(frozen=True, slots=True)
class _Start:
    begun: Begun
    reply: Reply


def _begin(unit: Unit, wish: Wish) -> _Start | No:
    """Decide and record, and that the door is about to be asked. Locks the site's stream."""
    site = unit.full("site", wish.site_id, Site)
    door = site.door(wish.door_id) if site else None
    if site is None or door is None:
        return No.NO_SUCH_DOOR
    if known := unit.stored(wish.scope, wish.request_id):
        if known[0] != wish.content:
            return No.ID_REUSED
        begun = decode(known[1], Begun)
        return _Start(begun, Reply(door, site, begun.spoken, None, begun.asked_at, again=True))
    if judge_tries((AT_THE_DOOR, unit.count_try(AT_THE_DOOR, wish.pass_id))):
        return No.TOO_OFTEN
    begun = _decide(unit, wish, site)
    unit.store(wish.scope, wish.request_id, wish.content, encode_text(begun))
    return _Start(begun, Reply(door, site, begun.spoken, None, begun.asked_at))


def _decide(unit: Unit, wish: Wish, site: Site) -> Begun:
    let_in = still_outside(unit, wish.site_id, wish.pass_id, unit.now)
    spoken = _let_in_before(unit, wish, site) if let_in else None
    if spoken is None:
        let_in = unit.now
        spoken, _ = Deciding(unit, _request(wish), None).spoken()
    if spoken.outcome != "admitted":
        return Begun(spoken, None, unit.now, unit.now)
    command_id = _IDS.subject(unit.now)
    asked = DoorAsked(command_id, unit.now)
    unit.append(wish.stream, "door", wish.door_id, asked, actor=f"{BY}:{wish.pass_id}")
    unit.set_timer(unanswered(wish.site_id, wish.door_id, command_id, unit.now))
    return Begun(spoken, command_id, unit.now, let_in or unit.now)


def _let_in_before(unit: Unit, wish: Wish, site: Site) -> Spoken | None:
    """The welcome of who was let in and whose door failed, if their right still stands."""
    facts = facts_at_the_door(unit, wish.site_id, wish.pass_id, unit.now)
    ask = Ask(door_id=wish.door_id, people=wish.people)
    outcome = decide_access(facts, ask, unit.now) if facts else None
    if not isinstance(outcome, Admitted):
        return None
    return say(Circle(unit, wish.site_id, site, unit.now, wish.language), outcome)


def _request(wish: Wish) -> Request:
    return Request(
        asker=wish.pass_id,
        id=wish.request_id,
        place=wish.door_id,
        site_id=wish.site_id,
        presented=Presented(pass_id=wish.pass_id),
        people=wish.people,
        at=None,
        may_be_offline=False,
        language=wish.language,
        content=wish.content,
        by=BY,
    )


def _end(unit: Unit, wish: Wish, begun: Begun, outcome: DoorOutcome) -> Told:
    """Record how it ended, with a ticket where somebody must look. Locks the site's stream."""
    site = unit.full("site", wish.site_id, Site)
    door = site.door(wish.door_id) if site else None
    if site is None or door is None or begun.command_id is None:
        return Told(outcome)
    timer = unanswered(wish.site_id, door.id, begun.command_id, unit.now)
    unit.drop_timer(timer.what, timer.subject)
    answered = DoorAnswered(begun.command_id, outcome, unit.now)
    fresh_id = _IDS.subject(unit.now)
    tickets = unit.all("ticket", Ticket)
    for record in records_of_answer(door.id, answered, tickets, fresh_id):
        record_ticket(unit, wish.site_id, record)
    note_outside(unit, wish.site_id, wish.pass_id, None if outcome.is_open else begun.let_in)
    facts = facts_at_the_door(unit, wish.site_id, wish.pass_id, unit.now)
    no_help = outcome.is_open or outcome is DoorOutcome.NOT_CONNECTED  # then no door is reached
    other = other_door(unit, facts, door, unit.now) if facts and not no_help else None
    told = Told(outcome, other.id if other else None)
    unit.store(wish.told_scope, wish.request_id, "", encode_text(told))
    return told


async def _told_before(house: House, wish: Wish, until: datetime) -> Told:
    """What the first of this request was told, waiting for it a while; else nobody knows."""

    def look(reader: Reader) -> str | None:
        found = reader.stored(wish.told_scope, wish.request_id)
        return found[1] if found else None

    for _ in range(_LOOKS):
        if text := await house.ledger.read(look):
            return decode(text, Told)
        if house.clock() >= until:
            break
        await asyncio.sleep(_LOOK_EVERY_S)
    return Told(DoorOutcome.UNKNOWN)
