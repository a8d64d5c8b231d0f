"""A ledger of a few random states, kept in a dictionary, that facts are read from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from domain.booking import Booking, BookingStatus
from domain.codes import PassCode, grant_ref
from domain.day_pass import DayPass
from domain.invitation import Invitation
from domain.membership import Membership
from domain.passes import GrantKind, Pass
from domain.person import Person
from domain.plan import Plan
from domain.resource import Resource, ResourceKind
from domain.subjects import SUBJECTS
from domain.visit import Visit
from tests.domain.house import SITE

T = TypeVar("T")
NOON = datetime(2026, 6, 15, 10, tzinfo=UTC)
TODAY = NOON.date()
GRANT_SUBJECTS = {
    GrantKind.MEMBERSHIP: "person",
    GrantKind.BOOKING: "booking",
    GrantKind.DAY_PASS: "day_pass",
    GrantKind.INVITATION: "invitation",
}


def an_id(kind: str, number: int) -> str:
    """A UUID that shows whose it is."""
    return f"0190a1b2-0000-7000-{sum(kind.encode()) % 0xFFFF:04x}-{number:012x}"


SITE_ID = an_id("site", 0)
_SOME = st.integers(0, 2)
_WHO = st.sampled_from([None, *(an_id("person", n) for n in range(3))])
_SURELY = st.sampled_from([an_id("person", n) for n in range(3)])
_RARELY = st.sampled_from([False] * 7 + [True])
_HOURS = st.integers(-3, 3)


@dataclass(slots=True)
class DictStates:
    """Implements `domain.access.build.States`; `reduced`: as a kiosk has been sent them."""

    states: dict[tuple[str, str], tuple[int, Any]] = field(default_factory=dict)
    reduced: bool = False
    asked: set[tuple[str, str]] = field(default_factory=set)

    def put(self, kind: str, number: int, state: Any) -> str:
        subject = an_id(kind, number)
        self.states[kind, subject] = (len(self.states) + 1, state)
        return subject

    def get(self, kind: str, subject: str, type_: type[T]) -> tuple[int, T] | None:
        self.asked.add((kind, subject))
        found = self.states.get((kind, subject))
        if found is None:
            return None
        assert isinstance(found[1], type_)
        reduce = SUBJECTS[kind].reduce if self.reduced else None
        return (found[0], reduce(found[1])) if reduce else found

    def of_person(self, kind: str, person_id: str) -> Iterable[str]:
        return sorted(
            subject
            for (kind_, subject), (_, state) in self.states.items()
            if kind_ == kind and state.person_id == person_id
        )

    def by_ref(self, kind: GrantKind, ref: str) -> str | None:
        return next(
            (
                subject
                for kind_, subject in sorted(self.states)
                if kind_ == GRANT_SUBJECTS[kind] and grant_ref(subject) == ref
            ),
            None,
        )

    def only(self, kept: Iterable[tuple[str, str]]) -> "DictStates":
        """The same states without all others."""
        return DictStates({key: self.states[key] for key in kept}, self.reduced)

    def without(self, kind: str, subject: str) -> "DictStates":
        return self.only(key for key in self.states if key != (kind, subject))


@dataclass(frozen=True, slots=True)
class Presented:
    """A ledger and a pass that somebody shows."""

    states: DictStates
    pass_id: str
    code: PassCode | None


@st.composite
def presented(draw: DrawFn) -> Presented:
    """Any pass shown at the Ziegelhof, each state now and then missing."""
    states = DictStates()
    _house(draw, states)
    _rights(draw, states)
    kind, number = draw(st.sampled_from(list(GrantKind))), draw(_SOME)
    grant_id, pass_id = an_id(GRANT_SUBJECTS[kind], number), "ab" * 8
    issued = Pass(kind, grant_id, draw(_WHO), NOON, draw(st.sampled_from([1, 1, 8])))
    if not draw(_RARELY):
        states.states["pass", pass_id] = (99, issued)
    for holder in (pass_id, *(an_id("person", n) for n in range(3))):
        if draw(_RARELY):
            states.states["visit", holder] = (98, Visit(TODAY, 1, 1))
    code = PassCode(
        0, 1, NOON, pass_id, kind, grant_ref(grant_id), NOON, NOON + timedelta(hours=2), 1
    )
    return Presented(states, pass_id, draw(st.sampled_from([code, code, None])))


def _house(draw: DrawFn, states: DictStates) -> None:
    states.put("site", 0, SITE)
    for n in range(3):
        if not draw(_RARELY):
            ended = NOON if draw(_RARELY) else None
            staff = (SITE_ID,) if draw(_RARELY) else ()
            blocked = (SITE_ID,) if draw(_RARELY) else ()
            states.put("person", n, Person(blocked, staff, ended))
        if not draw(_RARELY):
            sites = draw(st.sampled_from([(), (SITE_ID,), ("elsewhere",)]))
            states.put("plan", n, Plan("Flex", sites, 1, (), draw(st.integers(0, 9900))))
        if not draw(_RARELY):
            states.put("resource", n, Resource(n, "Room", ResourceKind.ROOM, 4, n + 1, {}))


def _rights(draw: DrawFn, states: DictStates) -> None:
    for n in range(3):
        if not draw(_RARELY):
            plan = an_id("plan", draw(_SOME))
            states.put("membership", n, Membership(draw(_SURELY), plan, date(2026, 1, 1)))
        if not draw(_RARELY):
            starts = NOON + timedelta(hours=draw(_HOURS))
            status = draw(st.sampled_from([BookingStatus.CONFIRMED, *BookingStatus]))
            room, who = an_id("resource", draw(_SOME)), draw(_WHO)
            booking = Booking(room, who, starts, starts + timedelta(hours=2), status=status)
            states.put("booking", n, booking)
        if not draw(_RARELY):
            states.put("day_pass", n, DayPass(draw(_WHO), TODAY, 1))
        if not draw(_RARELY):
            states.put("invitation", n, Invitation(an_id("booking", draw(_SOME)), draw(_WHO)))
