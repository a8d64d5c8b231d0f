"""What a kiosk tells the house: believed as far as a kiosk of that site can have recorded it.

What happened is never lost. What no kiosk of the site can have recorded (`Impossible`) is set
aside, kept whole; what may have happened and does not fit what the house knows (a `Doubt`, or
the reason of the admission rule) is recorded, and staff are told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, TypeGuard

from domain.access import AccessFacts, Reason
from domain.booking import BookingClaimed
from domain.calendar import local_date
from domain.check_in import UNREAD, judge_arrival
from domain.door_state import DoorAnswered, DoorAsked, DoorEvent, DoorForced
from domain.names import is_code, is_id, is_name, is_pass_id
from domain.site import Site
from domain.subjects import Body
from domain.ticket import Ticket, TicketClosed, TicketEvent, TicketOpened, TicketReportedAgain
from domain.visit import MOST_PEOPLE, Arrived, Departed, EntryRefused, VisitEvent

KIOSK_ACTORS: Final = frozenset({"kiosk"})
"""Who may have acted at a kiosk; the house itself, its staff and its API act elsewhere."""
CLOCK_AHEAD: Final = timedelta(minutes=5)
"""A kiosk's time so little ahead of the house's is nothing to speak of."""
FIRST_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)
LAST_TIME: Final = datetime(2100, 1, 1, tzinfo=UTC)
"""Between these a hardware clock that lost the time can be: it counts years in two digits."""

KioskBody = VisitEvent | DoorEvent | TicketEvent | BookingClaimed
"""Everything a kiosk may record."""
Named = tuple[str, str]
"""Something an event names: place, door, ticket or booking, and its id."""


class Where(StrEnum):
    """Where the house knows what an event names."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    """At another site, and not at the kiosk's."""
    NOWHERE = "nowhere"
    """Not any more, or not yet: a door taken away, a booking lost with a restored database."""


class Impossible(StrEnum):
    """Why no kiosk of this site can have recorded an event."""

    ACTOR = "bad_actor"
    TIME = "bad_time"
    DAY = "bad_day"
    NAME = "bad_name"
    PEOPLE = "bad_people"
    HOLDER = "other_holder"
    SITE = "other_site"
    TAKEN = "subject_taken"


class Doubt(StrEnum):
    """Why staff are told of an event besides the reasons of the admission rule."""

    DAY = "other_day"
    PLACE = "unknown_place"
    DOOR = "unknown_door"
    TICKET = "unknown_ticket"
    BOOKING = "unknown_booking"


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a kiosk tells it."""

    subject: str
    at: datetime
    actor: str
    body: KioskBody


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows: the kiosk, its site, where each thing `named` is.

    `facts` are those about the pass an event of a visit names, before it is recorded.
    """

    kiosk_id: str
    site: Site | None
    where: Mapping[Named, Where]
    facts: AccessFacts | None = None


def may_record(body: Body) -> TypeGuard[KioskBody]:
    """Whether this is a kind of event that kiosks record at all."""
    return isinstance(body, VisitEvent | DoorEvent | TicketEvent | BookingClaimed)


def named(told: Told) -> tuple[Named, ...]:
    """What has to be looked up before an event can be weighed."""
    match told.body:
        case Arrived(place=place) | EntryRefused(place=place):
            return (("place", place),)
        case Departed():
            return ()
        case DoorAsked() | DoorAnswered() | DoorForced():
            return (("door", told.subject),)
        case TicketOpened(ticket):
            door = (("door", ticket.about_id),) if ticket.about_kind == "door" else ()
            return (("ticket", told.subject), *door)
        case TicketReportedAgain() | TicketClosed():
            return (("ticket", told.subject),)
        case BookingClaimed():
            return (("booking", told.subject),)


def weigh(told: Told, known: Known, now: datetime) -> Impossible | Doubt | Reason | None:
    """What is wrong with an event by all the house knows at `now`; None: nothing."""
    return _impossible(told, known) or _doubt(told, known, now)


def counted(body: KioskBody, site: Site | None, now: datetime) -> KioskBody:
    """The event as presence counts it: a time that has not come is one of a clock ahead.

    Whoever came then is here now; else nobody who comes or leaves before would count.
    """
    if site is None or not isinstance(body, Arrived | Departed):
        return body
    return replace(body, day=min(body.day, local_date(now, site.zone)), at=min(body.at, now))


def _impossible(told: Told, known: Known) -> Impossible | None:
    if told.actor not in KIOSK_ACTORS:
        return Impossible.ACTOR
    times = (told.at, _time_of(told.body))
    if not all(FIRST_TIME <= time < LAST_TIME for time in times):
        return Impossible.TIME
    if not _is_well_named(told, known):
        return Impossible.NAME
    if Where.ELSEWHERE in known.where.values():
        return Impossible.SITE
    match told.body:
        case Arrived() | Departed() | EntryRefused():
            return _impossible_visit(told.subject, told.body, known)
        case TicketOpened():
            here = known.where[named(told)[0]] is Where.HERE
            return Impossible.TAKEN if here else None
        case _:
            return None


