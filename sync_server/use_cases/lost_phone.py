""" "I lost my phone": every code on it opens nothing any more, and new ones are sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.booking import BookingStatus
from domain.calendar import local_date
from domain.day_pass import DayPass
from domain.passes import GrantKind, PassRevoked
from domain.rates import LOST_PHONE, TooOften, judge_tries
from domain.site import Site
from domain.subjects import HOUSE, site_of_stream
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.keys import HouseKeys
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.issue_pass import (
    issue_booking_pass,
    issue_day_pass,
    issue_member_pass,
)
from sync_server.use_cases.mails import queue_booking_mail, queue_day_mail, queue_member_mail
from sync_server.use_cases.member_page import AHEAD, living_passes
from sync_server.use_cases.streams import stream_of

_EARLIER: Final = timedelta(days=1)
"""A booking that ended a moment ago may still open its door in its late grace."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One thing whose code a phone may carry: in which stream, of which kind, its id."""

    stream: str
    kind: GrantKind
    grant_id: str


def carried_by(reader: Reader, person_id: str, now: datetime) -> list[Carried]:
    """All that is this person's and has a code: their own pass, bookings, days to come."""
    found = [Carried(HOUSE, GrantKind.MEMBERSHIP, person_id)]
    return [*found, *_bookings(reader, person_id, now), *_days(reader, person_id, now)]


def replace_codes(
    unit: Unit, keys: HouseKeys, person_id: str, session_id: str, carried: list[Carried]
) -> TooOften | None:
    """Revoke every code of `carried` that stands, issue and mail another, and end all sessions
    but the one that asks. Locks `house` and the streams of `carried`."""
    if wait := judge_tries((LOST_PHONE, unit.count_try(LOST_PHONE, person_id))):
        return wait
    for each in carried:
        passes = living_passes(unit, each.kind, each.grant_id)
        for pass_id in passes:
            actor = f"person:{person_id}"
            unit.append(each.stream, "pass", pass_id, PassRevoked(unit.now), actor=actor)
        if passes:
            _issue(unit, keys, person_id, each)
    unit.end_web_sessions_of(person_id, but=session_id)
    return None


def _issue(unit: Unit, keys: HouseKeys, person_id: str, carried: Carried) -> None:
    ids, site_id = Ids(), site_of_stream(carried.stream)
    match carried.kind:
        case GrantKind.MEMBERSHIP:
            issued, queue = issue_member_pass(unit, keys, person_id, ids), queue_member_mail
        case GrantKind.BOOKING:
            issued = issue_booking_pass(unit, keys, site_id, carried.grant_id, ids)
            queue = queue_booking_mail
        case _:
            issued = issue_day_pass(unit, keys, site_id, carried.grant_id, ids)
            queue = queue_day_mail
    assert isinstance(issued, str), "it had a code a moment ago"
    queue(unit, person_id, issued, ids)


def _bookings(reader: Reader, person_id: str, now: datetime) -> list[Carried]:
    slots = reader.slots_of_person(person_id, now - _EARLIER, now + AHEAD)
    return [
        Carried(each.stream, GrantKind.BOOKING, each.booking_id)
        for each in slots
        if each.status is BookingStatus.CONFIRMED
    ]


def _days(reader: Reader, person_id: str, now: datetime) -> list[Carried]:
    found = []
    for id_, each in reader.many("day_pass", reader.of_person("day_pass", person_id), DayPass):
        stream = stream_of(reader, "day_pass", id_) or ""
        site = reader.full("site", site_of_stream(stream), Site)
        if site and not each.cancelled and each.day >= local_date(now, site.zone):
            found.append(Carried(stream, GrantKind.DAY_PASS, id_))
    return found
