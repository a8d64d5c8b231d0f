"""What the words of a house file refer to: sites, zones, pictures, and where problems go."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from domain.site import Zone
from sync_server.use_cases.apply.trouble import AlreadyTold, BadValue, Problem, nearest

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Names:
    """Ids of things of one kind by their keys in the file, and the other way round."""

    ids: Mapping[str, str] = field(default_factory=dict)

    def id_of(self, key: object) -> str:
        """The id of a thing by its key, or by its id. Raises BadValue."""
        if not isinstance(key, str):
            raise BadValue(f"A key in quotes is meant here, not {key!r}.")
        if key in self.ids:
            return self.ids[key]
        if key in self.ids.values():
            return key
        raise BadValue(f"There is no {key} here.{nearest(key, self.ids)}")

    def key_of(self, id_: str) -> str:
        return next((key for key, known in self.ids.items() if known == id_), id_)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: its site's time, money and zones, and what can be referred to."""

    today: date
    zone: str = "UTC"
    currency: str = "EUR"
    zones: tuple[Zone, ...] = ()
    sites: Names = field(default_factory=Names)
    plans: Names = field(default_factory=Names)
    resources: Names = field(default_factory=Names)
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Stored names of pictures by how the file calls them."""


@dataclass(frozen=True, slots=True)
class At:
    """A place in the file while it is read."""

    path: str
    place: Place
    problems: list[Problem]

    def into(self, key: str) -> "At":
        return replace(self, path=f"{self.path}.{key}" if self.path else key)

    @property
    def key(self) -> str:
        """The key of the table it is about."""
        return self.path.rpartition(".")[2]

    def among(self, place: Place) -> "At":
        return replace(self, place=place)

    def tell(self, sentence: str) -> None:
        self.problems.append(Problem(self.path, sentence))


def table(value: Any) -> dict[str, Any]:
    """`value` as a table. Raises BadValue."""
    if not isinstance(value, dict):
        raise BadValue("A table with keys of its own is meant here.")
    return value


def all_read(parts: Iterable[tuple[At, Callable[[], T]]]) -> list[T]:
    """Every part, each problem told at its own place. Raises AlreadyTold if there was one."""
    found: list[T] = []
    fine = True
    for at, read in parts:
        try:
            found.append(read())
        except BadValue as problem:
            at.tell(str(problem))
            fine = False
        except AlreadyTold:
            fine = False
    if not fine:
        raise AlreadyTold
    return found
