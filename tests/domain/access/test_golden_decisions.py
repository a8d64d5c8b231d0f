"""What the rule decided before it decides again, or its number has been raised."""

from hypothesis import given

from domain.access import RULE, AccessFacts
from ledger.codec import canonical, decode
from tests.domain.access import golden
from tests.domain.access.table import rows
from tests.domain.worlds import Case, cases


def test_the_recorded_decisions_are_those_of_this_rule() -> None:
    assert golden.load()[0] == RULE, golden.CHANGED


def test_the_rule_decides_as_it_did() -> None:
    assert golden.changed() == [], golden.CHANGED


def test_every_sentence_of_the_table_is_recorded_as_it_stands() -> None:
    recorded = {d.sentence: (d.facts, d.ask, d.now) for d in golden.load()[1]}
    assert recorded == {row.sentence: (row.facts, row.ask, row.now) for row in rows()}


@given(cases())
def test_facts_that_were_stored_are_the_same_facts(case: Case) -> None:
    assert decode(canonical(case.facts), AccessFacts) == case.facts
