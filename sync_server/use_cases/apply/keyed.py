"""Tables of a house file as dataclasses: which keys there are, what each becomes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import partial
from typing import Any, Final

from sync_server.use_cases.apply.forms import Form
from sync_server.use_cases.apply.place import At, Place, all_read, table
from sync_server.use_cases.apply.trouble import BadValue, nearest

_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_NOTHING: Final = object()


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `name` in the file, `field` of the dataclass; `needed` even if it has a default."""

    name: str
    field: str
    form: Form
    needed: bool = False


def read_keys(value: Any, keys: Iterable[Key], at: At, also: Iterable[str] = ()) -> dict[str, Any]:
    """The fields that a table gives; every problem in it is told before AlreadyTold is raised.

    `also` names keys that somebody else reads.
    """
    given, keys = table(value), tuple(keys)
    known = {key.name for key in keys} | set(also)
    for name in sorted(given.keys() - known):
        at.into(name).tell(f"There is no such key.{nearest(name, known)}")
    wanted = [key for key in keys if key.needed or key.name in given]
    values = all_read((at.into(key.name), partial(_read, key, given, at)) for key in wanted)
    return {key.field: value for key, value in zip(wanted, values, strict=True)}


def write_keys(thing: Any, keys: Iterable[Key], place: Place) -> dict[str, Any]:
    """The table that `read_keys` reads; what is as usual is left out."""
    usual = defaults(type(thing))
    given = ((key, getattr(thing, key.field)) for key in keys)
    return {
        key.name: key.form.write(value, place)
        for key, value in given
        if key.needed or (value != usual.get(key.field, _NOTHING) and value != {})
    }


def defaults(cls: type) -> dict[str, Any]:
    """The value of each field that need not be given."""
    found: dict[str, Any] = {}
    for each in fields(cls):
        if each.default is not MISSING:
            found[each.name] = each.default
        elif each.default_factory is not MISSING:
            found[each.name] = each.default_factory()
    return found


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table that is one dataclass."""

    cls: type
    keys: tuple[Key, ...]

    def read(self, value: Any, at: At) -> Any:
        return self.cls(**read_keys(value, self.keys, at))

    def write(self, value: Any, place: Place) -> dict[str, Any]:
        return write_keys(value, self.keys, place)


@dataclass(frozen=True, slots=True)
class ById:
    """Tables by key, the key being the id: a tuple of dataclasses in the order of the file."""

    cls: type
    keys: tuple[Key, ...]
    otherwise: Mapping[str, Any] = field(default_factory=dict)
    """What a field is where the file says nothing and the dataclass has no default."""

    def read(self, value: Any, at: At) -> tuple[Any, ...]:
        def one(key: str, each: Any, inside: At) -> Any:
            given = read_keys(each, self.keys, inside)
            return self.cls(**{"id": is_key(key), **self.otherwise, **given})

        inner = [(key, each, at.into(key)) for key, each in table(value).items()]
        return tuple(all_read((part[2], partial(one, *part)) for part in inner))

    def write(self, value: tuple[Any, ...], place: Place) -> dict[str, Any]:
        return {each.id: write_keys(each, self.keys, place) for each in value}


def is_key(key: str) -> str:
    """A key that can be an id and stand in addresses. Raises BadValue."""
    if not _KEY.fullmatch(key):
        raise BadValue("A key is of small letters a to z, digits, - and _, at most 60 of them.")
    return key


def without(given: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    left_out = set(names)
    return {name: value for name, value in given.items() if name not in left_out}


def _read(key: Key, given: Mapping[str, Any], at: At) -> Any:
    if key.name not in given:
        raise BadValue("This is missing.")
    return key.form.read(given[key.name], at.into(key.name))
