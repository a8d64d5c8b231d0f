"""The README points at things that are there."""

import re

from tests.architecture.project_files import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_link_and_picture_is_there() -> None:
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", README) if "://" not in target]
    assert len(targets) > 8
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_promise_names_tests_that_are_there() -> None:
    promises = re.findall(r"^\| \*\*.*\| (.+) \|$", README, re.MULTILINE)
    assert len(promises) == 7
    for named in promises:
        folder = ROOT
        for path in re.findall(r"`([^`]+\.py|tests/[^`]*)`", named):
            whole = ROOT / path if path.startswith("tests/") else folder / path
            folder = whole.parent
            assert list(whole.parent.glob(whole.name)), path


def test_the_commands_are_there() -> None:
    for script in set(re.findall(r"installers/\w+\.sh", README)):
        assert (ROOT / script).exists(), script
