"""Every kind of subject: its state, its events, how they fold, and what kiosks get of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, get_args

from domain import (
    account,
    attempt,
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
    series,
    site,
    ticket,
    trust,
    visit,
)

Body = (
    account.AccountEvent
    | attempt.AttemptEvent
    | booking.BookingEvent
    | contradiction.ContradictionEvent
    | day_pass.DayPassEvent
    | door_state.DoorEvent
    | invitation.InvitationEvent
    | kiosk.KioskEvent
    | membership.MembershipEvent
    | passes.PassEvent
    | payment.PaymentEvent
    | person.PersonEvent
    | plan.PlanEvent
    | resource.ResourceEvent
    | series.SeriesEvent
    | site.SiteEvent
    | ticket.TicketEvent
    | trust.TrustEvent
    | visit.VisitEvent
)
"""Everything that can be recorded."""

Reduce = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind: `reduce` is what a kiosk gets of a state; None: it never goes down."""

    kind: str
    state: type
    events: Mapping[str, type]
    evolve: Callable[[Any, Any], Any]
    reduce: Reduce | None


def _whole(state: Any) -> Any:
    return state


def _plan_for_kiosk(state: plan.Plan) -> plan.Plan:
    return replace(state, price_cents=0, included_min=0, day_passes=0, discount_percent=0)


def _site_for_kiosk(state: site.Site) -> site.Site:
    return replace(state, texts={}, operator_mail="")


def _booking_for_kiosk(state: booking.Booking) -> booking.Booking:
    return replace(state, lines=())


def _subject(kind: str, state: type, events: Any, evolve: Any, reduce: Reduce | None) -> Subject:
    named = {event.__name__: event for event in (get_args(events) or (events,))}
    return Subject(kind, state, MappingProxyType(named), evolve, reduce)


_ALL: Final = (
    _subject("person", person.Person, person.PersonEvent, person.evolve, _whole),
    _subject("plan", plan.Plan, plan.PlanEvent, plan.evolve, _plan_for_kiosk),
    _subject(
        "membership", membership.Membership, membership.MembershipEvent, membership.evolve, _whole
    ),
    _subject("site", site.Site, site.SiteEvent, site.evolve, _site_for_kiosk),
    _subject("resource", resource.Resource, resource.ResourceEvent, resource.evolve, _whole),
    _subject("booking", booking.Booking, booking.BookingEvent, booking.evolve, _booking_for_kiosk),
    _subject(
        "invitation", invitation.Invitation, invitation.InvitationEvent, invitation.evolve, _whole
    ),
    _subject("day_pass", day_pass.DayPass, day_pass.DayPassEvent, day_pass.evolve, _whole),
    _subject("pass", passes.Pass, passes.PassEvent, passes.evolve, _whole),
    _subject("visit", visit.Visit, visit.VisitEvent, visit.evolve, _whole),
    _subject("door", door_state.DoorState, door_state.DoorEvent, door_state.evolve, _whole),
    _subject("ticket", ticket.Ticket, ticket.TicketEvent, ticket.evolve, _whole),
    _subject("trust", trust.TrustedKey, trust.TrustEvent, trust.evolve, _whole),
    _subject("account", account.Account, account.AccountEvent, account.evolve, None),
    _subject("series", series.Series, series.SeriesEvent, series.evolve, None),
    _subject("payment", payment.Payment, payment.PaymentEvent, payment.evolve, None),
    _subject("attempt", attempt.Attempts, attempt.AttemptEvent, attempt.evolve, None),
    _subject("kiosk", kiosk.Kiosk, kiosk.KioskEvent, kiosk.evolve, None),
    _subject(
        "contradiction",
        contradiction.Contradiction,
        contradiction.ContradictionEvent,
        contradiction.evolve,
        None,
    ),
)

SUBJECTS: Final[Mapping[str, Subject]] = MappingProxyType({each.kind: each for each in _ALL})
HOUSE_KINDS: Final = frozenset({"person", "plan", "membership", "account", "trust", "kiosk"})
"""Kinds that live in the stream `house`; member passes do too, all others in a site's."""
HOUSE: Final = "house"


def site_stream(site_id: str) -> str:
    """The name of a site's own stream."""
    return f"site:{site_id}"


def site_of_stream(stream: str) -> str:
    """The site whose stream this is; empty for the house's own."""
    return stream.partition(":")[2]
