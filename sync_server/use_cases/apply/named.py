"""What a house file names at all, read or not: keys, ids, and the groups of its plans."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Named:
    """How the file calls things, and what must not count as missing only because of a mistake."""

    document: Mapping[str, Any]

    def path(self, kind: str, id_: str) -> str:
        """Where a thing stands in the file: `resource.kiln`."""
        key = next((key for key, known in _ids(self.document, kind) if known == id_), id_)
        return f"{kind}.{key}"

    def names(self, kind: str, id_: str) -> bool:
        return id_ in named_ids(self.document, kind)

    def groups(self) -> set[str]:
        """Groups as the tables of plans give them."""
        tables = _tables(self.document, "plan").values()
        return {str(each["group"]) for each in tables if isinstance(each, dict) and "group" in each}


def named_ids(document: Mapping[str, Any], kind: str) -> set[str]:
    """The ids of everything of a kind that the file names."""
    return {id_ for _, id_ in _ids(document, kind)}


def _ids(document: Mapping[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    for key, given in _tables(document, kind).items():
        yield key, str(given.get("id", key)) if isinstance(given, dict) else key


def _tables(document: Mapping[str, Any], kind: str) -> dict[str, Any]:
    found = document.get(kind)
    return found if isinstance(found, dict) else {}
