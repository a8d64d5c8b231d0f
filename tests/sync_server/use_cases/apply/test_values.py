"""How values look in a house file: each is read, written back the same, or refused in words."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.calendar import WeeklyHours
from sync_server.use_cases.apply import amounts, hours
from sync_server.use_cases.apply.trouble import BadValue


@pytest.mark.parametrize(
    ("text", "currency", "cents", "back"),
    [
        ("32.00", "EUR", 3200, "32.00"),
        ("32", "EUR", 3200, "32.00"),
        ("0.05", "EUR", 5, "0.05"),
        ("1200", "JPY", 1200, "1200"),
        ("1.250", "KWD", 1250, "1.250"),
    ],
)
def test_a_price_is_a_text_in_its_currency(text: str, currency: str, cents: int, back: str) -> None:
    assert amounts.cents(text, currency) == cents
    assert amounts.price(cents, currency) == back


@pytest.mark.parametrize(
    "value", [32, 32.0, "32.0", "32,00", "-1.00", "€32", "", None, "9" * 12, True]
)
def test_what_is_no_price_is_refused(value: Any) -> None:
    with pytest.raises(BadValue):
        amounts.cents(value, "EUR")


@pytest.mark.parametrize(
    ("text", "minutes", "back"),
    [
        ("0 min", 0, "0 min"),
        ("90 min", 90, "1 h 30 min"),
        ("2 h", 120, "2 h"),
        ("1 h 30 min", 90, "1 h 30 min"),
        ("1 day", 1440, "24 h"),
        ("3 days", 4320, "3 days"),
    ],
)
def test_a_length_of_time_names_its_unit(text: str, minutes: int, back: str) -> None:
    assert amounts.minutes(text) == minutes
    assert amounts.length(minutes) == back


@pytest.mark.parametrize(
    "value", [90, "90", "1.5 h", "2h", "2 hours", "", " ", "h", "5000 days", "h min"]
)
def test_what_is_no_length_is_refused(value: Any) -> None:
    with pytest.raises(BadValue):
        amounts.minutes(value)


@pytest.mark.parametrize(
    ("text", "found", "back"),
    [("19 %", 1900, "19 %"), ("7%", 700, "7 %"), ("5.5 %", 550, "5.5 %"), ("0 %", 0, "0 %")],
)
def test_a_share_is_in_percent(text: str, found: int, back: str) -> None:
    assert amounts.hundredths(text) == found
    assert amounts.share(found) == back


@pytest.mark.parametrize("value", [19, "19", "101 %", "-1 %", "1.234 %"])
def test_what_is_no_share_is_refused(value: Any) -> None:
    with pytest.raises(BadValue):
        amounts.hundredths(value)


@pytest.mark.parametrize(
    ("given", "back"),
    [
        (["Mon-Fri 08:00-20:00"], ["Mon-Fri 08:00-20:00"]),
        (["mon-fri 8:00 - 20:00"], ["Mon-Fri 08:00-20:00"]),
        (["Sat, Sun 10:00–16:00"], ["Sat, Sun 10:00-16:00"]),
        (["Sat-Mon 10:00-16:00"], ["Mon, Sat, Sun 10:00-16:00"]),
        (["Mon 08:00-12:00", "Mon 13:00-17:00"], ["Mon 08:00-12:00", "Mon 13:00-17:00"]),
        (["Wed"], ["Wed"]),
        (["always"], ["always"]),
        (["07:00-22:00"], ["Mon-Sun 07:00-22:00"]),
        (["Fri 20:00-24:00", "Sat 00:00-02:00"], ["Fri 20:00-24:00", "Sat 00:00-02:00"]),
    ],
)
def test_hours_are_read_and_written(given: list[str], back: list[str]) -> None:
    found = [each for line in given for each in hours.weekly(line)]
    assert hours.lines(found) == back
    again = [each for line in back for each in hours.weekly(line)]
    assert sorted(again, key=_order) == sorted(found, key=_order)


def _order(each: WeeklyHours) -> tuple[int, int]:
    return each.weekday, each.from_min


@pytest.mark.parametrize(
    ("read", "value", "says"),
    [
        (hours.weekly, "Mo 08:00-20:00", "the days are Mon"),
        (hours.weekly, "Mon 08:00-25:00", "no 25:00"),
        (hours.weekly, "Mon 08:60-20:00", "no 08:60"),
        (hours.weekly, "Fri 20:00-02:00", "Over midnight takes two lines"),
        (hours.weekly, "Mon 08:00-12:00, 13:00-17:00", "one span"),
        (hours.weekly, "", "Hours are"),
        (hours.weekly, 8, "Hours are"),
        (hours.clock, "8", "time of day"),
        (hours.clock, "24:01", "no 24:01"),
        (amounts.days, "2 h", "number of days"),
        (amounts.percent, "5.5 %", "Whole percents"),
    ],
)
def test_what_cannot_be_meant_is_said_with_an_example(
    read: Callable[[Any], Any], value: Any, says: str
) -> None:
    with pytest.raises(BadValue, match=says):
        read(value)
