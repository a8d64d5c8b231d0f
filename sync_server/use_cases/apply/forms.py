"""How single values look in a house file: each form is read and written back unchanged."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, Final, Protocol

from domain.names import MOST_LETTERS
from sync_server.use_cases.apply import amounts
from sync_server.use_cases.apply.place import At, Place, all_read, table
from sync_server.use_cases.apply.trouble import BadValue, nearest

MOST_TEXT: Final = 100_000
_LANGUAGE: Final = re.compile(r"[a-z]{2}")


class Form(Protocol):
    """`read` raises BadValue, or AlreadyTold where the problems inside are told."""

    def read(self, value: Any, at: At) -> Any: ...

    def write(self, value: Any, place: Place) -> Any: ...


@dataclass(frozen=True, slots=True)
class Plain:
    """A value that needs nothing but itself."""

    reads: Callable[[Any], Any]
    writes: Callable[[Any], Any] = lambda value: value

    def read(self, value: Any, at: At) -> Any:
        return self.reads(value)

    def write(self, value: Any, place: Place) -> Any:
        return self.writes(value)


@dataclass(frozen=True, slots=True)
class Price:
    """An amount in the currency of its site."""

    def read(self, value: Any, at: At) -> int:
        return amounts.cents(value, at.place.currency)

    def write(self, value: int, place: Place) -> str:
        return amounts.price(value, place.currency)


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a closed list."""

    words: type[StrEnum]

    def read(self, value: Any, at: At) -> StrEnum:
        known = [word.value for word in self.words]
        if value not in known:
            raise BadValue(f"There is no {amounts.shown(value)} here.{nearest(str(value), known)}")
        return self.words(value)

    def write(self, value: str, place: Place) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that stands elsewhere, by its key."""

    kind: str
    """`sites`, `plans` or `resources`."""

    def read(self, value: Any, at: At) -> str:
        return str(getattr(at.place, self.kind).id_of(value))

    def write(self, value: str, place: Place) -> str:
        return str(getattr(place, self.kind).key_of(value))


@dataclass(frozen=True, slots=True)
class ByLanguage:
    """Words in each language: `{ en = "...", de = "..." }`; `lines`: they may have many."""

    lines: bool = False

    def read(self, value: Any, at: At) -> dict[str, str]:
        if not isinstance(value, dict) or not value:
            raise BadValue('Words by language are meant here: { en = "…", de = "…" }.')
        for language in value:
            if not _LANGUAGE.fullmatch(language):
                raise BadValue(f"{language} is no language; two letters, as in en or de.")
        read = partial(text, lines=self.lines)
        words = all_read((at.into(name), partial(read, each)) for name, each in value.items())
        return dict(zip(value, words, strict=True))

    def write(self, value: Mapping[str, str], place: Place) -> dict[str, str]:
        return dict(value)


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; alone a single value will do."""

    form: Form

    def read(self, value: Any, at: At) -> tuple[Any, ...]:
        if not isinstance(value, list):
            return (self.form.read(value, at),)
        numbered = [(at.into(str(n)), each) for n, each in enumerate(value, 1)]
        return tuple(
            all_read((inside, partial(self.form.read, each, inside)) for inside, each in numbered)
        )

    def write(self, value: tuple[Any, ...], place: Place) -> list[Any]:
        return [self.form.write(each, place) for each in value]


@dataclass(frozen=True, slots=True)
class Zones:
    """Names of zones as a mask; a bit that has no name here is written as its number."""

    def read(self, value: Any, at: At) -> int:
        known = {zone.name: zone.number for zone in at.place.zones}
        mask = 0
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, int) and not isinstance(name, bool) and 0 <= name < 16:
                mask |= 1 << name
            elif isinstance(name, str) and name in known:
                mask |= 1 << known[name]
            else:
                raise BadValue(f"There is no zone {name}.{nearest(str(name), known)}")
        return mask

    def write(self, value: int, place: Place) -> list[Any]:
        names = {zone.number: zone.name for zone in place.zones}
        return [names.get(n, n) for n in range(value.bit_length()) if value >> n & 1]


@dataclass(frozen=True, slots=True)
class Picture:
    """A file beside the house file, or the name of one that is stored already."""

    def read(self, value: Any, at: At) -> str:
        name = text(value)
        stored = at.place.pictures
        if name in stored:
            return stored[name]
        if name in stored.values():
            return name
        raise BadValue(f"There is no picture {name} beside the file.")

    def write(self, value: str, place: Place) -> str:
        return next((name for name, known in place.pictures.items() if known == value), value)


@dataclass(frozen=True, slots=True)
class Texts:
    """Longer texts by name and language."""

    names: tuple[str, ...]

    def read(self, value: Any, at: At) -> dict[str, dict[str, str]]:
        given = table(value)
        for name in given:
            if name not in self.names:
                raise BadValue(f"There is no text {name}.{nearest(name, self.names)}")
        read = ByLanguage(lines=True).read
        words = all_read((at.into(n), partial(read, each, at.into(n))) for n, each in given.items())
        return dict(zip(given, words, strict=True))

    def write(self, value: Mapping[str, Mapping[str, str]], place: Place) -> dict[str, Any]:
        return {name: dict(words) for name, words in value.items()}


def text(value: Any, most: int = MOST_LETTERS, *, lines: bool = False) -> str:
    """A text of one line, or of many. Raises BadValue."""
    if not isinstance(value, str):
        raise BadValue(f"A text in quotes is meant here, not {amounts.shown(value)}.")
    words = value.strip()
    most = MOST_TEXT if lines else most
    bare = words.replace("\n", "").replace("\t", "") if lines else words
    if not words or len(words) > most or not bare.isprintable():
        raise BadValue(f"A text of 1 to {most} letters{'' if lines else ' in one line'} is meant.")
    return words


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadValue(f"true or false, not {amounts.shown(value)}.")
    return value


def whole(low: int, high: int) -> Plain:
    """A whole number within these bounds."""

    def read(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise BadValue(f"A whole number from {low} to {high}, not {amounts.shown(value)}.")
        return value

    return Plain(read)


TEXT: Final = Plain(text)
FLAG: Final = Plain(flag)
MINUTES: Final = Plain(amounts.minutes, amounts.length)
DAYS: Final = Plain(amounts.days, amounts.days_text)
VAT: Final = Plain(amounts.hundredths, amounts.share)
PERCENT: Final = Plain(amounts.percent, lambda value: f"{value} %")
PRICE: Final = Price()
WORDS: Final = ByLanguage()
LONG_WORDS: Final = ByLanguage(lines=True)
