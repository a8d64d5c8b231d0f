"""The catalogue: every code in every language, with the same values, in the house style."""

import re
from datetime import UTC, date, datetime

import pytest

from domain.access import Reason
from domain.door import DoorOutcome
from domain.money import Money
from wording import LOCALES, codes, keep_together, money, sentence, split_message
from wording.sentences import _catalogue

AT = datetime(2026, 5, 14, 6, 45, tzinfo=UTC)
_VALUE = re.compile(r"\{(\w+)\}")


def test_german_says_all_that_english_says() -> None:
    assert len(codes("en")) > 150
    assert codes("en") == codes("de")


def test_formal_german_only_differs() -> None:
    formal, german = _catalogue("de_formal"), _catalogue("de")
    assert len(formal) > 30
    assert set(formal) <= set(german)
    assert [code for code in formal if formal[code] == german[code]] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_each_sentence_has_the_values_of_the_english_one(locale: str) -> None:
    for code, forms in _catalogue(locale).items():
        english = set(_VALUE.findall(_catalogue("en")[code][-1]))
        assert set(_VALUE.findall(forms[-1])) == english, code
        assert all(set(_VALUE.findall(form)) <= english for form in forms), code


def test_du_never_meets_sie() -> None:
    du = re.compile(r"\b(du|dich|dir|dein\w*|euch|euer\w*|seid)\b", re.I)
    for code in codes("de_formal"):
        for form in _catalogue("de_formal")[code]:
            assert not du.search(form), form
    for code in codes("de") - codes("de_formal"):
        for form in _catalogue("de")[code]:
            assert not du.search(form), f"{code} has no formal form: {form}"


@pytest.mark.parametrize("locale", LOCALES)
def test_nobody_is_at_fault(locale: str) -> None:
    blame = re.compile(r"error|invalid|denied|fehler|ungültig|verweigert|abgelehnt|!", re.I)
    for code in codes(locale):
        for form in _catalogue(locale)[code]:
            assert not blame.search(form), form


def test_every_reason_and_door_outcome_has_words() -> None:
    assert {f"reason.{reason.value}" for reason in Reason} <= codes("en")
    told = {"jammed", "no_answer", "not_connected", "unknown"}
    assert told <= {outcome.value for outcome in DoorOutcome}
    assert {f"door.{outcome}" for outcome in told} <= codes("en")


def test_values_are_told_in_the_house_style() -> None:
    params = {"since": AT, "zone": "Europe/Berlin", "count": 17}
    said = sentence("status.offline", params, "en")
    assert said == "Offline since 8:45, 17 entries waiting, nothing lost."
    assert "1 entry waiting" in sentence("status.offline", params | {"count": 1}, "en")
    assert sentence("reason.expired.date", {"since": date(2026, 5, 1)}, "de").endswith(
        "Freitag, 1. Mai."
    )


def test_a_name_with_an_initial_does_not_double_the_full_stop() -> None:
    assert sentence("goodbye", {"name": "Jana O."}, "en") == "See you, Jana O."


@pytest.mark.parametrize(
    ("cents", "locale", "said"),
    [
        (2500, "en", "€25"),
        (650, "en", "€6.50"),
        (2500, "de", "25\u00a0€"),
        (123450, "de_formal", "1.234,50\u00a0€"),
    ],
)
def test_money_has_decimals_only_where_needed(cents: int, locale: str, said: str) -> None:
    assert money(Money(cents), locale) == said


def test_an_unknown_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        sentence("no.such.code", {}, "en")
    with pytest.raises(KeyError):
        sentence("home.free.until", {}, "en")


@pytest.mark.parametrize(
    ("message", "big"),
    [
        ("Welcome, Jana O.: Booth 2 is yours until 11:30.", "Welcome, Jana O.:"),
        ("Welcome, Guest 1: come in.", "Welcome, Guest 1:"),
        ("This code was good until 9:00. Ask us.", "This code was good until 9:00."),
        ("Dieser Code galt am Freitag, 1. Mai. Frag uns.", "Dieser Code galt am Freitag, 1. Mai."),
        ("See you, Jana.", "See you, Jana."),
        ("no end", "no end"),
    ],
)
def test_a_message_splits_at_its_first_full_stop_or_colon(message: str, big: str) -> None:
    first, rest = split_message(message)
    assert first == big
    assert f"{first} {rest}".strip() == message


def test_the_last_words_stay_together_if_they_are_short() -> None:
    assert keep_together("Take a day pass, or ask us.").endswith("or\u00a0ask\u00a0us.")
    assert keep_together("The door is open.") == "The door is open."
