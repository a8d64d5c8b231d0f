"""The admission rule itself, before remedies: pure and total."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.access.facts import AccessFacts, Ask
from domain.access.grants import Grant, GrantState, derive_grants
from domain.access.outcomes import Admitted, Pay, Reason
from domain.calendar import FAR, local_date
from domain.codes import PassCode
from domain.passes import Entry, GrantKind
from domain.site import ANY_SITE_NUMBER

FRESH_S: Final = 60
"""A pass issued this long before the last complete pull may still have missed it."""
MEMBER_PASS_ALONE_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class No:
    """A refusal before its remedies are sought; `wait` is when a grant begins."""

    reason: Reason
    wait: datetime | None = None
    since: datetime | None = None
    pay: Pay | None = None


def judge(facts: AccessFacts, ask: Ask, now: datetime) -> Admitted | No:
    """The rule without its remedies."""
    if refusal := _against_the_pass(facts, ask, now):
        return refusal
    if _by_pass_alone(facts, ask):
        grants: tuple[Grant, ...] = (_grant_of_code(facts),)
    else:
        if refusal := _against_the_people(facts, now):
            return refusal
        grants = derive_grants(facts, now)
    open_now = [grant for grant in grants if grant.state is GrantState.GOOD and grant.covers(now)]
    if not open_now:
        return _why_not_now(grants, now)
    fitting = [grant for grant in open_now if _opens(facts, ask, grant)]
    if not fitting:
        return No(Reason.NO_GRANT_FOR_PLACE)
    if refusal := _against_the_number(facts, ask, now):
        return refusal
    return _admit(facts, ask, now, fitting, open_now)


def judge_both(facts: AccessFacts, ask: Ask, now: datetime) -> Admitted | No:
    """The rule at `now`, which a clock in doubt must not be able to turn round."""
    verdict = judge(facts, ask, now)
    if ask.other_now is not None:
        other = judge(facts, ask, ask.other_now)
        if isinstance(other, Admitted) != isinstance(verdict, Admitted):
            return No(Reason.CLOCK_IN_DOUBT)
    return verdict


def _against_the_pass(facts: AccessFacts, ask: Ask, now: datetime) -> No | None:
    code, issued = facts.code, facts.issued
    if code and code.site_number not in (ANY_SITE_NUMBER, facts.site.number):
        return No(Reason.WRONG_SITE)
    if issued:
        gone = issued.revoked_at is not None and issued.revoked_at <= now
        return No(Reason.REVOKED, since=issued.revoked_at) if gone else None
    if code is None:
        return No(Reason.UNKNOWN_CODE)
    if not _fresher_than_knowledge(code, ask):
        return No(Reason.REVOKED)
    too_old = now >= code.issued_at + timedelta(days=MEMBER_PASS_ALONE_DAYS)
    if _by_pass_alone(facts, ask) and code.grant_kind is GrantKind.MEMBERSHIP and too_old:
        return No(Reason.NOT_KNOWN_HERE)
    return None


def _fresher_than_knowledge(code: PassCode, ask: Ask) -> bool:
    if ask.known_until is None:
        return False
    return code.issued_at > ask.known_until - timedelta(seconds=FRESH_S)


def _by_pass_alone(facts: AccessFacts, ask: Ask) -> bool:
    unknown = facts.issued is None and not facts.grant_known
    return unknown and facts.code is not None and _fresher_than_knowledge(facts.code, ask)


def _against_the_people(facts: AccessFacts, now: datetime) -> No | None:
    """A person who is gone takes along all that hung on them: absent means ended."""
    for _, person in facts.people:
        if person is None or (person.ended_at is not None and person.ended_at <= now):
            return No(Reason.REVOKED, since=person.ended_at if person else None)
    if any(person and person.is_blocked_at(facts.site_id) for _, person in facts.people):
        return No(Reason.BLOCKED)
    return None


def _against_the_number(facts: AccessFacts, ask: Ask, now: datetime) -> No | None:
    visit = facts.visit
    if facts.entry is Entry.ONCE and facts.party == 1 and visit and visit.entries > 0:
        return No(Reason.ALREADY_USED)
    if ask.people < 1:
        return No(Reason.PARTY_FULL)
    if facts.party == 1:
        return No(Reason.PARTY_FULL) if ask.people > 1 else None
    return No(Reason.PARTY_FULL) if ask.people > room_left(facts, now) else None


def room_left(facts: AccessFacts, now: datetime) -> int:
    """How many more people this pass lets in now."""
    if facts.entry is Entry.ONCE:
        return max(0, facts.party - (facts.visit.entries if facts.visit else 0))
    if facts.party == 1:
        return 1
    return max(0, facts.party - facts.inside(now))


def _opens(facts: AccessFacts, ask: Ask, grant: Grant) -> bool:
    if ask.door_id is None:
        return True
    door = facts.site.door(ask.door_id)
    if door is None or (door.critical and _by_pass_alone(facts, ask)):
        return False
    return bool(grant.zones & 1 << door.zone)


def _grant_of_code(facts: AccessFacts) -> Grant:
    code = facts.code
    assert code is not None
    return Grant(
        kind=code.grant_kind.value,
        id=code.grant_ref,
        spans=((code.valid_from, code.valid_until),),
        zones=code.zones,
    )


def _why_not_now(grants: tuple[Grant, ...], now: datetime) -> No:
    unpaid = [g for g in grants if g.state is GrantState.UNPAID and g.covers(now)]
    if unpaid:
        due = unpaid[0]
        return No(Reason.NOT_PAID, pay=Pay(due.amount_cents, due.id))
    coming = [
        (start, grant)
        for grant in grants
        if grant.state is GrantState.GOOD
        for start, _ in grant.spans
        if start > now
    ]
    if coming:
        start, grant = min(coming, key=lambda pair: (pair[0], pair[1].rank, pair[1].id))
        hours = grant.by_hours and any(first <= now for first, _ in grant.lifetime)
        return No(Reason.OUTSIDE_HOURS if hours else Reason.NOT_YET_VALID, wait=start)
    return _why_over(grants, now)


def _why_over(grants: tuple[Grant, ...], now: datetime) -> No:
    good = _lifetimes(grants, GrantState.GOOD)
    unpaid = _lifetimes(grants, GrantState.UNPAID)
    if any(start <= now < end for start, end in (*good, *unpaid)):
        return No(Reason.OUTSIDE_HOURS)
    if any(now < start for start, _ in (*good, *unpaid)):
        return No(Reason.NOT_YET_VALID)
    if good:
        return No(Reason.EXPIRED, since=max(end for _, end in good))
    if any(g.state is GrantState.CANCELLED for g in grants):
        return No(Reason.CANCELLED)
    if unpaid:
        return No(Reason.EXPIRED, since=max(end for _, end in unpaid))
    if any(g.state is GrantState.ELSEWHERE for g in grants):
        return No(Reason.WRONG_SITE)
    return No(Reason.REVOKED)


def _lifetimes(grants: tuple[Grant, ...], state: GrantState) -> list[tuple[datetime, datetime]]:
    return [span for grant in grants if grant.state is state for span in grant.lifetime]


def _admit(
    facts: AccessFacts, ask: Ask, now: datetime, fitting: list[Grant], open_now: list[Grant]
) -> Admitted:
    best = min(fitting, key=lambda grant: (grant.rank, -_end(grant, now).timestamp(), grant.id))
    zones = 0
    for grant in open_now:
        zones |= grant.zones
    today, alone = local_date(now, facts.site.zone), _by_pass_alone(facts, ask)
    until = _end(best, now)
    if alone and facts.grant_kind is GrantKind.MEMBERSHIP:
        until = FAR  # what is printed is how long the paper is good, not the right
    return Admitted(
        because=best.kind,
        grant_id=best.id,
        until=until if until < FAR else None,
        zones=zones,
        again=facts.visit is not None and facts.visit.day == today and facts.party == 1,
        pass_only=alone,
    )


def _end(grant: Grant, now: datetime) -> datetime:
    return next((end for start, end in grant.spans if start <= now < end), FAR)
