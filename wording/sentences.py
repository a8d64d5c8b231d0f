"""The one catalogue: stable codes with values become sentences in the asked language."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

from domain.money import Money
from wording.formats import clock_time, day, length, money

LOCALES: Final = ("en", "de", "de_formal")
_FALLBACK: Final = {"de_formal": "de", "de": "en"}
_TRANSLATIONS: Final = Path(__file__).parent.parent / "assets" / "translations"

Forms = tuple[str, ...]
"""One sentence, or one for a single thing and one for any other count."""


def sentence(code: str, params: Mapping[str, object], locale: str) -> str:
    """The sentence for `code` in `locale`, or in the next language that has it.

    In `params`, `count` picks singular or plural, `zone` is the IANA zone of instants;
    instants become clock times, dates days, spans lengths, Money amounts. Raises KeyError for
    an unknown code or a missing value.
    """
    forms = _forms(code, locale)
    single = len(forms) == 1 or params.get("count") == 1
    text = forms[0] if single else forms[1]
    values = {name: _say(value, params, locale) for name, value in params.items()}
    return text.format_map(values).replace("..", ".")


@cache
def codes(locale: str) -> frozenset[str]:
    """Every code that `locale` itself has words for."""
    return frozenset(_catalogue(locale))


def _forms(code: str, locale: str) -> Forms:
    asked: str | None = locale
    while asked is not None:
        if forms := _catalogue(asked).get(code):
            return forms
        asked = _FALLBACK.get(asked)
    raise KeyError(code)


@cache
def _catalogue(locale: str) -> dict[str, Forms]:
    if locale not in LOCALES:
        raise KeyError(locale)
    with (_TRANSLATIONS / f"{locale}.po").open("rb") as file:
        catalogue = read_po(file, locale=locale.partition("_")[0])
    found: dict[str, Forms] = {}
    for message in catalogue:
        if message.id and message.string:
            code = message.id if isinstance(message.id, str) else message.id[0]
            words = message.string
            found[code] = (words,) if isinstance(words, str) else tuple(words)
    return found


def _say(value: object, params: Mapping[str, object], locale: str) -> str:
    match value:
        case datetime():
            return clock_time(value, str(params["zone"]))
        case date():
            return day(value, locale)
        case timedelta():
            return length(value)
        case Money():
            return money(value, locale)
        case _:
            return str(value)
