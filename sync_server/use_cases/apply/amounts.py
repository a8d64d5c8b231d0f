"""Prices, lengths of time and percentages as people write them, read and written back."""

import re
from typing import Final

from babel.numbers import get_currency_precision

from domain.calendar import DAY_MIN
from sync_server.use_cases.apply.trouble import BadValue

MOST_CENTS: Final = 10**9
MOST_MIN: Final = 10 * 366 * DAY_MIN
_PRICE: Final = re.compile(r"(\d{1,9})(?:\.(\d+))?")
_LENGTH: Final = re.compile(r"(?:(\d{1,6}) h)?(?:(?<=h) (?=\d))?(?:(\d{1,6}) min)?")
_DAYS: Final = re.compile(r"(\d{1,4}) days?")
_PERCENT: Final = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))? ?%")


def cents(value: object, currency: str) -> int:
    """ "32.00" in the smallest unit of its currency. Raises BadValue."""
    digits = get_currency_precision(currency)
    found = _PRICE.fullmatch(value) if isinstance(value, str) else None
    if found is None or len(found[2] or "0" * digits) != digits:
        example = "32." + "0" * digits if digits else "32"
        raise BadValue(f'A price is a text like "{example}", not {shown(value)}.')
    amount = int(found[1] + (found[2] or "0" * digits))
    if amount > MOST_CENTS:
        raise BadValue(f"{value} is more than anything costs.")
    return amount


def price(amount: int, currency: str) -> str:
    """The text that `cents` reads."""
    digits = get_currency_precision(currency)
    if digits == 0:
        return str(amount)
    whole, rest = divmod(amount, 10**digits)
    return f"{whole}.{rest:0{digits}d}"


def minutes(value: object) -> int:
    """ "30 min", "2 h", "1 h 30 min" or "3 days" in minutes. Raises BadValue."""
    if isinstance(value, str):
        if days := _DAYS.fullmatch(value):
            return _bounded(int(days[1]) * DAY_MIN)
        found = _LENGTH.fullmatch(value)
        if value and found:
            return _bounded(int(found[1] or 0) * 60 + int(found[2] or 0))
    raise BadValue(f'A length of time is a text like "30 min", "2 h" or "3 days", not {value!r}.')


def length(amount: int) -> str:
    """The text that `minutes` reads."""
    if amount > DAY_MIN and amount % DAY_MIN == 0:
        return f"{amount // DAY_MIN} days"
    hours, rest = divmod(amount, 60)
    if hours and rest:
        return f"{hours} h {rest} min"
    return f"{hours} h" if hours else f"{rest} min"


def hours_text(amount: int) -> str:
    """`amount` hours as a length."""
    return length(amount * 60)


def days(value: object) -> int:
    """ "90 days". Raises BadValue."""
    found = _DAYS.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise BadValue(f'A number of days is a text like "90 days", not {shown(value)}.')
    return int(found[1])


def days_text(amount: int) -> str:
    return "1 day" if amount == 1 else f"{amount} days"


def hundredths(value: object) -> int:
    """ "19 %" in hundredths of a percent, at most 100 %. Raises BadValue."""
    found = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    amount = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else -1
    if not 0 <= amount <= 100 * 100:
        raise BadValue(f'A share is a text like "19 %", from 0 to 100, not {shown(value)}.')
    return amount


def percent(value: object) -> int:
    """ "50 %" in whole percents. Raises BadValue."""
    amount, rest = divmod(hundredths(value), 100)
    if rest:
        raise BadValue(f"Whole percents only, not {value}.")
    return amount


def share(amount_bp: int) -> str:
    """The text that `hundredths` reads."""
    whole, rest = divmod(amount_bp, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + " %" if rest else f"{whole} %"


def shown(value: object) -> str:
    """A value as it might stand in the file, shortened."""
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _bounded(amount: int) -> int:
    if amount > MOST_MIN:
        raise BadValue("That is longer than ten years.")
    return amount
