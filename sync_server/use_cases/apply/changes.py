"""What a file would change, told in words: thing by thing, field by field."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sync_server.use_cases.apply.calling import calling
from sync_server.use_cases.apply.standing import HouseParts
from sync_server.use_cases.apply.wordings import THINGS, introduced, told
from sync_server.use_cases.apply.written import Table, Thing, Written

_INNER: Final = frozenset({"tariff", "booking", "wifi", "texts"})
"""Tables of which each key is told by itself."""


class ChangeKind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One key as the file writes it; None: it is not there. `words` is a part of a sentence."""

    field: str
    before: Any
    after: Any
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one thing."""

    kind: str
    id: str
    name: str
    what: ChangeKind
    fields: tuple[FieldChange, ...] = ()

    @property
    def sentence(self) -> str:
        match self.what:
            case ChangeKind.NEW:
                fresh = {each.field: each.after for each in self.fields}
                return f"New: {self.name}, {introduced(self.kind, fresh)}."
            case ChangeKind.REMOVED:
                return f"Removed: {self.name}, {THINGS[self.kind]}."
            case ChangeKind.CHANGED:
                return f"{self.name}: {'; '.join(each.words for each in self.fields)}."


def changes_between(before: HouseParts, after: HouseParts) -> tuple[Change, ...]:
    """Every thing that is not as it was, in the order of the file."""
    called = calling(before, after)
    old, new = Written(before, called).things(), Written(after, called).things()
    found = [_change(old.get(key), thing) for key, thing in new.items()]
    gone = [_removed(thing) for key, thing in old.items() if key not in new]
    return (*(each for each in found if each), *gone)


def summary(changes: tuple[Change, ...]) -> str:
    """ "2 things new, 1 changed, none removed."."""
    if not changes:
        return "Nothing to change."
    counts = {what: sum(each.what is what for each in changes) for what in ChangeKind}
    new = counts[ChangeKind.NEW]
    things = f"{new or 'Nothing'} {'thing ' if new == 1 else 'things ' if new else ''}new"
    changed = counts[ChangeKind.CHANGED] or "none"
    return f"{things}, {changed} changed, {counts[ChangeKind.REMOVED] or 'none'} removed."


def _change(before: Thing | None, after: Thing) -> Change | None:
    fields = _fields(after.kind, before.table if before else {}, after.table)
    if before is None:
        return Change(after.kind, after.id, after.name, ChangeKind.NEW, fields)
    if not fields:
        return None
    return Change(after.kind, after.id, before.name, ChangeKind.CHANGED, fields)


def _removed(thing: Thing) -> Change:
    return Change(thing.kind, thing.id, thing.name, ChangeKind.REMOVED)


def _fields(kind: str, before: Table, after: Table, path: str = "") -> tuple[FieldChange, ...]:
    found: list[FieldChange] = []
    for name in dict.fromkeys((*after, *before)):
        old, fresh = before.get(name), after.get(name)
        if old == fresh or (name == "name" and not before):
            continue
        field = f"{path}{name}"
        if name in _INNER:
            found += _fields(kind, old or {}, fresh or {}, f"{field}.")
        else:
            found.append(FieldChange(field, old, fresh, told(kind, field, old, fresh)))
    return tuple(found)
