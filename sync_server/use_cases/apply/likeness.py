"""`like = "kiln"`: a resource that is as another one where it does not say otherwise."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sync_server.use_cases.apply.place import At
from sync_server.use_cases.apply.trouble import BadValue, Problem, nearest

OWN: Final = frozenset({"id", "name", "number", "like", "spot"})
"""What nobody takes over."""
_MOST_LIKE: Final = 20
INNER: Final = frozenset({"tariff", "booking"})
"""Tables of which single keys can be told otherwise."""


def likeness(tables: Mapping[str, Any], key: str, at: At) -> Any:
    """The table `key` with what it takes over from the one it names, and that from its own."""
    return _merged(tables, key, at, seen=())


def inherited(tables: Mapping[str, Any], key: str, path: str) -> bool:
    """Whether `path` (below the table) is not its own but taken over."""
    given: Any = tables.get(key)
    if not isinstance(given, dict) or "like" not in given:
        return False
    for part in path.split("."):
        if not isinstance(given, dict) or part not in given:
            return True
        given = given[part]
    return False


def as_written(document: Mapping[str, Any], problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems where they were written, each once: not again where it was taken over."""
    tables = document.get("resource")
    tables = tables if isinstance(tables, dict) else {}
    told = {(each.path, each.sentence) for each in problems}
    return tuple(dict.fromkeys(
        each for each in problems if not _told_before(each, tables, told)
    ))  # fmt: skip


def _told_before(problem: Problem, tables: Mapping[str, Any], told: set[tuple[str, str]]) -> bool:
    kind, _, rest = problem.path.partition(".")
    key, _, inner = rest.partition(".")
    if kind != "resource" or not inner or not inherited(tables, key, inner):
        return False
    other = tables[key]["like"]
    return (f"resource.{other}.{inner}", problem.sentence) in told


def _merged(tables: Mapping[str, Any], key: str, at: At, seen: tuple[str, ...]) -> Any:
    given = tables[key]
    if not isinstance(given, dict) or "like" not in given:
        return given
    other = given["like"]
    if not isinstance(other, str) or other not in tables:
        at.into("like").tell(f"There is no {other} here.{nearest(str(other), tables)}")
        return given
    if other in (*seen, key):
        raise BadValue(f"{key} is like {other}, which is like it again.")
    if len(seen) > _MOST_LIKE:
        raise BadValue("So many that are like one another nobody can follow.")
    more = _merged(tables, other, at, (*seen, key))
    if not isinstance(more, dict):
        return given
    more = {name: value for name, value in more.items() if name not in OWN}
    return _over(more, given)


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for name, value in above.items():
        both = isinstance(value, dict) and isinstance(merged.get(name), dict)
        merged[name] = merged[name] | value if both and name in INNER else value
    return merged
