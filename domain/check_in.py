"""Checking in: what one presented code becomes, as records for the ledger."""

from dataclasses import dataclass
from datetime import datetime

from domain.access import AccessFacts, Admitted, Ask, Outcome, Refused, decide_access
from domain.access.outcomes import AskStaff, Reason
from domain.booking import BookingClaimed
from domain.calendar import local_date
from domain.subjects import Body
from domain.visit import Arrived, Departed, EntryRefused

UNREAD = "unread"
"""The subject of refusals that no pass could be named for."""


@dataclass(frozen=True, slots=True)
class Record:
    """One event for the ledger: the kind of its subject, the subject, and what happened."""

    kind: str
    subject: str
    body: Body


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The answer and what is to be recorded of it, in one unit of work."""

    outcome: Outcome
    records: tuple[Record, ...]


def decide_check_in(facts: AccessFacts, ask: Ask, place: str, now: datetime) -> CheckIn:
    """Decide by the admission rule; `place` is the door or site id it is recorded at.

    An arrival on a booking also claims the booking. Refusals are recorded too.
    """
    outcome = decide_access(facts, ask, now)
    if isinstance(outcome, Refused):
        return CheckIn(outcome, (_refusal(facts, outcome, ask, place, now),))
    arrived = Arrived(
        pass_id=facts.pass_id,
        person_id=facts.person_id,
        people=ask.people,
        party=facts.party,
        day=local_date(now, facts.site.zone),
        at=now,
        place=place,
        because=outcome.because,
        grant_id=outcome.grant_id,
        pass_only=outcome.pass_only,
    )
    records = [Record("visit", facts.holder, arrived)]
    records += [
        Record("booking", fact.id, BookingClaimed(now))
        for fact in facts.bookings
        if fact.id == outcome.grant_id and fact.booking.claimed_at is None
    ]
    return CheckIn(outcome, tuple(records))


def refuse_unread(reason: Reason, phone: str, people: int, place: str, now: datetime) -> CheckIn:
    """The answer to a text that is not a pass of this house."""
    record = Record("visit", UNREAD, EntryRefused(None, reason.value, people, now, place))
    return CheckIn(Refused(reason, (AskStaff(phone),)), (record,))


def decide_departure(facts: AccessFacts, people: int, now: datetime) -> Record | None:
    """Leaving is never refused; None when nobody of a party is known to be inside.

    One person's leaving is recorded in any case: another kiosk may have let them in and not
    told it yet.
    """
    day, alone = local_date(now, facts.site.zone), facts.party == 1
    people = 1 if alone else min(people, facts.inside(now))
    return Record("visit", facts.holder, Departed(people, day, now, alone)) if people else None


def judge_arrival(facts: AccessFacts, arrived: Arrived, door_id: str | None) -> Reason | None:
    """Why the rule would have decided otherwise, knowing all there is; None: it agrees.

    `facts` are those before the arrival is recorded.
    """
    ask = Ask(door_id=door_id, people=arrived.people)
    outcome = decide_access(facts, ask, arrived.at)
    return None if isinstance(outcome, Admitted) else outcome.reason


def _refusal(facts: AccessFacts, refused: Refused, ask: Ask, place: str, now: datetime) -> Record:
    event = EntryRefused(facts.pass_id, refused.reason.value, ask.people, now, place)
    return Record("visit", facts.holder, event)
