"""What would work instead: each remedy is offered only if the rule would then admit."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.access.facts import AccessFacts, Ask
from domain.access.judge import No, judge, judge_both, room_left
from domain.access.outcomes import (
    Admitted,
    AskStaff,
    BuyDayPass,
    Do,
    EnterFewer,
    Pay,
    Reason,
    Remedy,
    UseDoor,
    Wait,
)
from domain.calendar import local_date
from domain.day_pass import DayPass
from domain.passes import GrantKind, Pass

_BOUGHT = "bought"
_ONLY_STAFF = frozenset({Reason.BLOCKED, Reason.CLOCK_IN_DOUBT})


def remedies_for(facts: AccessFacts, ask: Ask, now: datetime, no: No) -> tuple[Remedy, ...]:
    """The ways out of a refusal, the nearest first; staff last and always."""
    staff = AskStaff(facts.site.phone)
    if no.reason in _ONLY_STAFF:
        return (staff,)
    candidates = [*_waits(no), *_acts(facts, ask, now, no)]
    good = [remedy for remedy in candidates if _works(facts, ask, now, remedy)]
    return (*good, staff)


def apply_remedy(
    facts: AccessFacts, ask: Ask, now: datetime, remedy: Wait | Do
) -> tuple[AccessFacts, Ask, datetime]:
    """Facts, ask and time as they are once the remedy has been followed."""
    if isinstance(remedy, Wait):
        other = ask.other_now and ask.other_now + (remedy.until - now)
        return facts, replace(ask, other_now=other), remedy.until
    match remedy.act:
        case BuyDayPass():
            offer = facts.site.day_pass
            return _with_day_pass(facts, now, offer.zones if offer else 0), _alone(ask), now
        case Pay(_, grant_id):
            return _paid(facts, grant_id), ask, now
        case UseDoor(door_id):
            return facts, replace(ask, door_id=door_id), now
        case EnterFewer(people):
            return facts, replace(ask, people=people), now


def _waits(no: No) -> list[Remedy]:
    return [Wait(no.wait)] if no.wait else []


def _acts(facts: AccessFacts, ask: Ask, now: datetime, no: No) -> list[Remedy]:
    acts: list[Remedy] = []
    if no.pay:
        acts.append(Do(no.pay))
    if no.reason is Reason.PARTY_FULL and (left := room_left(facts, now)):
        acts.append(Do(EnterFewer(left)))
    if no.reason is Reason.NO_GRANT_FOR_PLACE:
        acts += [Do(UseDoor(door.id)) for door in facts.site.doors if door.id != ask.door_id]
    return [*acts, *_day_pass(facts, now)]


def _day_pass(facts: AccessFacts, now: datetime) -> list[Remedy]:
    offer = facts.site.day_pass
    if offer is None:
        return []
    bought = judge(_with_day_pass(facts, now, offer.zones), Ask(), now)
    if not isinstance(bought, Admitted) or bought.until is None:
        return []
    if bought.until - now < timedelta(minutes=offer.last_entry_min):
        return []
    return [Do(BuyDayPass(offer.price_cents, bought.until))]


def _works(facts: AccessFacts, ask: Ask, now: datetime, remedy: Remedy) -> bool:
    if isinstance(remedy, AskStaff):
        return True
    then_facts, then_ask, then = apply_remedy(facts, ask, now, remedy)
    return isinstance(judge_both(then_facts, then_ask, then), Admitted)


def _alone(ask: Ask) -> Ask:
    return replace(ask, people=1)


def _paid(facts: AccessFacts, grant_id: str) -> AccessFacts:
    return replace(
        facts,
        bookings=tuple(
            replace(f, booking=replace(f.booking, paid=True)) if f.id == grant_id else f
            for f in facts.bookings
        ),
        day_passes=tuple(
            (id_, replace(day_pass, paid=True) if id_ == grant_id else day_pass)
            for id_, day_pass in facts.day_passes
        ),
    )


def _with_day_pass(facts: AccessFacts, now: datetime, zones: int) -> AccessFacts:
    """These facts for somebody who just bought a day pass for today."""
    today = local_date(now, facts.site.zone)
    bought = Pass(GrantKind.DAY_PASS, _BOUGHT, None, issued_at=now)
    return replace(
        facts,
        pass_id=_BOUGHT,
        code=None,
        issued=bought,
        grant_known=True,
        owner_id=None,
        owner=None,
        memberships=(),
        bookings=(),
        day_passes=((_BOUGHT, DayPass(None, today, zones)),),
        visit=None,
        others=(),
    )
