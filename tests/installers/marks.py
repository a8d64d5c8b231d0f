"""The mark that the demo puts on its children, as /proc shows it."""

from pathlib import Path

from installers.demo.guard import MARK
from tests.end_to_end.processes import wait_until


def children_of(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


def mark_of_children(process: int) -> str:
    """The mark of this process's children; a child shows none while it is just starting."""
    found: list[str] = []

    def look() -> bool:
        found.extend(mark for child in children_of(process) for mark in _marks(child))
        return bool(found)

    wait_until(look, "no child has a mark")
    return found[0]


def _marks(process: str) -> list[str]:
    prefix = f"{MARK}=".encode()
    environ = Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
    return [entry.removeprefix(prefix).decode() for entry in environ if entry.startswith(prefix)]
