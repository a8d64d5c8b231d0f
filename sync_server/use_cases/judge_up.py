"""Judging what already happened: where the rule would have decided otherwise, staff are told."""

from domain.access.build import build_facts
from domain.access.outcomes import Reason
from domain.check_in import judge_arrival
from domain.contradiction import Contradiction, ContradictionRaised
from domain.subjects import Body
from domain.visit import Arrived
from ledger.unit import Unit


def judge(unit: Unit, site_id: str, body: Body) -> str | None:
    """The code of the contradiction an event means, or None. Call before it is recorded."""
    if not isinstance(body, Arrived):
        return None
    states = unit.about_pass(site_id, body.pass_id)
    seen = build_facts(states, site_id, body.pass_id)
    if seen is None:
        return Reason.UNKNOWN_CODE.value
    door_id = body.place if seen.facts.site.door(body.place) else None
    reason = judge_arrival(seen.facts, body, door_id)
    return reason.value if reason else None


def raise_contradiction(unit: Unit, stream: str, about: tuple[str, str, str], code: str) -> None:
    """Tell staff; `about` is kind, subject and event. One event raises at most one.

    A party that is too many is one matter, in however many bunches it came: it is raised
    again only when it had been settled.
    """
    kind, subject, event_id = about
    matter = f"{stream}:{subject}:{code}" if code == Reason.PARTY_FULL else event_id
    standing = unit.full("contradiction", matter, Contradiction)
    if standing is None or standing.settled_at is not None:
        raised = Contradiction(code, kind, subject, event_id, unit.now)
        unit.append(stream, "contradiction", matter, ContradictionRaised(raised), actor="server")
