"""QML is linted with the Python types known, and nothing is lost on the way to them."""

import json
import re
import subprocess
import sys
from pathlib import Path

from kiosk.ui import viewmodels

UI = Path(viewmodels.__file__).parent.parent
TOOLS = Path(sys.executable).parent
REGISTERED = sorted(
    file for file in UI.rglob("*.py") if re.search(r"^@QmlElement", file.read_text(), re.M)
)


def test_registered_modules_have_stems_of_their_own() -> None:
    stems = [file.stem for file in REGISTERED]
    assert len(stems) >= 6
    assert len(stems) == len(set(stems))


def test_every_qml_file_is_named_in_the_module() -> None:
    named = set(re.findall(r"\S+\.qml", (UI / "Foyer" / "qmldir").read_text()))
    there = {str(f.relative_to(UI / "Foyer")) for f in (UI / "Foyer").rglob("*.qml")}
    assert len(there) > 30
    assert named == there


def test_every_icon_named_in_the_window_is_in_the_house() -> None:
    assets = UI.parent.parent / "assets" / "icons"
    sources = [f.read_text() for f in (*UI.rglob("*.qml"), *UI.rglob("*.py"))]
    names = {n for s in sources for n in re.findall(r'(?:icon|name): "([a-z][a-z-]+)"', s)}
    names -= {"brick-mark", "corner", "sample-code"}
    assert len(names) > 8
    assert [n for n in names if not list(assets.glob(f"*/{n}.svg"))] == []


def test_qmllint_finds_nothing(tmp_path: Path) -> None:
    types = tmp_path / "Foyer" / "Models"
    types.mkdir(parents=True)
    dumps = [_dump(file, types / f"{file.stem}.json") for file in REGISTERED]
    _run(
        "pyside6-qmltyperegistrar",
        "--generate-qmltypes",
        str(types / "models.qmltypes"),
        "--import-name",
        "Foyer.Models",
        "--major-version",
        "1",
        "-o",
        str(types / "registration.cpp"),
        *map(str, dumps),
    )
    (types / "qmldir").write_text("module Foyer.Models\ntypeinfo models.qmltypes\n")
    files = sorted(map(str, (UI / "Foyer").rglob("*.qml")))
    _run("pyside6-qmllint", "-W", "0", "-I", str(tmp_path), "-I", str(UI), *files)


def _dump(module: Path, target: Path) -> Path:
    """The types of one module. The tool drops `constant` and does not know lists: both mended."""
    _run("pyside6-metaobjectdump", "-o", str(target), str(module))
    dumped = json.loads(target.read_text())
    for file in dumped:
        for kind in file["classes"]:
            for prop in kind.get("properties", []):
                prop["constant"] = "notify" not in prop
                prop["type"] = {"list": "QVariantList"}.get(prop["type"], prop["type"])
    target.write_text(json.dumps(dumped))
    return target


def _run(tool: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(TOOLS / tool), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
