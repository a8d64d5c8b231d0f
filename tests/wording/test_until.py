"""Until when: the time, with whatever a person needs to know which time it is."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from wording import sentence, until_when

BERLIN = "Europe/Berlin"
NOON = datetime(2026, 6, 15, 12, tzinfo=ZoneInfo(BERLIN))


def at(text: str, zone: str = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("ends", "english", "german"),
    [
        ("2026-06-15T18:00", "18:00", "18:00"),
        ("2026-06-16T00:00", "midnight", "Mitternacht"),
        ("2026-06-16T02:00", "Tuesday 16 June, 2:00", "Dienstag, 16. Juni, 2:00"),
        (
            "2026-09-01T00:00",
            "the end of Monday 31 August",
            "einschließlich Montag, 31. August",
        ),
        (
            "2027-01-01T00:00",
            "the end of Thursday 31 December",
            "einschließlich Donnerstag, 31. Dezember",
        ),
        ("2027-06-15T12:00", "Tuesday 15 June 2027, 12:00", "Dienstag, 15. Juni 2027, 12:00"),
        (
            "2027-09-01T00:00",
            "the end of Tuesday 31 August 2027",
            "einschließlich Dienstag, 31. August 2027",
        ),
    ],
)
def test_another_day_is_named_and_what_ends_with_its_day_is_told_by_that_day(
    ends: str, english: str, german: str
) -> None:
    assert until_when(at(ends), NOON, BERLIN, "en") == english
    assert until_when(at(ends), NOON, BERLIN, "de") == german
    assert until_when(at(ends), NOON, BERLIN, "de_formal") == german


def test_a_day_whose_midnight_is_skipped_ends_with_the_jump() -> None:
    """In Havana the clocks go from 0:00 to 1:00."""
    jump = datetime.fromisoformat("2026-03-08T05:00:00+00:00")
    evening = datetime.fromisoformat("2026-03-08T01:00:00+00:00")
    assert until_when(jump, evening, "America/Havana", "en") == "midnight"


def test_it_stands_behind_until_in_a_sentence() -> None:
    for locale, whole in (
        ("en", "you can stay until the end of Monday 31 August."),
        ("de", "Du kannst bis einschließlich Montag, 31. August bleiben."),
        ("de_formal", "Sie können bis einschließlich Montag, 31. August bleiben."),
    ):
        until = until_when(at("2026-09-01T00:00"), NOON, BERLIN, locale)
        assert sentence("welcome.house", {"until": until}, locale) == whole
