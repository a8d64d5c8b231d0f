"""The rule says what looking at every single minute says."""

from dataclasses import replace

from hypothesis import given

from domain.access import Admitted, Outcome, Refused, Wait, decide_access
from tests.domain.how_often import times
from tests.domain.oracle import Opinion, opinion
from tests.domain.worlds import Case, cases


def as_opinion(outcome: Outcome, wait: Wait | None) -> Opinion:
    match outcome:
        case Admitted():
            by, until = outcome.because, outcome.until
            zones, alone = outcome.zones, outcome.pass_only
            return Opinion(None, by, outcome.grant_id, until, zones, pass_only=alone)
        case Refused():
            return Opinion(outcome.reason.value, wait=wait.until if wait else None)


def offered_wait(outcome: Outcome) -> Wait | None:
    if isinstance(outcome, Admitted):
        return None
    found = [remedy for remedy in outcome.remedies if isinstance(remedy, Wait)]
    assert len(found) <= 1
    return found[0] if found else None


def expected_of(case: Case) -> Opinion:
    """The oracle's opinion; the next opening is worth telling only if it would admit."""
    seen = opinion(case.facts, case.ask, case.now)
    if seen.wait is None:
        return seen
    other = case.ask.other_now and case.ask.other_now + (seen.wait - case.now)
    then = opinion(case.facts, replace(case.ask, other_now=other), seen.wait)
    return seen if then.reason is None else replace(seen, wait=None)


@times(10)
@given(cases())
def test_the_rule_admits_refuses_names_and_offers_waiting_as_the_oracle_does(case: Case) -> None:
    outcome = decide_access(case.facts, case.ask, case.now)
    assert as_opinion(outcome, offered_wait(outcome)) == expected_of(case)
