"""Why something cannot be booked, and what a price is made of, in words."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.booking.outcomes import NotBookable
from domain.tariff import PriceLine
from wording.formats import language_of, length
from wording.sentences import sentence
from wording.until import until_when


def not_bookable_sentence(refused: NotBookable, now: datetime, locale: str) -> str:
    """The most exact sentence there is for what the rule said."""
    params, variant = dict(refused.params), refused.variant
    for name in ("why", "name"):
        if words := _words(params.get(name), locale):
            params[name], variant = words, name
    if isinstance(until := params.get("until"), datetime):
        params["until"] = until_when(until, now, str(params["zone"]), locale)
        variant = variant or "until"
    return sentence(f"booking.{refused.rule}{'.' * bool(variant)}{variant}", params, locale)


def price_line_words(line: PriceLine, name: str, locale: str) -> str:
    """What a line of a price is for; `name` is that of the resource, add-on or product."""
    params: dict[str, object] = {"name": name, "count": line.quantity}
    params["length"] = length(timedelta(minutes=line.minutes))
    counted = line.code in ("add_on", "day_pass") and line.quantity > 1
    return sentence(f"price.{line.code}{'.many' if counted else ''}", params, locale)


def _words(by_language: object, locale: str) -> str:
    """The operator's words in this language, or in any."""
    if not isinstance(by_language, Mapping):
        return ""
    return by_language.get(language_of(locale)) or next(iter(by_language.values()), "")
