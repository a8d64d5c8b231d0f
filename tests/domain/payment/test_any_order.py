"""Whatever a provider says, in any order and however often, ends in the truth."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.payment import (
    Ended,
    News,
    Payment,
    PaymentEvent,
    ProviderFact,
    RefundAsked,
    decide_fact,
    decide_refund,
    evolve,
)

NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)
FRESH = Payment(2500, "EUR", "booking", "b1", None, "sim", NOW, NOW + timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class Told:
    """All that happened at the provider, fact by fact, and what of it we were told."""

    truth: tuple[ProviderFact, ...]
    heard: tuple[ProviderFact, ...]


@st.composite
def stories(draw: st.DrawFn) -> Told:
    """Money comes in parts, in full or not at all, before or after an end, and goes back."""
    fact = ProviderFact("ref", "EUR", pay_url="url")
    truth = [fact]
    for _ in range(draw(st.integers(0, 5))):
        match draw(st.sampled_from(["pay", "part", "end", "refund", "same"])):
            case "pay":
                fact = replace(fact, paid_cents=max(2500, fact.paid_cents), method="card")
            case "part":
                fact = replace(fact, paid_cents=fact.paid_cents + draw(st.integers(1, 900)))
            case "end" if fact.ended is None:
                fact = replace(fact, ended=draw(st.sampled_from(Ended)))
            case "refund":
                kept = fact.paid_cents - fact.refunded_cents
                fact = replace(
                    fact, refunded_cents=fact.refunded_cents + draw(st.integers(0, kept))
                )
            case _:
                pass
        truth.append(fact)
    heard = draw(st.lists(st.sampled_from(truth), max_size=8))
    return Told(tuple(truth), tuple(draw(st.permutations([*heard, truth[-1]]))))


def believed(payment: Payment, fact: ProviderFact) -> tuple[Payment, tuple[PaymentEvent, ...]]:
    news = decide_fact(payment, fact)
    assert isinstance(news, News)
    for event in news.events:
        after = evolve(payment, event)
        assert after is not None
        payment = after
    return payment, news.events


def after_all(facts: tuple[ProviderFact, ...]) -> Payment:
    payment = FRESH
    for fact in facts:
        payment, _ = believed(payment, fact)
    return payment


@given(stories())
def test_any_order_and_repetition_ends_in_the_truth(told: Told) -> None:
    truth, heard = after_all(told.truth), after_all(told.heard)
    assert replace(heard, method="") == replace(truth, method="")
    last = told.truth[-1]
    assert (heard.paid_cents, heard.refunded_cents) == (last.paid_cents, last.refunded_cents)
    assert heard.is_settled == (last.paid_cents >= 2500)
    assert (heard.ended is None) == (heard.is_settled or last.ended is None)


@given(stories())
def test_money_only_grows_and_no_transition_happens_twice(told: Told) -> None:
    payment, all_events = FRESH, []
    for fact in told.heard:
        after, events = believed(payment, fact)
        assert after.paid_cents >= payment.paid_cents >= 0
        assert after.paid_cents >= after.refunded_cents >= payment.refunded_cents >= 0
        assert not payment.is_settled or after.is_settled, "what was paid stays paid"
        assert believed(after, fact) == (after, ())
        assert not events or after != payment
        payment, all_events = after, [*all_events, *events]
    assert len(set(all_events)) == len(all_events)


@given(stories(), st.lists(st.tuples(st.sampled_from("abc"), st.integers(-5, 3000)), max_size=6))
def test_refunds_by_people_never_exceed_what_was_paid(
    told: Told, wishes: list[tuple[str, int]]
) -> None:
    payment = after_all(told.heard)
    for refund_id, cents in wishes:
        decided = decide_refund(payment, refund_id, cents, NOW)
        if isinstance(decided, RefundAsked):
            payment = evolve(payment, decided) or payment
        on_its_way = sum(each.cents for each in payment.open_refunds)
        assert payment.refunded_cents + on_its_way <= payment.paid_cents
        assert payment.refundable_cents >= 0
