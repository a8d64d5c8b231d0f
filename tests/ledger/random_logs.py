"""Random logs of a small house: few ids, so that events meet the states of others."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from domain import (
    booking,
    contradiction,
    day_pass,
    door_state,
    invitation,
    kiosk,
    membership,
    passes,
    payment,
    person,
    plan,
    resource,
    site,
    ticket,
    trust,
    visit,
)
from domain.calendar import DAY_MIN, WeeklyHours
from domain.codes import PassCode, grant_ref
from domain.passes import Entry, GrantKind, Pass
from domain.person import EVERYWHERE
from domain.subjects import HOUSE, HOUSE_KINDS, site_stream

SITES = ("a", "b")
DAY = date(2026, 5, 14)
_NOON = datetime(2026, 5, 14, 10, 0, tzinfo=UTC)

_GRANTS = {
    GrantKind.MEMBERSHIP: ("anna", "ben"),
    GrantKind.BOOKING: ("booking-a", "booking-aa", "booking-b"),
    GrantKind.DAY_PASS: ("day-a", "day-b"),
    GrantKind.INVITATION: ("invite-a", "invite-b"),
}
_PASSES = {
    "0a" * 8: (GrantKind.MEMBERSHIP, HOUSE),
    "0b" * 8: (GrantKind.MEMBERSHIP, HOUSE),
    "1a" * 8: (GrantKind.BOOKING, site_stream("a")),
    "1b" * 8: (GrantKind.BOOKING, site_stream("b")),
    "2a" * 8: (GrantKind.DAY_PASS, site_stream("a")),
    "3a" * 8: (GrantKind.INVITATION, site_stream("a")),
}
PASS_IDS = (*_PASSES, "ff" * 8)
_SUBJECTS = {
    "person": ("anna", "ben"),
    "plan": ("flex", "fix"),
    "membership": ("m1", "m2", "m3"),
    "resource": ("room-a", "room-b"),
    "booking": _GRANTS[GrantKind.BOOKING],
    "invitation": _GRANTS[GrantKind.INVITATION],
    "day_pass": _GRANTS[GrantKind.DAY_PASS],
    "site": SITES,
    "visit": ("anna", "1a" * 8, "3a" * 8, "unread"),
    "door": ("door-a", "door-b"),
    "ticket": ("ticket-a",),
    "trust": ("key-0",),
    "payment": ("payment-a", "payment-b"),
    "kiosk": ("kiosk-1",),
    "contradiction": ("contradiction-a",),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One event, and the stream it belongs to."""

    stream: str
    kind: str
    subject: str
    body: Any


_times = st.integers(-2000, 2000).map(lambda minutes: _NOON + timedelta(minutes=minutes))
_days = st.integers(-2, 2).map(lambda days: DAY + timedelta(days=days))
_people = st.sampled_from(_SUBJECTS["person"])
_maybe = st.none() | _people
_places = st.sampled_from((*SITES, EVERYWHERE))
_zones = st.integers(0, 15)
_cents = st.sampled_from((0, 1900))


@st.composite
def _windows(draw: st.DrawFn) -> dict[str, datetime]:
    starts = draw(_times)
    return {"starts": starts, "ends": starts + timedelta(minutes=draw(st.integers(1, 300)))}


