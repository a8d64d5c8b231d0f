"""One code, one unit of work: read it, gather facts, decide, record. No network in here."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from domain.access import (
    RULE,
    AccessFacts,
    Admitted,
    Ask,
    Outcome,
    Reason,
    decide_access,
    room_left,
)
from domain.access.build import Seen, build_facts
from domain.access.judge import judge
from domain.check_in import CheckIn, Record, decide_check_in, refuse_unread
from domain.codes import CodeProblem, PassCode, read_code
from domain.door import Door
from domain.door_state import DoorAsked
from domain.site import Site
from domain.sync import DecisionWire
from domain.trust import TrustedKey
from ledger.ids import uuid7
from ledger.kiosk import KioskUnit, names, pages
from ledger.kiosk.unit import Act
from ledger.saw import saw_text
from ledger.seal import verifier

ACTOR: Final = "kiosk"


@dataclass(frozen=True, slots=True)
class Place:
    """Where this kiosk stands: its site, and the door it opens if there is one."""

    site_id: str
    door_id: str | None

    @property
    def id(self) -> str:
        return self.door_id or self.site_id


@dataclass(frozen=True, slots=True)
class Presented:
    """A pass somebody showed: by its printed code, or by its id after a short code."""

    pass_id: str
    code: PassCode | None


@dataclass(frozen=True, slots=True)
class Scan:
    """What a code became. `facts` None: not a pass of this house. `command_id`: open `door`."""

    outcome: Outcome | None
    facts: AccessFacts | None
    name: str | None
    event_ids: tuple[str, ...] = ()
    room: int = 0
    """With no outcome: the pass asks how many are coming in, up to this many."""
    door: Door | None = None
    command_id: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """When a scan is decided, and what the kiosk could know then."""

    now: datetime
    other: datetime | None
    offline: bool


def present(unit: KioskUnit, text: str) -> Presented | Reason:
    """The pass in the text of a code, or why it is none."""
    keys = {
        key.number: key.public_key
        for _, key in unit.all("trust", TrustedKey)
        if key.retired_at is None
    }
    code = read_code(text, verifier(keys))
    if isinstance(code, CodeProblem):
        return Reason(code.value)
    return Presented(code.pass_id, code)


def scan(
    unit: KioskUnit,
    place: Place,
    shown: Presented | Reason,
    moment: Moment,
    *,
    people: int | None,
    seal: names.NameSeal | None,
) -> Scan:
    """Decide and record; with `people` None a party's pass is asked about, not decided."""
    seen = None if isinstance(shown, Reason) else _facts(unit, place, shown)
    if isinstance(shown, Reason) or seen is None:
        reason = shown if isinstance(shown, Reason) else Reason.WRONG_SITE
        refused = refuse_unread(reason, _phone(unit, place), people or 1, place.id, moment.now)
        return Scan(refused.outcome, None, None, _record(unit, refused, moment, None))
    facts = seen.facts
    ask = _ask(unit, place, moment, people or 1)
    name = names.name_of(unit, facts.person_id or facts.owner_id, seal)
    if people is None and _asks_how_many(facts, ask, moment.now):
        return Scan(None, facts, name, room=room_left(facts, moment.now))
    decided = decide_check_in(facts, ask, place.id, moment.now)
    return _recorded(unit, place, seen, decided, moment, name)


def still_admits(unit: KioskUnit, place: Place, shown: Presented, moment: Moment) -> bool:
    """Whether the rights behind an earlier welcome stand now; what it used up does not count."""
    seen = _facts(unit, place, shown)
    if seen is None:
        return False
    outcome = decide_access(
        replace(seen.facts, visit=None), _ask(unit, place, moment, 1), moment.now
    )
    return isinstance(outcome, Admitted)


def facts_of(unit: KioskUnit, place: Place, shown: Presented) -> AccessFacts | None:
    """The facts about a pass without deciding anything."""
    seen = _facts(unit, place, shown)
    return seen.facts if seen else None


def _recorded(
    unit: KioskUnit, place: Place, seen: Seen, decided: CheckIn, moment: Moment, name: str | None
) -> Scan:
    facts = seen.facts
    door = facts.site.door(place.door_id) if place.door_id else None
    opens = isinstance(decided.outcome, Admitted) and door is not None
    command_id = uuid7(moment.now) if opens else None
    if command_id and door:
        asked = Record("door", door.id, DoorAsked(command_id, moment.now))
        decided = CheckIn(decided.outcome, (*decided.records, asked))
    ids = _record(unit, decided, moment, seen)
    facts = facts_of(unit, place, Presented(facts.pass_id, facts.code)) or facts
    return Scan(
        decided.outcome, facts, name, ids, door=door if opens else None, command_id=command_id
    )


def _record(
    unit: KioskUnit, decided: CheckIn, moment: Moment, seen: Seen | None
) -> tuple[str, ...]:
    act = Act(ACTOR, moment.now, moment.offline, DecisionWire(RULE, saw_text(seen)))
    ids = unit.record(decided.records, act)
    unit.finish()
    return ids


def _ask(unit: KioskUnit, place: Place, moment: Moment, people: int) -> Ask:
    return Ask(
        door_id=place.door_id,
        people=people,
        known_until=pages.known_until(unit, place.site_id),
        other_now=moment.other,
    )


def _facts(unit: KioskUnit, place: Place, shown: Presented) -> Seen | None:
    return build_facts(unit, place.site_id, shown.pass_id, shown.code)


def _asks_how_many(facts: AccessFacts, ask: Ask, now: datetime) -> bool:
    several = facts.party > 1 and room_left(facts, now) > 0
    return several and isinstance(judge(facts, ask, now), Admitted)


def _phone(unit: KioskUnit, place: Place) -> str:
    site = unit.get("site", place.site_id, Site)
    return site[1].phone if site else ""
