"""The admission rule, sentence by sentence."""

import pytest

from domain.access import (
    Act,
    Admitted,
    AskStaff,
    BuyDayPass,
    Do,
    EnterFewer,
    Pay,
    Reason,
    Refused,
    Remedy,
    UseDoor,
    Wait,
    apply_remedy,
    decide_access,
)
from tests.domain.access.table import Row, rows
from tests.domain.house import BERLIN

ROWS = list(rows())
NOT_FROM_THE_RULE = {"unknown_version", "bad_signature"}
"""Reasons that the code reader gives before anything is known."""


def in_words(remedy: Remedy) -> str:
    match remedy:
        case Wait(until):
            return f"wait {until.astimezone(BERLIN):%H:%M}"
        case Do(act):
            return act_in_words(act)
        case AskStaff(phone):
            return f"staff {phone}"


def act_in_words(act: Act) -> str:
    match act:
        case Pay(cents, grant):
            return f"pay {cents} {grant}"
        case BuyDayPass(cents, until):
            return f"day pass {cents} until {until.astimezone(BERLIN):%H:%M}"
        case UseDoor(door):
            return f"use {door}"
        case EnterFewer(people):
            return f"fewer {people}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.sentence)
def test_the_answer_and_the_ways_out_are_as_the_sentence_says(row: Row) -> None:
    outcome = decide_access(row.facts, row.ask, row.now)
    if isinstance(outcome, Admitted):
        assert (outcome.because, ()) == (row.answer, row.ways_out)
        assert outcome.until > row.now
    else:
        ways = tuple(in_words(remedy) for remedy in outcome.remedies)
        assert (outcome.reason.value, ways) == (row.answer, (*row.ways_out, "staff 030 1234"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.sentence)
def test_each_way_out_leads_in(row: Row) -> None:
    outcome = decide_access(row.facts, row.ask, row.now)
    for remedy in outcome.remedies if isinstance(outcome, Refused) else ():
        if not isinstance(remedy, AskStaff):
            then = apply_remedy(row.facts, row.ask, row.now, remedy)
            assert isinstance(decide_access(*then), Admitted), remedy


def test_every_reason_and_every_grant_has_a_sentence() -> None:
    answers = {row.answer for row in ROWS}
    reasons = {reason.value for reason in Reason}
    assert reasons - answers == NOT_FROM_THE_RULE
    assert answers - reasons == {"membership", "booking", "day_pass", "invitation", "staff"}


def test_no_two_sentences_are_the_same() -> None:
    assert len({row.sentence for row in ROWS}) == len(ROWS)
