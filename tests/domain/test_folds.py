"""What happened to a subject and what it is then."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.booking import (
    Booking,
    BookingCancelled,
    BookingClaimed,
    BookingConfirmed,
    BookingKept,
    BookingMade,
    BookingMoved,
    BookingPaid,
    BookingReleased,
    BookingRestored,
    BookingStatus,
)
from domain.booking.series import SeriesRule
from domain.contradiction import Contradiction, ContradictionRaised, ContradictionSettled
from domain.day_pass import DayPass, DayPassCancelled, DayPassPaid, DayPassSold
from domain.invitation import GuestsInvited, Invitation, InvitationWithdrawn
from domain.kiosk import Kiosk, KioskAdded, KioskEnrolled, KioskIncarnated, KioskRevoked
from domain.membership import (
    Membership,
    MembershipEnded,
    MembershipPlanChanged,
    MembershipStarted,
)
from domain.passes import GrantKind, Pass, PassIssued, PassRevoked
from domain.person import (
    CardChanged,
    Person,
    PersonAdded,
    PersonBlocked,
    PersonErased,
    PersonOffboarded,
    PersonUnblocked,
    StaffRoleGiven,
    StaffRoleTaken,
)
from domain.plan import Plan, PlanRetired, PlanSet
from domain.resource import Resource, ResourceKind, ResourceRetired, ResourceSet
from domain.series import (
    Series,
    SeriesDay,
    SeriesDayAdded,
    SeriesDaySkipped,
    SeriesEnded,
    SeriesMade,
)
from domain.site import Site, SiteClosedForGood, SiteSet
from domain.subjects import SUBJECTS
from domain.trust import KeyRetired, KeyTrusted, TrustedKey

TEN = datetime(2026, 6, 15, 10, tzinfo=UTC)
NINE, ELEVEN, NOON = (TEN + timedelta(hours=n) for n in (-1, 1, 2))
DAY = date(2026, 6, 15)


def fold(kind: str, *events: object) -> Any:
    state = None
    for event in events:
        state = SUBJECTS[kind].evolve(state, event)
    return state


def booking(**changes: Any) -> Booking:
    return Booking("room", "ada", ELEVEN, NOON, **changes)


def _ended_with_fee() -> Booking:
    return booking(status=BookingStatus.CANCELLED, ended_at=TEN, fee_cents=900)


def _moved_to_the_hall() -> Booking:
    return Booking("hall", "ada", TEN, NOON, unit="hall#1", amount_cents=500)


MADE = BookingMade(booking())
WISHED = BookingMade(booking(status=BookingStatus.WISHED))
CANCELLED, RELEASED = BookingStatus.CANCELLED, BookingStatus.RELEASED


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((MADE,), booking()),
        ((MADE, BookingMoved(TEN, ELEVEN)), Booking("room", "ada", TEN, ELEVEN)),
        ((BookingMade(booking(paid=False)), BookingPaid()), booking()),
        ((MADE, BookingClaimed(TEN), BookingClaimed(NOON)), booking(claimed_at=TEN)),
        ((MADE, BookingCancelled(TEN)), booking(status=CANCELLED, ended_at=TEN)),
        ((MADE, BookingReleased(NOON)), booking(status=RELEASED, ended_at=NOON, released_at=NOON)),
        # ended twice: the earliest counts, whichever is heard of first
        (
            (MADE, BookingCancelled(TEN), BookingReleased(NOON)),
            booking(status=RELEASED, ended_at=TEN, released_at=NOON),
        ),
        (
            (MADE, BookingReleased(NOON), BookingCancelled(TEN)),
            booking(status=CANCELLED, ended_at=TEN, released_at=NOON),
        ),
        # a wish never stood
        ((WISHED, BookingCancelled(TEN)), booking(status=CANCELLED)),
        ((WISHED, BookingCancelled(TEN), BookingCancelled(NOON)), booking(status=CANCELLED)),
        ((WISHED, MADE), booking()),
        ((WISHED, BookingConfirmed("room#2")), booking(unit="room#2")),
        ((MADE, BookingKept(TEN), BookingKept(NOON)), booking(kept_at=TEN)),
        ((MADE, BookingCancelled(TEN, 900)), _ended_with_fee()),
        # who comes after the release has it again, and that it was released is not forgotten
        (
            (MADE, BookingReleased(ELEVEN), BookingRestored(NOON, "room#3")),
            booking(unit="room#3", claimed_at=NOON, released_at=ELEVEN),
        ),
        ((MADE, BookingMoved(TEN, NOON, "hall", "hall#1", 500)), _moved_to_the_hall()),
        ((BookingCancelled(TEN),), None),
    ],
)
def test_a_booking_becomes(events: tuple[object, ...], expected: Booking | None) -> None:
    assert fold("booking", *events) == expected


TIMES = st.sampled_from([NINE, TEN, ELEVEN, NOON])
ENDS = st.builds(BookingCancelled, TIMES) | st.builds(BookingReleased, TIMES)


@given(st.lists(ENDS, min_size=1, max_size=4), ENDS, TIMES)
def test_ending_a_booking_once_more_never_makes_it_stand_again(
    ends: list[object], more: object, instant: datetime
) -> None:
    for made in (MADE, WISHED):
        before = fold("booking", made, *ends).stands_at(instant)
        assert before or not fold("booking", made, *ends, more).stands_at(instant)


@given(st.lists(ENDS, min_size=1, max_size=4), TIMES)
def test_a_booking_stood_until_its_earliest_end_and_a_wish_never(
    ends: list[Any], instant: datetime
) -> None:
    assert fold("booking", MADE, *ends).stands_at(instant) is (instant < min(e.at for e in ends))
    assert not fold("booking", WISHED, *ends).stands_at(instant)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((PersonAdded(),), Person()),
        ((CardChanged(("mail",)),), Person()),
        ((PersonBlocked("a"), PersonBlocked("a"), PersonBlocked("*")), Person(("*", "a"))),
        ((PersonBlocked("a"), PersonUnblocked("a")), Person()),
        ((PersonBlocked("*"), PersonUnblocked("a")), Person(("*",))),
        ((StaffRoleGiven("a"), StaffRoleGiven("b")), Person((), ("a", "b"))),
        ((StaffRoleGiven("a"), StaffRoleTaken("a")), Person()),
        ((StaffRoleGiven("a"), PersonOffboarded(TEN)), Person((), ("a",), TEN)),
        ((PersonOffboarded(TEN), PersonErased(NOON)), Person(ended_at=TEN)),
        ((PersonErased(TEN), PersonAdded()), Person(ended_at=TEN)),
    ],
)
def test_a_person_becomes(events: tuple[object, ...], expected: Person) -> None:
    assert fold("person", *events) == expected


@pytest.mark.parametrize(
    ("person", "here", "there"),
    [(("a",), True, False), (("*",), True, True), ((), False, False), (("b",), False, True)],
)
def test_blocks_and_roles_hold_at_their_site_or_everywhere(
    person: tuple[str, ...], here: bool, there: bool
) -> None:
    someone = Person(blocked_at=person, staff_at=person)
    assert (someone.is_blocked_at("a"), someone.is_blocked_at("b")) == (here, there)
    assert (someone.is_staff_at("a"), someone.is_staff_at("b")) == (here, there)


INVITATION = Invitation("b1", "ada", 3)
MEMBERSHIP = Membership("ada", "flex", DAY)
DAY_PASS = DayPass(None, DAY, 1, paid=False)
PASS = Pass(GrantKind.BOOKING, "b1", "ada", TEN)
KIOSK = Kiosk("Lobby", "site", 256)
KEY = TrustedKey(0, "00")
PLAN = Plan("Flex", (), 1)
ROOM = Resource(1, "Room", ResourceKind.ROOM, 4, 1, {})
SITE = Site("House", 1, "Europe/Berlin")
NEXT_DAY = DAY + timedelta(days=1)
RULE = SeriesRule(DAY, 540, 600, "FREQ=DAILY;COUNT=2", frozenset({NEXT_DAY}))
SERIES = Series(RULE, "room", "ada", (SeriesDay(DAY, "b1"), SeriesDay(NEXT_DAY)))
TROUBLE = Contradiction("party_full", "visit", "ada", "e1", TEN)


@pytest.mark.parametrize(
    ("kind", "events", "expected"),
    [
        ("invitation", (GuestsInvited(INVITATION),), INVITATION),
        ("invitation", (GuestsInvited(INVITATION), InvitationWithdrawn()), None),
        ("invitation", (InvitationWithdrawn(),), None),
        (
            "membership",
            (MembershipStarted(MEMBERSHIP), MembershipPlanChanged("full"), MembershipEnded(DAY)),
            Membership("ada", "full", DAY, DAY),
        ),
        ("membership", (MembershipEnded(DAY),), None),
        ("day_pass", (DayPassSold(DAY_PASS), DayPassPaid()), DayPass(None, DAY, 1)),
        (
            "day_pass",
            (DayPassSold(DAY_PASS), DayPassCancelled(), DayPassPaid()),
            DayPass(None, DAY, 1, cancelled=True),
        ),
        ("day_pass", (DayPassPaid(),), None),
        ("pass", (PassIssued(PASS),), PASS),
        (
            "pass",
            (PassIssued(PASS), PassRevoked(TEN), PassRevoked(NOON)),
            Pass(GrantKind.BOOKING, "b1", "ada", TEN, revoked_at=TEN),
        ),
        ("pass", (PassRevoked(TEN),), None),
        (
            "kiosk",
            (KioskAdded(KIOSK), KioskEnrolled("aa"), KioskIncarnated(2)),
            Kiosk("Lobby", "site", 256, public_key="aa", incarnation=2),
        ),
        (
            "kiosk",
            (KioskAdded(KIOSK), KioskRevoked(TEN), KioskEnrolled("bb"), KioskRevoked(NOON)),
            Kiosk("Lobby", "site", 256, public_key="bb", revoked_at=TEN),
        ),
        ("kiosk", (KioskEnrolled("aa"),), None),
        (
            "trust",
            (KeyTrusted(KEY), KeyRetired(TEN), KeyRetired(NOON)),
            TrustedKey(0, "00", "", TEN),
        ),
        ("trust", (KeyRetired(TEN),), None),
        ("plan", (PlanSet(PLAN), PlanRetired()), None),
        ("plan", (PlanRetired(), PlanSet(PLAN)), PLAN),
        ("resource", (ResourceSet(ROOM), ResourceRetired()), None),
        ("site", (SiteSet(SITE), SiteClosedForGood()), None),
        ("series", (SeriesMade(SERIES), SeriesDaySkipped(NEXT_DAY)), SERIES),
        (
            "series",
            (SeriesMade(SERIES), SeriesDaySkipped(DAY), SeriesDayAdded(NEXT_DAY, "b2")),
            replace(
                SERIES,
                rule=replace(RULE, skipped=frozenset({DAY})),
                days=(SeriesDay(DAY, "b1"), SeriesDay(NEXT_DAY, "b2")),
            ),
        ),
        (
            "series",
            (SeriesMade(SERIES), SeriesEnded(DAY), SeriesEnded(NEXT_DAY)),
            replace(SERIES, ended_from=DAY),
        ),
        ("series", (SeriesEnded(DAY),), None),
        ("contradiction", (ContradictionRaised(TROUBLE),), TROUBLE),
        (
            "contradiction",
            (ContradictionRaised(TROUBLE), ContradictionSettled(TEN), ContradictionSettled(NOON)),
            Contradiction("party_full", "visit", "ada", "e1", TEN, TEN),
        ),
        ("contradiction", (ContradictionSettled(TEN),), None),
    ],
)
def test_a_subject_becomes(kind: str, events: tuple[object, ...], expected: object) -> None:
    assert fold(kind, *events) == expected