def _impossible_visit(subject: str, body: VisitEvent, known: Known) -> Impossible | None:
    fewest = 0 if isinstance(body, EntryRefused) else 1
    if not fewest <= body.people <= MOST_PEOPLE:
        return Impossible.PEOPLE
    if not isinstance(body, EntryRefused) and _days_off(body.day, body.at, known.site) > 1:
        return Impossible.DAY
    match body:
        case Arrived():
            fits = _is_holder_of_arrival(subject, body, known.facts)
        case EntryRefused():
            fits = _is_holder_of_refusal(subject, body.pass_id, known.facts)
        case Departed():
            fits = is_id(subject) or is_pass_id(subject)
    return None if fits else Impossible.HOLDER


def _is_holder_of_arrival(subject: str, body: Arrived, facts: AccessFacts | None) -> bool:
    """A kiosk that did not have the pass yet counts by the pass alone, and knows nobody."""
    if body.person_id is None and subject == body.pass_id:
        return body.party == facts.party if facts and facts.issued else _is_party(body)
    if facts and facts.issued:
        whose = (facts.holder, facts.person_id, facts.party)
        return (subject, body.person_id, body.party) == whose
    fits = subject == body.pass_id or (subject == body.person_id and body.party == 1)
    return fits and is_id(body.person_id or "") and _is_party(body)


def _is_holder_of_refusal(subject: str, pass_id: str | None, facts: AccessFacts | None) -> bool:
    if pass_id is None:
        return subject == UNREAD
    if facts and facts.issued:
        return subject in (pass_id, facts.holder)
    return subject == pass_id or is_id(subject)


def _is_party(body: Arrived) -> bool:
    return 1 <= body.party <= MOST_PEOPLE


def _doubt(told: Told, known: Known, now: datetime) -> Doubt | Reason | None:
    body = told.body
    if max(told.at, _time_of(body)) > now + CLOCK_AHEAD:
        return Reason.CLOCK_IN_DOUBT
    if isinstance(body, Arrived) and (reason := _against_the_rule(body, known)):
        return reason
    if isinstance(body, Arrived | Departed) and _days_off(body.day, body.at, known.site):
        return Doubt.DAY
    lost = {kind for (kind, _), where in known.where.items() if where is Where.NOWHERE}
    if isinstance(body, TicketOpened):
        lost.discard("ticket")
    return Doubt(f"unknown_{lost.pop()}") if lost else None


def _against_the_rule(body: Arrived, known: Known) -> Reason | None:
    if known.facts is None or known.site is None:
        return Reason.UNKNOWN_CODE
    door_id = body.place if known.site.door(body.place) else None
    return judge_arrival(known.facts, body, door_id)


def _days_off(day: date, at: datetime, site: Site | None) -> int:
    """How far from the day the site's calendar showed; one off it was in another zone."""
    return abs((day - local_date(at, site.zone if site else "UTC")).days)


def _time_of(body: KioskBody) -> datetime:
    return body.ticket.opened_at if isinstance(body, TicketOpened) else body.at


def _is_well_named(told: Told, known: Known) -> bool:
    """Ids, codes and names as kiosks write them; what the house knows here may have any."""
    match told.body:
        case Arrived(pass_id=pass_id, because=because, grant_id=grant_id, place=place):
            words = is_code(because) and (not grant_id or is_name(grant_id))
            return is_pass_id(pass_id) and words and is_name(place)
        case EntryRefused(pass_id, reason, place=place):
            read = pass_id is None or is_pass_id(pass_id)
            return read and is_code(reason) and is_name(place)
        case Departed():
            return is_name(told.subject)
        case DoorAsked(command_id) | DoorAnswered(command_id):
            return is_name(told.subject) and is_name(command_id)
        case DoorForced():
            return is_name(told.subject)
        case TicketOpened(ticket):
            return is_id(told.subject) and _is_fresh(ticket, known.kiosk_id)
        case TicketReportedAgain() | TicketClosed() | BookingClaimed():
            return known.where[named(told)[0]] is Where.HERE or is_id(told.subject)


def _is_fresh(ticket: Ticket, kiosk_id: str) -> bool:
    """A ticket as it is opened: reported once, by this kiosk, in codes and not in words."""
    untouched = ticket.times_reported == 1 and ticket.closed_at is None
    about = is_code(ticket.about_kind) and is_name(ticket.about_id)
    return untouched and about and is_code(ticket.what) and ticket.kiosk_id in (None, kiosk_id)
