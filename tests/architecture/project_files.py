"""The files of this project: what Git tracks or would track, never what a build left behind."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def project_files(*suffixes: str) -> list[Path]:
    """Paths relative to the checkout, sorted; all of them if no suffix is given."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = {Path(name) for name in listed.split("\0") if name}
    present = (path for path in paths if (ROOT / path).is_file())
    return sorted(path for path in present if not suffixes or path.suffix in suffixes)


def text_of(path: Path) -> str | None:
    """What stands in the file, or None if it is no text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
