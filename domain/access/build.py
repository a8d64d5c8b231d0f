"""Facts from states: the same reading of the ledger on kiosk and server."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from domain.access.facts import AccessFacts, BookingFact
from domain.booking import Booking
from domain.codes import PassCode
from domain.day_pass import DayPass
from domain.invitation import Invitation
from domain.membership import Membership
from domain.passes import GrantKind, Pass
from domain.person import Person
from domain.plan import Plan
from domain.resource import Resource
from domain.site import Site
from domain.subjects import SUBJECTS
from domain.visit import Visit

T = TypeVar("T")


class States(Protocol):
    """Reads states as a kiosk may know them, at one moment of one ledger."""

    def get(self, kind: str, subject: str, type_: type[T]) -> tuple[int, T] | None:
        """The state with its seq, or None where there is none (absent means ended)."""
        ...

    def of_person(self, kind: str, person_id: str) -> Iterable[str]:
        """Subjects of `kind` (membership, booking, day_pass) that name this person, sorted."""
        ...

    def by_ref(self, kind: GrantKind, grant_ref: str) -> str | None:
        """The grant of `kind` whose id ends in these 16 hex digits."""
        ...


@dataclass(frozen=True, slots=True)
class Seen:
    """Facts with the version of each state they were built from, for the decision's record."""

    facts: AccessFacts
    seqs: tuple[tuple[str, str, int], ...]


class _Reading:
    """Reads each state once, reduced as kiosks have it: the same facts on both halves."""

    def __init__(self, states: States) -> None:
        self.states = states
        self._read: dict[tuple[str, str], tuple[int, Any] | None] = {}

    @property
    def seqs(self) -> tuple[tuple[str, str, int], ...]:
        return tuple((*key, found[0]) for key, found in self._read.items() if found)

    def get(self, kind: str, subject: str, type_: type[T]) -> T | None:
        if (kind, subject) not in self._read:
            self._read[kind, subject] = self.states.get(kind, subject, type_)
        found = self._read[kind, subject]
        reduce = SUBJECTS[kind].reduce
        if found is None or reduce is None:
            return None
        state: T = reduce(found[1])
        return state


@dataclass(frozen=True, slots=True)
class _Named:
    """What the grant that a pass stands for names, and the people it hangs on."""

    known: bool = False
    people: tuple[str | None, ...] = ()
    memberships: tuple[tuple[str, Membership, Plan], ...] = ()
    bookings: tuple[BookingFact, ...] = ()
    day_passes: tuple[tuple[str, DayPass], ...] = ()


def build_facts(
    states: States, site_id: str, pass_id: str, code: PassCode | None = None
) -> Seen | None:
    """The facts about one pass at one site, or None if the site is not known (any more)."""
    reading = _Reading(states)
    site = reading.get("site", site_id, Site)
    if site is None:
        return None
    issued = reading.get("pass", pass_id, Pass)
    kind, grant_id = _grant(states, issued, code)
    named = _named(reading, kind, grant_id) if kind and grant_id else _Named()
    people = _people(reading, (*named.people, issued.person_id if issued else None))
    owner_id, owner = people[0] if people else (None, None)
    facts = AccessFacts(
        site_id=site_id,
        site=site,
        pass_id=pass_id,
        code=code,
        issued=issued,
        grant_known=named.known,
        owner_id=owner_id,
        owner=owner,
        memberships=named.memberships,
        bookings=named.bookings,
        day_passes=named.day_passes,
        others=people[1:],
    )
    facts = facts.with_visit(reading.get("visit", facts.holder, Visit))
    return Seen(facts, reading.seqs)


def _grant(
    states: States, issued: Pass | None, code: PassCode | None
) -> tuple[GrantKind | None, str | None]:
    if issued:
        return issued.grant_kind, issued.grant_id
    if code:
        return code.grant_kind, states.by_ref(code.grant_kind, code.grant_ref)
    return None, None


def _named(reading: _Reading, kind: GrantKind, grant_id: str) -> _Named:
    match kind:
        case GrantKind.MEMBERSHIP:
            return _of_person(reading, grant_id)
        case GrantKind.BOOKING:
            return _of_booking(reading, grant_id)
        case GrantKind.DAY_PASS:
            day_pass = reading.get("day_pass", grant_id, DayPass)
            if day_pass is None:
                return _Named()
            return _Named(True, (day_pass.person_id,), day_passes=((grant_id, day_pass),))
        case GrantKind.INVITATION:
            invitation = reading.get("invitation", grant_id, Invitation)
            if invitation is None:
                return _Named()
            booked = _of_booking(reading, invitation.booking_id)
            return replace(booked, known=True, people=(invitation.host_id, *booked.people))


def _of_person(reading: _Reading, person_id: str) -> _Named:
    """All that a person may do: what their member pass stands for."""
    owned = reading.states.of_person
    bookings = [_of_booking(reading, id_) for id_ in owned("booking", person_id)]
    day_passes = [
        (id_, reading.get("day_pass", id_, DayPass)) for id_ in owned("day_pass", person_id)
    ]
    return _Named(
        known=True,
        people=(person_id,),
        memberships=_memberships(reading, owned("membership", person_id)),
        bookings=tuple(fact for booked in bookings for fact in booked.bookings),
        day_passes=tuple((id_, day_pass) for id_, day_pass in day_passes if day_pass),
    )


def _of_booking(reading: _Reading, booking_id: str) -> _Named:
    """A booking opens nothing once its resource is retired, but it is still known."""
    booking = reading.get("booking", booking_id, Booking)
    if booking is None:
        return _Named()
    resource = reading.get("resource", booking.resource_id, Resource)
    facts = (BookingFact(booking_id, booking, resource.zones),) if resource else ()
    return _Named(True, (booking.person_id,), bookings=facts)


def _memberships(reading: _Reading, ids: Iterable[str]) -> tuple[tuple[str, Membership, Plan], ...]:
    found = []
    for id_ in ids:
        membership = reading.get("membership", id_, Membership)
        plan = membership and reading.get("plan", membership.plan_id, Plan)
        if membership and plan:
            found.append((id_, membership, plan))
    return tuple(found)


def _people(reading: _Reading, ids: Iterable[str | None]) -> tuple[tuple[str, Person | None], ...]:
    named = dict.fromkeys(id_ for id_ in ids if id_)
    return tuple((id_, reading.get("person", id_, Person)) for id_ in named)
