"""Writes requirements/licences.md: every locked package with its licence, from its own metadata.

Run by installers/lock.sh in the environment that holds the locked packages.
"""

import re
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "requirements" / "licences.md"
_PIN = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)(.*)", re.MULTILINE)
_LONGEST_NAME = 60
_ELSEWHERE = ("sys_platform == 'win32'", "platform_python_implementation != 'CPython'")
"""Packages of other systems are locked, but not here to be asked."""


def pins(lock: str) -> dict[str, str]:
    """The packages of a lock that this system installs, with their versions."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    found = {name: (version, when) for name, version, when in _PIN.findall(text)}
    return {
        name: version
        for name, (version, when) in found.items()
        if not any(mark in when for mark in _ELSEWHERE)
    }


def licence_of(package: Distribution) -> str:
    """The licence as the package names it: an SPDX expression, a short name, or classifiers."""
    metadata = package.metadata
    named = [metadata[field] for field in ("License-Expression", "License") if field in metadata]
    classified = [
        line.split(" :: ")[-1]
        for line in metadata.get_all("Classifier") or []
        if line.startswith("License :: ") and line.count("::") > 1
    ]
    short = [name for name in named if name and len(name) <= _LONGEST_NAME and "\n" not in name]
    return (short or [" or ".join(classified)])[0] or "see the package"


def table() -> str:
    """The list as Markdown: what a running house needs first, then what only tests need."""
    running = pins("demo.txt")
    only_tests = {name: v for name, v in pins("all.txt").items() if name not in running}
    parts = ["# Licences of the locked packages", "", "Written by `installers/lock.sh`.", ""]
    for title, packages in (("A running house", running), ("Tests only", only_tests)):
        parts += [f"## {title}", "", "| package | version | licence |", "|---|---|---|"]
        parts += [
            f"| {name} | {version} | {licence_of(distribution(name))} |"
            for name, version in packages.items()
        ]
        parts.append("")
    return "\n".join(parts)


def main() -> int:
    """Write the list."""
    LIST.write_text(table(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