_bookings = _windows().flatmap(
    lambda window: st.builds(
        booking.Booking,
        resource_id=st.sampled_from(_SUBJECTS["resource"]),
        person_id=_maybe,
        party=st.integers(1, 8),
        paid=st.booleans(),
        amount_cents=_cents,
        starts=st.just(window["starts"]),
        ends=st.just(window["ends"]),
    )
)
_hours = st.just(tuple(WeeklyHours(day, 0, DAY_MIN) for day in range(7)))
_sites = st.builds(
    site.Site,
    name=st.text(max_size=5),
    number=st.sampled_from((1, 2)),
    zone=st.just("Europe/Berlin"),
    opening=_hours,
    short_code_salt=st.just("00" * 16),
    wifi=st.none() | st.builds(site.Wifi, st.just("Gäste"), st.just("geheim")),
)
_tickets = st.builds(
    ticket.Ticket, st.just("jammed"), st.just("door"), st.just("d"), opened_at=_times
)
_payments = st.builds(
    payment.Payment,
    st.just(1900),
    st.just("EUR"),
    st.sampled_from(("booking", "day_pass")),
    st.sampled_from(("booking-a", "day-a")),
    _maybe,
    st.just("simulated"),
    created_at=_times,
    expires_at=_times,
)
_BODIES: dict[str, st.SearchStrategy[Any]] = {
    "person": st.one_of(
        st.just(person.PersonAdded()),
        st.builds(person.CardChanged, st.just(("name",))),
        st.builds(person.PersonBlocked, _places),
        st.builds(person.PersonUnblocked, _places),
        st.builds(person.StaffRoleGiven, _places),
        st.builds(person.StaffRoleTaken, _places),
        st.builds(person.PersonOffboarded, _times),
        st.builds(person.PersonErased, _times),
    ),
    "plan": st.just(plan.PlanRetired())
    | st.builds(
        plan.PlanSet,
        st.builds(plan.Plan, st.just("Flex"), st.just(SITES), _zones, price_cents=_cents),
    ),
    "membership": st.one_of(
        st.builds(
            membership.MembershipStarted,
            st.builds(
                membership.Membership, _people, st.sampled_from(_SUBJECTS["plan"]), _days, st.none()
            ),
        ),
        st.builds(membership.MembershipPlanChanged, st.sampled_from(_SUBJECTS["plan"])),
        st.builds(membership.MembershipEnded, _days),
    ),
    "resource": st.just(resource.ResourceRetired())
    | st.builds(
        resource.ResourceSet,
        st.builds(
            resource.Resource,
            st.integers(1, 9),
            st.text(max_size=5),
            st.just(resource.ResourceKind.ROOM),
            st.just(4),
            _zones,
            st.just({"de": "1. Stock", "en": "first floor"}),
        ),
    ),
    "booking": st.one_of(
        st.builds(booking.BookingMade, _bookings),
        _windows().map(lambda window: booking.BookingMoved(**window)),
        st.just(booking.BookingPaid()),
        st.builds(booking.BookingCancelled, _times),
        st.builds(booking.BookingReleased, _times),
        st.builds(booking.BookingClaimed, _times),
    ),
    "invitation": st.just(invitation.InvitationWithdrawn())
    | st.builds(
        invitation.GuestsInvited,
        st.builds(invitation.Invitation, st.sampled_from(("booking-a", "booking-b")), _maybe),
    ),
    "day_pass": st.one_of(
        st.builds(day_pass.DayPassSold, st.builds(day_pass.DayPass, _maybe, _days, _zones)),
        st.just(day_pass.DayPassPaid()),
        st.just(day_pass.DayPassCancelled()),
    ),
    "site": st.builds(site.SiteSet, _sites) | st.just(site.SiteClosedForGood()),
    "visit": st.one_of(
        st.builds(
            visit.Arrived, st.just("x"), _maybe, st.integers(1, 3), st.integers(1, 8), _days,
            _times, st.just("door"), st.just("booking"), st.just("g"),
        ),
        st.builds(visit.EntryRefused, st.none(), st.just("expired"), st.just(1), _times,
                  st.just("door")),
        st.builds(visit.Departed, st.integers(1, 3), _days, _times),
    ),
    "door": st.builds(door_state.DoorForced, _times)
    | st.builds(door_state.DoorAsked, st.just("c"), _times),
    "ticket": st.builds(ticket.TicketOpened, _tickets) | st.builds(ticket.TicketClosed, _times),
    "trust": st.builds(trust.KeyTrusted, st.just(trust.TrustedKey(0, "ab")))
    | st.builds(trust.KeyRetired, _times),
    "payment": st.one_of(
        st.builds(payment.PaymentCreated, _payments),
        st.just(payment.PaymentPending("ref", "https://pay.example/ref")),
        st.builds(payment.PaymentPaid, _cents, st.just("card")),
        st.just(payment.PaymentExpired()),
        st.builds(payment.PaymentRefunded, _cents),
    ),
    "kiosk": st.builds(kiosk.KioskAdded, st.just(kiosk.Kiosk("Lobby", "a", 256)))
    | st.builds(kiosk.KioskRevoked, _times),
    "contradiction": st.builds(contradiction.ContradictionSettled, _times)
    | st.builds(
        contradiction.ContradictionRaised,
        st.builds(contradiction.Contradiction, st.just("x"), st.just("visit"), st.just("h"),
                  st.just("e"), _times),
    ),
}  # fmt: skip


@st.composite
def _pass_events(draw: st.DrawFn) -> Happened:
    pass_id = draw(st.sampled_from(tuple(_PASSES)))
    kind, stream = _PASSES[pass_id]
    revoked = st.builds(passes.PassRevoked, _times)
    issued = st.builds(
        Pass,
        grant_kind=st.just(kind),
        grant_id=st.sampled_from(_GRANTS[kind]),
        person_id=_maybe,
        issued_at=_times,
        party=st.integers(1, 4),
        entry=st.sampled_from(Entry),
        short_codes=st.sampled_from(((), ("5a" * 8,), ("5b" * 8, "5c" * 8))),
    )
    body = draw(st.builds(passes.PassIssued, issued) | revoked)
    return Happened(stream, "pass", pass_id, body)


@st.composite
def _other_events(draw: st.DrawFn) -> Happened:
    kind = draw(st.sampled_from(tuple(_BODIES)))
    subject = draw(st.sampled_from(_SUBJECTS[kind]))
    if kind in HOUSE_KINDS:
        stream = HOUSE
    elif kind == "visit":
        stream = site_stream(draw(st.sampled_from(SITES)))
    else:
        stream = site_stream("b" if subject.endswith("b") else "a")
    return Happened(stream, kind, subject, draw(_BODIES[kind]))


def logs() -> st.SearchStrategy[list[list[Happened]]]:
    """Units of work, each with its events."""
    unit = st.lists(_other_events() | _pass_events(), min_size=1, max_size=8)
    return st.lists(unit, max_size=12)


def code_for(pass_id: str, grant_kind: GrantKind, grant_id: str) -> PassCode:
    """A printed pass of this grant."""
    return PassCode(
        key_number=0,
        site_number=0,
        issued_at=_NOON,
        pass_id=pass_id,
        grant_kind=grant_kind,
        grant_ref=grant_ref(grant_id),
        valid_from=_NOON,
        valid_until=_NOON + timedelta(days=1),
        zones=1,
    )


def grants() -> st.SearchStrategy[tuple[GrantKind, str]]:
    """Any grant a code may name, whether or not it exists."""
    known = [(kind, id_) for kind, ids in _GRANTS.items() for id_ in (*ids, "nobody")]
    return st.sampled_from(known)
