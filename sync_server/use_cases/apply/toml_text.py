"""Tables as TOML text that reads well: short tables in one line, long words in many."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

MOST_IN_LINE: Final = 100
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(document: Mapping[str, Mapping[str, Any]]) -> str:
    """A document of tables of tables."""
    parts = [
        "\n".join(_table(f"{_key(kind)}.{_key(key)}", table))
        for kind, tables in document.items()
        for key, table in tables.items()
    ]
    return "\n\n".join(parts) + "\n"


def _table(path: str, table: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a table: its values first, then the tables inside it."""
    inner = {name: value for name, value in table.items() if _needs_its_own(name, value)}
    values = {name: value for name, value in table.items() if name not in inner}
    if values or not inner:
        yield f"[{path}]"
        for name, value in values.items():
            yield f"{_key(name)} = {_value(value)}"
    for number, (name, value) in enumerate(inner.items()):
        if values or number:
            yield ""
        yield from _table(f"{path}.{_key(name)}", value)


def _needs_its_own(name: str, value: Any) -> bool:
    if not isinstance(value, dict) or not value:
        return False
    if any(isinstance(each, dict) for each in value.values()):
        return True
    text = _value(value)
    return "\n" in text or len(name) + len(text) > MOST_IN_LINE


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case datetime() | date():
            return value.isoformat()
        case dict():
            inside = ", ".join(f"{_key(name)} = {_value(each)}" for name, each in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case list():
            return _list(value)
        case _:
            return str(int(value))


def _list(value: list[Any]) -> str:
    line = f"[{', '.join(_value(each) for each in value)}]"
    if len(line) <= MOST_IN_LINE:
        return line
    return "[\n" + "".join(f"  {_value(each)},\n" for each in value) + "]"


def _text(value: str) -> str:
    if "\n" not in value:
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    escaped = value.replace("\\", "\\\\").replace('"""', '""\\"').replace("\x7f", "\\u007F")
    return f'"""\n{escaped}\n"""'


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)
