"""Times, dates and amounts in the house style of each language."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency, get_currency_precision

from domain.money import Money

_DAY: Final = {"en": "EEEE d MMMM", "de": "EEEE, d. MMMM"}
_DAY_SHORT: Final = {"en": "EEE d MMM", "de": "EEE, d. MMM"}


def language_of(locale: str) -> str:
    """The language of a locale: `de_formal` is German."""
    return locale.partition("_")[0]


def clock_time(at: datetime, zone: str) -> str:
    """The wall time of `at` in `zone`, as on a clock: "8:45", in every language."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.hour}:{local.minute:02}"


def length(value: timedelta) -> str:
    """How long something lasts: "45 min", "2 h", "2 h 30 min", in every language."""
    hours, minutes = divmod(value // timedelta(minutes=1), 60)
    said = [f"{hours}\u00a0h"] if hours else []
    return " ".join([*said, f"{minutes}\u00a0min"] if minutes or not hours else said)


def day(value: date, locale: str) -> str:
    """A day in full: "Thursday 14 May", "Donnerstag, 14. Mai"."""
    language = language_of(locale)
    return format_date(value, _DAY[language], locale=language)


def day_and_year(value: date, locale: str) -> str:
    """A day of another year: "Friday 14 May 2027", "Freitag, 14. Mai 2027"."""
    language = language_of(locale)
    return format_date(value, f"{_DAY[language]} y", locale=language)


def day_short(value: date, locale: str) -> str:
    """A day in short: "Thu 14 May", "Do., 14. Mai"."""
    language = language_of(locale)
    return format_date(value, _DAY_SHORT[language], locale=language)


def weekday(value: date, locale: str, *, whole: bool = False) -> str:
    """A day of the week in short: "Thu", "Do"; `whole`: "Thursday", "Donnerstag"."""
    return format_date(value, "cccc" if whole else "ccc", locale=language_of(locale))


def money(amount: Money, locale: str) -> str:
    """An amount without decimals where it is whole: "€25", "25 €", "€6.50", "6,50 €"."""
    language = language_of(locale)
    precision = get_currency_precision(amount.currency)
    value = Decimal(amount.cents).scaleb(-precision)
    whole = value == value.to_integral_value()
    digits = "#,##0" if whole or precision == 0 else "#,##0." + "0" * precision
    pattern = f"¤{digits}" if language == "en" else f"{digits}\u00a0¤"
    return format_currency(
        value, amount.currency, format=pattern, locale=language, currency_digits=False
    )
