"""Every kind of subject is registered, and all of it survives the one encoding."""

import dataclasses
import importlib
import pkgutil
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import domain
from domain.booking.series import SeriesRule
from domain.calendar import DAY_MIN, WeeklyHours
from domain.subjects import HOUSE_KINDS, SUBJECTS, Body, Subject
from ledger.codec import (
    UnknownKind,
    canonical,
    decode,
    decode_event,
    decode_state,
    encode_text,
    kind_text,
    subject_kind,
)
from tests.domain.how_often import one_in

KINDS = sorted(SUBJECTS)
NUMBERS = st.integers(-(2**63), 2**63 - 1)
UTC_TIMES = st.datetimes(timezones=st.just(UTC))
HOURS = st.builds(
    lambda day, edges: WeeklyHours(day, min(edges), max(edges)),
    st.integers(0, 6),
    st.sets(st.integers(0, DAY_MIN), min_size=2, max_size=2),
)
RULES = st.builds(
    lambda first, edges, rrule, skipped: SeriesRule(first, min(edges), max(edges), rrule, skipped),
    st.dates(),
    st.sets(st.integers(0, DAY_MIN - 1), min_size=2, max_size=2),
    st.text(),
    st.frozensets(st.dates(), max_size=5),
)


@pytest.fixture(autouse=True, scope="module")
def _what_can_be_encoded() -> None:
    st.register_type_strategy(int, NUMBERS)
    st.register_type_strategy(datetime, UTC_TIMES)
    st.register_type_strategy(WeeklyHours, HOURS)
    st.register_type_strategy(SeriesRule, RULES)


def event_unions() -> dict[str, Any]:
    """Every `...Event` union of every module of the domain."""
    found = {}
    for module in pkgutil.iter_modules(domain.__path__):
        for name, value in vars(importlib.import_module(f"domain.{module.name}")).items():
            if name.endswith("Event") and get_args(value):
                found[f"{module.name}.{name}"] = get_args(value)
    return found


def test_every_event_of_every_union_is_registered_under_one_subject() -> None:
    registered = [event for subject in SUBJECTS.values() for event in subject.events.values()]
    unions = event_unions()
    assert len(set(unions.values())) == len(SUBJECTS)
    assert set(registered) == {event for union in unions.values() for event in union}
    assert len(registered) == len(set(registered))
    assert set(registered) == set(get_args(Body))


def test_names_are_unique() -> None:
    names = [name for subject in SUBJECTS.values() for name in subject.events]
    assert len(names) == len(set(names))
    assert all(kind == subject.kind for kind, subject in SUBJECTS.items())
    assert set(SUBJECTS) >= HOUSE_KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_states_and_events_are_frozen_and_slotted(kind: str) -> None:
    subject = SUBJECTS[kind]
    for type_ in (subject.state, *subject.events.values()):
        assert dataclasses.is_dataclass(type_)
        assert type_.__dataclass_params__.frozen, type_  # type: ignore[attr-defined]
        assert "__slots__" in vars(type_), type_


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_survives_the_encoding(kind: str) -> None:
    subject = SUBJECTS[kind]

    @one_in(4)
    @given(st.from_type(subject.state))
    def survives(state: Any) -> None:
        text = encode_text(state)
        assert decode_state(kind, text) == state
        assert encode_text(decode_state(kind, text)) == text

    survives()


@pytest.mark.parametrize("kind", KINDS)
def test_every_event_survives_the_encoding_under_its_name(kind: str) -> None:
    events = st.one_of(*(st.from_type(event) for event in SUBJECTS[kind].events.values()))

    @one_in(4)
    @given(events)
    def survives(event: Any) -> None:
        name = kind_text(kind, event)
        assert subject_kind(name) == kind
        again = decode_event(name, encode_text(event))
        assert again == event
        assert type(again) is type(event)

    survives()


@pytest.mark.parametrize("kind", KINDS)
def test_any_event_upon_any_state_gives_a_state_that_can_be_stored(kind: str) -> None:
    subject = SUBJECTS[kind]
    events = st.one_of(*(st.from_type(event) for event in subject.events.values()))

    @one_in(4)
    @given(st.none() | st.from_type(subject.state), st.lists(events, max_size=4))
    def folds(state: Any, happened: list[Any]) -> None:
        for event in happened:
            state = subject.evolve(state, event)
        if state is not None:
            assert decode_state(kind, canonical(state)) == state

    folds()


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kiosk_gets_is_a_state_of_the_same_kind_and_reduced_for_good(kind: str) -> None:
    subject = SUBJECTS[kind]
    reduce = subject.reduce
    if reduce is None:
        assert kind in ("account", "attempt", "contradiction", "kiosk", "payment", "series")
        return

    @one_in(4)
    @given(st.from_type(subject.state))
    def reduces(state: Any) -> None:
        reduced = reduce(state)
        assert type(reduced) is subject.state
        assert reduce(reduced) == reduced

    reduces()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "visit",
        "visit.Arrived",
        "visit.Arrived/2",
        "visit.Arrived/1/1",
        "visit.ItemIssued/1",
        "item.ItemIssued/1",
        "plan.Arrived/1",
        ".Arrived/1",
    ],
)
def test_an_event_of_a_kind_not_known_yet_is_kept_for_later(text: str) -> None:
    with pytest.raises(UnknownKind):
        decode_event(text, "{}")


def test_fields_of_a_newer_program_are_ignored() -> None:
    assert decode('{"people":1,"day":"2026-06-15","at":"2026-06-15T10:00:00Z","mood":"good"}',
                  SUBJECTS["visit"].events["Departed"])  # fmt: skip


def test_the_registry_cannot_be_changed() -> None:
    assert isinstance(SUBJECTS, MappingProxyType)
    assert all(isinstance(subject.events, MappingProxyType) for subject in SUBJECTS.values())
    assert all(isinstance(subject, Subject) for subject in SUBJECTS.values())
