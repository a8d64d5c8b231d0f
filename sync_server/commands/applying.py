"""apply: one file describes the house; what it changes is told in words."""

import argparse
import json
import tomllib
from pathlib import Path
from typing import Final

from ledger.data_dir import DataDir
from sync_server.admin.answers import Json
from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import HouseFile, NoParams
from sync_server.commands.outcome import show
from sync_server.settings import BadSettings, Settings
from sync_server.use_cases.apply.pictures import keep_pictures, named_pictures, read_picture
from sync_server.use_cases.apply.trouble import Problem
from sync_server.use_cases.refusal import Refusal

MOST_BYTES: Final = 500_000


def apply(settings: Settings, flags: argparse.Namespace) -> int:
    """Print what changes and change it; with --dry-run only the first."""
    text = _text_of(flags.file)
    names, contents = _pictures(flags.file.parent, text)
    order = HouseFile(text, names, dry_run=True, remove_missing=flags.remove_missing)
    answer = ask(settings, Asked("apply", order))
    if not isinstance(answer, Refusal) and not flags.dry_run:
        keep_pictures(DataDir(settings.data).files, contents)
        done = HouseFile(text, names, dry_run=False, remove_missing=flags.remove_missing)
        answer = ask(settings, Asked("apply", done))
    if flags.json:
        return show(answer, lambda done: json.dumps(done, ensure_ascii=False, indent=2))
    return show(answer, lambda done: _told(done, dry_run=flags.dry_run))


def house_file(settings: Settings, _: argparse.Namespace) -> int:
    """Print the house as a file that apply reads."""
    answer = ask(settings, Asked("house-file", NoParams()))
    return show(answer, lambda done: str(done["text"]).rstrip())


def _text_of(file: Path) -> str:
    """Raises BadSettings where there is no such file, or none that could be meant."""
    try:
        data = file.read_bytes()
        if len(data) > MOST_BYTES:
            raise BadSettings(f"{file} is larger than {MOST_BYTES // 1000} kB.")
        return data.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{file} cannot be read: {error}.") from error


def _pictures(folder: Path, text: str) -> tuple[dict[str, str], dict[str, bytes]]:
    """Stored names by the names in the file, and what is to be stored; nothing for bad TOML.

    A picture that is not there is told by whoever reads the file, with all its other problems.
    """
    try:
        named = named_pictures(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError):  # told by whoever reads the file
        return {}, {}
    names: dict[str, str] = {}
    contents: dict[str, bytes] = {}
    for name, path in named.items():
        if not (folder / name).is_file():
            continue
        found = read_picture(folder / name)
        if isinstance(found, str):
            raise BadSettings(str(Problem(path, f"{name} {found}")))
        names[name] = found.name
        contents[found.name] = found.content
    return names, contents


def _told(done: Json, *, dry_run: bool) -> str:
    lines = [each["sentence"] for each in done["changes"]] + [done["summary"]]
    if dry_run and done["changes"]:
        lines.append("This was a dry run: the house is as it was.")
    return "\n".join(lines)
