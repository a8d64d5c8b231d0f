"""Which of our languages an Accept-Language header asks for (RFC 9110, section 12.5.4)."""

from collections.abc import Mapping
from typing import Final

KNOWN: Final = ("en", "de")


def language_for(header: str | None) -> str:
    """The best of KNOWN; English where none is asked for."""
    best, weight = KNOWN[0], 0.0
    for part in (header or "").split(","):
        tag, _, rest = part.strip().partition(";")
        language = tag.partition("-")[0].lower()
        quality = _quality(rest)
        if language in KNOWN and quality > weight:
            best, weight = language, quality
    return best


def in_language(words: Mapping[str, str], locale: str) -> str:
    """The operator's words in this language, else in any they wrote."""
    return words.get(locale.partition("_")[0]) or next(iter(words.values()), "")


def _quality(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0
