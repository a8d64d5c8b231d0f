"""The arrows between the packages: who may import whom, and which libraries stay where."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OURS = frozenset(
    [
        "domain",
        "ledger",
        "wording",
        "paper",
        "assets",
        "doors",
        "kiosk",
        "sync_server",
        "installers",
        "tests",
        "benchmarks",
    ]
)
QT = frozenset({"PySide6", "shiboken6"})
SQL = frozenset({"sqlalchemy", "sqlite3", "aiosqlite", "asyncpg", "alembic"})
HTTP = frozenset({"httpx", "fastapi", "starlette", "uvicorn"})
MQTT = frozenset({"paho"})
DRIVERS = frozenset({"cv2", "pyzbar", "zxingcpp"})


@dataclass(frozen=True, slots=True)
class Arrow:
    """What the modules under `source` may import of ours, and which libraries they may not.

    A module falls under the arrow with the longest matching source, and under that one alone.
    """

    source: str
    ours: tuple[str, ...]
    never: frozenset[str] = frozenset()
    only_standard_library: bool = False


ARROWS = (
    Arrow("domain", ("domain",), only_standard_library=True),
    Arrow("ledger", ("domain", "ledger"), QT | HTTP | MQTT | DRIVERS),
    Arrow("wording", ("domain", "wording", "assets"), QT | SQL | HTTP | MQTT | DRIVERS),
    Arrow("paper", ("domain", "wording", "paper", "assets"), QT | SQL | HTTP | MQTT | DRIVERS),
    Arrow("doors", ("domain", "ledger.codec", "ledger.seal", "doors"), QT | SQL | HTTP | DRIVERS),
    Arrow("assets", ("assets",), QT | SQL | HTTP | MQTT | DRIVERS),
    Arrow(
        "kiosk.services",
        ("domain", "ledger", "wording", "kiosk.services"),
        QT | SQL | HTTP | MQTT | DRIVERS,
    ),
    Arrow(
        "kiosk.devices",
        (
            "domain",
            "ledger.codec",
            "ledger.seal",
            "kiosk.devices",
            "kiosk.services.ports",
            "kiosk.services.link",
        ),
        SQL,
    ),
    Arrow(
        "kiosk.ui",
        ("domain", "wording", "paper", "assets", "kiosk.services", "kiosk.ui"),
        SQL | HTTP | MQTT,
    ),
    Arrow("kiosk", ("domain", "ledger", "wording", "paper", "assets", "doors", "kiosk"), HTTP),
    Arrow(
        "sync_server",
        ("domain", "ledger", "wording", "paper", "assets", "doors", "sync_server"),
        QT | MQTT | DRIVERS,
    ),
)

HOMES = {
    "httpx": ("kiosk.devices.server_link", "sync_server.payments"),
    "paho": ("doors",),
}
"""A library with few homes among the packages: nobody else of ours imports it."""


@dataclass(frozen=True, slots=True)
class Import:
    """`module` imports `name` on this line."""

    module: str
    name: str
    line: int

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.name}"


def module_name(path: Path) -> str:
    """domain/access/judge.py is domain.access.judge; a package is its folder."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(module: str, source: str, *, package: bool = False) -> Iterator[Import]:
    """Every import in the source, also those inside functions, relative ones made absolute."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            origin = _absolute(module, node, package=package)
            yield from (Import(module, f"{origin}.{a.name}", node.lineno) for a in node.names)


def against_the_arrows(found: Import) -> bool:
    """Whether this import is one that the design rules out."""
    arrow = arrow_of(found.module)
    if arrow is None:
        return False
    top = found.name.split(".")[0]
    if top in OURS:
        return not any(_within(found.name, allowed) for allowed in arrow.ours)
    if top in HOMES and not any(_within(found.module, home) for home in HOMES[top]):
        return True
    if arrow.only_standard_library:
        return top not in sys.stdlib_module_names
    return top in arrow.never


def arrow_of(module: str) -> Arrow | None:
    """The arrow a module falls under; None for tests, installers and benchmarks."""
    matching = [arrow for arrow in ARROWS if _within(module, arrow.source)]
    return max(matching, key=lambda arrow: len(arrow.source), default=None)


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _absolute(module: str, node: ast.ImportFrom, *, package: bool) -> str:
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    keep = len(parts) - node.level + (1 if package else 0)
    return ".".join([*parts[:keep], *([node.module] if node.module else [])])
