"""One check-in decided, recorded and put in words, in one unit of work."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.access import RULE, Admitted, Ask, Outcome, Reason, Refused
from domain.access.build import Seen, build_facts
from domain.calendar import local_date
from domain.check_in import UNREAD, CheckIn, Record, decide_check_in, refuse_unread
from domain.site import Site
from domain.subjects import site_stream
from domain.sync import DecisionWire
from domain.visit import MOST_PEOPLE, Arrived
from ledger.saw import saw_text
from ledger.unit import Unit
from sync_server.use_cases.booking.arrivals import after_arrival
from sync_server.use_cases.booking.no_shows import give_back
from sync_server.use_cases.judge_up import raise_contradiction
from sync_server.use_cases.presented import Request
from sync_server.use_cases.spoken import Circle, Spoken, say


@dataclass(slots=True)
class Deciding:
    """One decision. `at` None: now; else it happened then and is judged."""

    unit: Unit
    request: Request
    at: datetime | None

    @property
    def now(self) -> datetime:
        return self.at or self.unit.now

    def spoken(self) -> tuple[Spoken, bool]:
        """The answer, and whether a typed code was nobody's."""
        seen = self._seen()
        site = self.unit.full("site", self.request.site_id, Site)
        assert site is not None, "the place was found a moment ago"
        decided = self._decide(seen, site)
        if seen is not None and self._gets_something_back(seen, decided.outcome):
            seen = self._seen()
            decided = self._decide(seen, site)
        event_id = self._record(decided, seen)
        circle = Circle(self.unit, self.request.site_id, site, self.now, self.request.language)
        spoken = replace(say(circle, decided.outcome), event_id=event_id)
        unread = seen is None and self.request.presented.short_hash is not None
        if self.at is None:
            return spoken, unread
        return self._happened(circle, decided.outcome, spoken), unread

    def _seen(self) -> Seen | None:
        """The facts about what was presented; None if it is no pass of this house."""
        presented, site_id = self.request.presented, self.request.site_id
        code = presented.code
        if presented.short_hash is not None:
            pass_id = self.unit.at_site(site_id).pass_by_short_code(presented.short_hash)
        else:
            pass_id = code.pass_id if code else presented.pass_id
        if pass_id is None:
            return None
        states = self.unit.about_pass(site_id, pass_id, code)
        return build_facts(states, site_id, pass_id, code)

    def _gets_something_back(self, seen: Seen, outcome: Outcome) -> bool:
        """Whoever is here has come after all: what was released is theirs if still free."""
        ended = isinstance(outcome, Refused) and outcome.reason is Reason.CANCELLED
        if self.at is not None or not (ended or isinstance(outcome, Admitted)):
            return False
        bookings, actor = seen.facts.bookings, self.request.actor
        given = [give_back(self.unit, fact.id, actor) for fact in bookings]
        return any(given)

    def _decide(self, seen: Seen | None, site: Site) -> CheckIn:
        request = self.request
        if seen is None:
            why = request.presented.problem or Reason.UNKNOWN_CODE
            checked = refuse_unread(why, site.phone, request.people, request.place, self.now)
        else:
            door = request.place if site.door(request.place) else None
            ask = Ask(door_id=door, people=request.people)
            checked = decide_check_in(seen.facts, ask, request.place, self.now)
        if self.at is None or isinstance(checked.outcome, Admitted):
            return checked
        return CheckIn(checked.outcome, (self._arrived_anyway(seen, site),))

    def _arrived_anyway(self, seen: Seen | None, site: Site) -> Record:
        """What happened is recorded, whatever the rule would have said."""
        facts = seen.facts if seen else None
        arrived = Arrived(
            pass_id=facts.pass_id if facts else UNREAD,
            person_id=facts.person_id if facts else None,
            people=self.request.people,
            party=facts.party if facts else MOST_PEOPLE,  # nobody knows: they add up
            day=local_date(self.now, site.zone),
            at=self.now,
            place=self.request.place,
            because="reported",
            grant_id="",
        )
        return Record("visit", facts.holder if facts else UNREAD, arrived)

    def _record(self, decided: CheckIn, seen: Seen | None) -> str:
        """Append all records; the id of the first, which is the arrival or the refusal."""
        actor = self.request.actor
        decision = DecisionWire(RULE, saw_text(seen))
        ids = [
            self.unit.append(
                site_stream(self.request.site_id),
                record.kind,
                record.subject,
                record.body,
                actor=actor,
                at=self.now,
                origin=actor,
                decision=decision,
            ).event_id
            for record in decided.records
        ]
        for record in decided.records:
            after_arrival(self.unit, record.body)
        if self.at is not None and isinstance(decided.outcome, Refused):
            record = decided.records[0]
            about = (record.kind, record.subject, ids[0])
            code = decided.outcome.reason.value
            raise_contradiction(self.unit, site_stream(self.request.site_id), about, code)
        return ids[0]

    def _happened(self, circle: Circle, outcome: Outcome, spoken: Spoken) -> Spoken:
        """The answer about the past: they are in; whether the rule agrees stands beside it."""
        if isinstance(outcome, Admitted):
            return replace(spoken, judged=True)
        welcome = say(circle, Admitted("reported", "", None, 0))
        return replace(welcome, event_id=spoken.event_id, judged=True, contradiction=spoken.reason)
