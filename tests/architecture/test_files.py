"""Files stay small, are named for what they are about, and know no machine but the reader's."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.project_files import ROOT, project_files, text_of

MOST_LINES = 400
CODE = (".py", ".qml", ".sh", ".js", ".css", ".html")
EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"})
HOSTS = re.compile(
    "|".join(("pypi" + r"\.org", "python" + "hosted", "npm" + "js", "/simple" + "/"))
)
MACHINE_PATHS = re.compile(r"(?<![\w.:/-])/(?:work|root|home|Users|opt)/\w")


def length_of(path: Path) -> int:
    return len((ROOT / path).read_text(encoding="utf-8").splitlines())


def empty_words_in(path: Path) -> set[str]:
    words = {part for piece in path.with_suffix("").parts for part in piece.lower().split("_")}
    return words & EMPTY_NAMES


def test_no_file_is_longer_than_one_idea() -> None:
    lengths = {str(path): length_of(path) for path in project_files(*CODE)}
    assert len(lengths) > 100
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_name_says_nothing() -> None:
    assert [str(path) for path in project_files() if empty_words_in(path)] == []


def test_an_empty_name_would_be_noticed() -> None:
    assert empty_words_in(Path("kiosk/services/door_helpers.py")) == {"helpers"}
    assert empty_words_in(Path("ledger/database.py")) == set()


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    wrong = [
        f"{path}: {found.group()}"
        for path in project_files()
        for found in [
            *HOSTS.finditer(text_of(path) or ""),
            *MACHINE_PATHS.finditer(text_of(path) or ""),
        ]
    ]
    assert wrong == []


@pytest.mark.parametrize("text", ["see /" + "root/foyer", "cd /" + "home/me", "py" + "pi.org"])
def test_a_machine_or_a_registry_would_be_noticed(text: str) -> None:
    assert HOSTS.search(text) or MACHINE_PATHS.search(text)


def test_every_screen_file_has_a_name_of_its_own() -> None:
    """Two QML files of the same name silently lose a class from the type information."""
    stems = Counter(path.stem for path in project_files(".qml"))
    assert stems
    assert [stem for stem, count in stems.items() if count > 1] == []
