"""The doors that open for a pass at this moment, by the one admission rule."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from domain.access import (
    AccessFacts,
    Admitted,
    Ask,
    AskStaff,
    Outcome,
    Refused,
    decide_access,
    room_left,
)
from domain.access import Reason as Why
from domain.access.build import build_facts
from domain.access.facts import BookingFact
from domain.door import Door
from domain.door_state import DoorState
from domain.door_trouble import other_way
from domain.site import Site
from ledger.codec import decode, encode_text
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.use_cases.spoken import Circle, Spoken, say
from sync_server.use_cases.streams import stream_of

STILL_OUTSIDE: Final = timedelta(minutes=10)
"""Whoever was let in by a page whose door did not open may try again so long, at no new entry."""


@dataclass(frozen=True, slots=True)
class DoorsNow:
    """`doors` are those the rule admits now. With none of them, `refusal` says why and what to do.

    `room`: so many more people this pass lets in; of a `party` one asks how many they are.
    """

    site: Site
    doors: tuple[Door, ...]
    refusal: Spoken | None
    booking: BookingFact | None = None
    party: int = 1
    room: int = 1


def doors_now(
    reader: Reader, site_id: str, pass_id: str, now: datetime, language: str = "en"
) -> DoorsNow | None:
    """What a pass opens at a site; None where there is no such site (any more)."""
    site = reader.full("site", site_id, Site)
    if site is None:
        return None
    facts = facts_at_the_door(reader, site_id, pass_id, now)
    outcomes = [(door, _at(facts, site, door, now)) for door in site.doors]
    admitted = tuple(door for door, outcome in outcomes if isinstance(outcome, Admitted))
    if admitted or facts is None:
        refused: Outcome | None = None if admitted else _unknown(site)
    else:
        refused = _why_none(facts, [outcome for _, outcome in outcomes], now)
    circle = Circle(reader, site_id, site, now, language)
    refusal = say(circle, refused) if isinstance(refused, Refused) else None
    if facts is None:
        return DoorsNow(site, (), refusal)
    room = room_left(facts, now)
    return DoorsNow(site, admitted, refusal, booking_of(facts, now), facts.party, room)


def sites_of_pass(reader: Reader, pass_id: str) -> list[tuple[str, Site]]:
    """Where a pass counts: at its site, or everywhere; of many, those that have doors.

    Nowhere: there is no such pass.
    """
    stream = stream_of(reader, "pass", pass_id)
    if stream is None:
        return []
    home = stream.partition(":")[2]
    sites = [(id_, site) for id_, site in reader.all("site", Site) if not home or id_ == home]
    sites.sort(key=lambda found: (found[1].number, found[0]))
    return [found for found in sites if found[1].doors] or sites


def facts_at_the_door(
    reader: Reader, site_id: str, pass_id: str, now: datetime
) -> AccessFacts | None:
    """The facts about a pass; what it used up at a door that did not open does not count."""
    seen = build_facts(reader.about_pass(site_id, pass_id), site_id, pass_id)
    if seen is None or seen.facts.issued is None:
        return None
    if still_outside(reader, site_id, pass_id, now):
        return replace(seen.facts, visit=None)
    return seen.facts


def booking_of(facts: AccessFacts, now: datetime) -> BookingFact | None:
    """The booking somebody with this pass comes for: what admits them, or all it stands for."""
    outcome = decide_access(replace(facts, visit=None), Ask(), now)
    wanted = outcome.grant_id if isinstance(outcome, Admitted) else None
    named = next((fact for fact in facts.bookings if fact.id == wanted), None)
    return named or (facts.bookings[0] if len(facts.bookings) == 1 else None)


def other_door(reader: Reader, facts: AccessFacts, door: Door, now: datetime) -> Door | None:
    """The other way of a door that fails, where it is no trouble itself and the rule opens it."""

    def last_of(door_id: str) -> DoorState | None:
        return reader.full("door", door_id, DoorState)

    other = other_way(facts.site, door, last_of)
    if other is None:
        return None
    outcome = decide_access(facts, Ask(door_id=other.id), now)
    return other if isinstance(outcome, Admitted) else None


def still_outside(reader: Reader, site_id: str, pass_id: str, now: datetime) -> datetime | None:
    """When a page let them in whose door has not opened since, if that is not long ago."""
    text = reader.meta(_outside(site_id, pass_id))
    let_in = decode(text, datetime) if text else None
    return let_in if let_in and now < let_in + STILL_OUTSIDE else None


def note_outside(unit: Unit, site_id: str, pass_id: str, let_in: datetime | None) -> None:
    """Keep that the door did not open for who was let in then; None: it did."""
    key = _outside(site_id, pass_id)
    if let_in is not None or unit.meta(key):
        unit.set_meta(key, encode_text(let_in) if let_in else "")


def _outside(site_id: str, pass_id: str) -> str:
    return f"outside:{site_id}:{pass_id}"


def _at(facts: AccessFacts | None, site: Site, door: Door, now: datetime) -> Outcome:
    return decide_access(facts, Ask(door_id=door.id), now) if facts else _unknown(site)


def _unknown(site: Site) -> Refused:
    return Refused(Why.UNKNOWN_CODE, (AskStaff(site.phone),))


def _why_none(facts: AccessFacts, at_doors: list[Outcome], now: datetime) -> Outcome | None:
    """The refusal of the house as a whole, else that of its first door."""
    house = decide_access(facts, Ask(), now)
    if isinstance(house, Refused):
        return house
    return at_doors[0] if at_doors else None
