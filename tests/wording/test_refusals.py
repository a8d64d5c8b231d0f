"""Refusals in words: why not, then the nearest way out."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from domain.access import (
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
)
from wording import LOCALES, Circumstances, refusal_sentence

NOW = datetime(2026, 5, 14, 6, 31, tzinfo=UTC)
AROUND = Circumstances(NOW, "Europe/Berlin", place="Kiln", doors={"d2": "Courtyard door"})


def said(reason: Reason, *remedies: Remedy, locale: str = "en", **more: datetime) -> str:
    return refusal_sentence(Refused(reason, (*remedies, AskStaff()), **more), AROUND, locale)


def test_early_names_the_time_the_room_opens() -> None:
    wait = Wait(NOW + timedelta(minutes=14))
    assert said(Reason.NOT_YET_VALID, wait) == "You’re early: your room opens at 8:45. Take a seat."
    german = said(Reason.NOT_YET_VALID, wait, locale="de_formal")
    assert german == "Sie sind früh dran: Ihr Raum öffnet um 8:45. Setzen Sie sich gern."


def test_a_wait_until_another_day_names_the_day() -> None:
    assert said(Reason.NOT_YET_VALID, Wait(NOW + timedelta(days=2))).endswith(
        "it begins Saturday 16 May, 8:31. See you then."
    )


@pytest.mark.parametrize(
    ("since", "clause"),
    [
        (NOW - timedelta(minutes=31), "This code was good until 8:00."),
        (datetime(2026, 5, 13, 22, tzinfo=UTC), "This code was for yesterday."),
        (datetime(2026, 5, 9, 16, tzinfo=UTC), "This code was for Saturday 9 May."),
    ],
)
def test_an_expired_code_says_when_it_was_good(since: datetime, clause: str) -> None:
    assert said(Reason.EXPIRED, since=since).startswith(clause)


@pytest.mark.parametrize(
    ("remedy", "way_out"),
    [
        (Do(BuyDayPass(2500, NOW)), "Take a day pass for €25 at the desk, or ask us."),
        (Do(Pay(650, "b")), "€6.50 are open. Pay at the desk and come in."),
        (Do(UseDoor("d2")), "Please use “Courtyard door”."),
        (Do(EnterFewer(3)), "3 more of you can come in."),
        (Do(EnterFewer(1)), "One more of you can come in."),
        (AskStaff("030\u00a012"), "Please come to the desk, or call 030\u00a012."),
    ],
)
def test_the_nearest_way_out_ends_the_message(remedy: Remedy, way_out: str) -> None:
    assert said(Reason.REVOKED, remedy) == f"This code has been replaced. {way_out}"


@pytest.mark.parametrize(
    ("locale", "fewer", "full"),
    [
        ("en", "That’s more than your code has room for. 3 more of you can come in.",
         "Your group is complete."),
        ("de", "So viele Plätze hat euer Code nicht mehr. 3 Personen können noch herein.",
         "Eure Gruppe ist vollständig."),
        ("de_formal", "So viele Plätze hat Ihr Code nicht mehr. 3 Personen können noch herein.",
         "Ihre Gruppe ist vollständig."),
    ],
)  # fmt: skip
def test_a_group_is_complete_only_when_no_more_can_come_in(
    locale: str, fewer: str, full: str
) -> None:
    assert said(Reason.PARTY_FULL, Do(EnterFewer(3)), locale=locale) == fewer
    assert said(Reason.PARTY_FULL, locale=locale).startswith(full)


@pytest.mark.parametrize("locale", LOCALES)
def test_outside_hours_fits_a_day_pass_as_well_as_a_plan(locale: str) -> None:
    assert not re.search(r"plan|tarif|pass", said(Reason.OUTSIDE_HOURS, locale=locale), re.I)


def test_an_unknown_door_is_not_named() -> None:
    assert said(Reason.NO_GRANT_FOR_PLACE, Do(UseDoor("gone"))).endswith("sort it out.")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reason_has_a_whole_message(locale: str) -> None:
    for reason in Reason:
        message = said(reason, locale=locale)
        assert message.endswith(".")
        assert "{" not in message
