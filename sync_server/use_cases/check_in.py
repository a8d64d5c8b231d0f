"""Checking in for other people's doors and apps: the kiosk's rule, asked over HTTP.

What was presented is read before the stream is locked; the decision and its record are one
unit of work. An id is answered once: whoever asks the same again gets the stored answer.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.access import RULE, Admitted, Ask, Outcome, Reason, Refused
from domain.access.build import Seen, build_facts
from domain.calendar import local_date
from domain.check_in import UNREAD, CheckIn, Record, decide_check_in, refuse_unread
from domain.codes import CodeProblem, PassCode, VerifyWith, normal_short_code, read_code
from domain.site import Site
from domain.subjects import site_stream
from domain.sync import DecisionWire
from domain.visit import Arrived
from ledger.codec import canonical, decode, encode_text
from ledger.seal import short_code_hash
from ledger.unit import Unit
from sync_server.use_cases.judge_up import raise_contradiction
from sync_server.use_cases.spoken import Circle, Spoken, say

NOW_S: Final = 60
OLDEST: Final = timedelta(hours=72)
MAX_SAW_BYTES: Final = 2048


class No(StrEnum):
    """Why a request is not taken at all; nothing of it is recorded."""

    ID_REUSED = "id_reused"
    FORBIDDEN = "forbidden"
    BAD_TIME = "bad_time"


@dataclass(frozen=True, slots=True)
class Presented:
    """What a text turned out to be: a signed pass, the hash of a short code, or neither."""

    code: PassCode | None = None
    short_hash: str | None = None
    problem: Reason | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One request: who asks (`asker` is the token's id), what was presented, where and when."""

    asker: str
    id: str
    place: str
    site_id: str
    presented: Presented
    people: int
    at: datetime | None
    may_be_offline: bool
    language: str
    content: str
    """The hash of the request as it was written, to tell a repetition from another one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`again`: it was given before. `unread`: no pass was found for a typed code."""

    spoken: Spoken
    again: bool = False
    unread: bool = False


def read_presented(text: str, verify: VerifyWith, site: Site) -> Presented:
    """What `text` is; costs a signature or an argon2id, so not under a lock."""
    typed = normal_short_code(text)
    if typed is not None and site.short_code_salt:
        return Presented(short_hash=short_code_hash(typed, site.short_code_salt))
    code = read_code(text, verify)
    if isinstance(code, CodeProblem):
        return Presented(problem=Reason(code.value))
    return Presented(code=code)


def content_hash(code: str, place: str, at: datetime | None, people: int) -> str:
    return hashlib.sha256(canonical([code, place, at, people])).hexdigest()


def check_in(unit: Unit, request: Request) -> Answer | No:
    """Answer a request once. Locks the site's stream."""
    scope = f"check-in:{request.asker}"
    if known := unit.stored(scope, request.id):
        if known[0] != request.content:
            return No.ID_REUSED
        return Answer(decode(known[1], Spoken), again=True)
    at = _when(unit, request)
    if isinstance(at, No):
        return at
    answer = _Deciding(unit, request, at).answer()
    unit.store(scope, request.id, request.content, encode_text(answer.spoken))
    return answer


def _when(unit: Unit, request: Request) -> datetime | No | None:
    """The time of an act of the past; None: it is decided now."""
    if request.at is None or abs(request.at - unit.now) <= timedelta(seconds=NOW_S):
        return None
    if request.at > unit.now or request.at < unit.now - OLDEST:
        return No.BAD_TIME
    return request.at if request.may_be_offline else No.FORBIDDEN


@dataclass(slots=True)
class _Deciding:
    """One decision. `at` None: now; else it happened then and is judged."""

    unit: Unit
    request: Request
    at: datetime | None

    @property
    def now(self) -> datetime:
        return self.at or self.unit.now

    def answer(self) -> Answer:
        site = self.unit.full("site", self.request.site_id, Site)
        assert site is not None, "the place was found a moment ago"
        seen = self._seen()
        decided = self._decide(seen, site)
        event_id = self._record(decided, seen)
        circle = Circle(self.unit, self.request.site_id, site, self.now, self.request.language)
        spoken = replace(say(circle, decided.outcome), event_id=event_id)
        unread = seen is None and self.request.presented.short_hash is not None
        if self.at is None:
            return Answer(spoken, unread=unread)
        return Answer(self._happened(circle, decided.outcome, spoken), unread=unread)

    def _seen(self) -> Seen | None:
        """The facts about what was presented; None if it is no pass of this house."""
        presented, site_id = self.request.presented, self.request.site_id
        code = presented.code
        if presented.short_hash is not None:
            pass_id = self.unit.at_site(site_id).pass_by_short_code(presented.short_hash)
        else:
            pass_id = code.pass_id if code else None
        if pass_id is None:
            return None
        states = self.unit.about_pass(site_id, pass_id, code)
        return build_facts(states, site_id, pass_id, code)

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
            party=facts.party if facts else 1,
            day=local_date(self.now, site.zone),
            at=self.now,
            place=self.request.place,
            because="reported",
            grant_id="",
        )
        return Record("visit", facts.holder if facts else UNREAD, arrived)

    def _record(self, decided: CheckIn, seen: Seen | None) -> str:
        """Append all records; the id of the first, which is the arrival or the refusal."""
        actor = f"api:{self.request.asker}"
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
        welcome = say(circle, Admitted("reported", "", self.now, 0))
        return replace(
            welcome, event_id=spoken.event_id, until=None, judged=True, contradiction=spoken.reason
        )


def saw_text(seen: Seen | None) -> str:
    """Ids and versions of what a decision saw; very many are named by their hash."""
    text = encode_text(seen.seqs if seen else ())
    if len(text.encode()) <= MAX_SAW_BYTES:
        return text
    return encode_text({"sha256": hashlib.sha256(text.encode()).hexdigest()})
