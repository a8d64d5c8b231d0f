"""How things are called in a file that is written: by id, or by name where the id says nothing."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from domain.names import is_id
from sync_server.use_cases.apply.keyed import is_key
from sync_server.use_cases.apply.place import Names
from sync_server.use_cases.apply.standing import HouseParts
from sync_server.use_cases.apply.trouble import BadValue

_NO_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Calling:
    """The keys of sites, resources and plans."""

    sites: Names
    resources: Names
    plans: Names


def calling(*parts: HouseParts) -> Calling:
    """One way to call everything that is in any of these houses; the last one's names count."""
    sites: dict[str, Any] = {}
    resources: dict[str, Any] = {}
    plans: dict[str, Any] = {}
    for each in parts:
        sites |= each.sites
        resources |= each.resources
        plans |= each.plans
    return Calling(_names(sites), _names(resources), _names(plans))


def _names(things: Mapping[str, Any]) -> Names:
    kept = {id_ for id_ in things if not is_id(id_) and _fits(id_)}
    keys = {id_: id_ for id_ in kept}
    for id_, thing in things.items():
        if id_ not in kept:
            keys[_free(_slug(thing.name), keys)] = id_
    return Names(keys)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    return _NO_LETTERS.sub("-", plain).strip("-")[:50] or "thing"


def _free(wanted: str, taken: Mapping[str, str]) -> str:
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key


def _fits(id_: str) -> bool:
    try:
        return bool(is_key(id_))
    except BadValue:
        return False
