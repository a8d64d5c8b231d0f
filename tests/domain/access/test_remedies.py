"""What a refusal offers works, and nobody is left without a way out."""

from hypothesis import given

from domain.access import Admitted, AskStaff, Reason, Refused, apply_remedy, decide_access
from tests.domain.how_often import times
from tests.domain.worlds import Case, cases


def refusal_of(case: Case) -> Refused | None:
    outcome = decide_access(case.facts, case.ask, case.now)
    return outcome if isinstance(outcome, Refused) else None


@times(4)
@given(cases())
def test_whoever_follows_a_remedy_is_let_in(case: Case) -> None:
    refused = refusal_of(case)
    for remedy in refused.remedies if refused else ():
        if not isinstance(remedy, AskStaff):
            facts, ask, then = apply_remedy(case.facts, case.ask, case.now, remedy)
            assert then >= case.now
            assert isinstance(decide_access(facts, ask, then), Admitted), remedy


@given(cases())
def test_the_staff_come_last_and_once_and_alone_where_only_they_can_help(case: Case) -> None:
    refused = refusal_of(case)
    if refused is None:
        return
    assert [isinstance(r, AskStaff) for r in refused.remedies].count(True) == 1
    assert refused.remedies[-1] == AskStaff(case.facts.site.phone)
    if refused.reason in (Reason.BLOCKED, Reason.CLOCK_IN_DOUBT):
        assert len(refused.remedies) == 1
    assert len(set(refused.remedies)) == len(refused.remedies)


@given(cases())
def test_what_has_ended_is_said_to_have_ended_in_the_past(case: Case) -> None:
    refused = refusal_of(case)
    if refused and refused.since is not None:
        assert refused.since <= case.now


@given(cases())
def test_the_same_question_has_the_same_answer(case: Case) -> None:
    first = decide_access(case.facts, case.ask, case.now)
    assert first == decide_access(case.facts, case.ask, case.now)
