"""`foyer-server apply` as operators call it, with the example house of the documentation."""

import asyncio
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from domain.resource import Resource, ResourceKind
from ledger.ledger import open_ledger
from sync_server.settings import Settings
from sync_server.use_cases.apply.standing import HouseParts, read_standing
from tests.architecture.project_files import ROOT
from tests.sync_server.test_command_line import done, foyer

EXAMPLE = ROOT / "docs" / "example-house.toml"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """An empty house, and the example file beside it with its pictures."""
    done("init", "--data", tmp_path / "house")
    shutil.copy(EXAMPLE, tmp_path / "house.toml")
    shutil.copytree(EXAMPLE.with_suffix(""), tmp_path / EXAMPLE.stem)
    return tmp_path / "house"


def applied(house: Path, *flags: str, **changes: str) -> str:
    """What apply prints for the example with some of its text replaced."""
    return done("apply", written(house, changes), "--data", house, *flags)


def written(house: Path, changes: dict[str, str]) -> Path:
    text = EXAMPLE.read_text()
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    file = house.parent / "house.toml"
    file.write_text(text)
    return file


def heads(house: Path) -> dict[str, int]:
    async def look() -> dict[str, int]:
        ledger = await open_ledger(Settings(house).ledger_url)
        try:
            return await ledger.heads()
        finally:
            await ledger.close()

    return asyncio.run(look())


def standing(house: Path) -> HouseParts:
    async def look() -> HouseParts:
        ledger = await open_ledger(Settings(house).ledger_url)
        try:
            return await ledger.read(read_standing)
        finally:
            await ledger.close()

    return asyncio.run(look())


def test_the_example_becomes_a_house_of_every_kind(house: Path) -> None:
    told = applied(house)
    assert "New: Kiln, room; 8 seats; 32.00 an hour." in told
    assert re.search(r"\d+ things new, none changed, none removed.$", told)
    parts = standing(house)
    assert {each.kind for each in parts.resources.values()} == set(ResourceKind)
    site = parts.sites["ziegelhof"]
    assert site.number == 1
    assert len(site.short_code_salt) == 32
    assert site.day_pass
    assert site.day_pass.price_cents == 2500
    with Image.open(house / "files" / site.floor_plan) as picture:
        assert picture.format == "JPEG"
    assert (house / "files" / site.floor_plan).stat().st_size <= 60_000


def test_a_second_time_there_is_nothing_to_change(house: Path) -> None:
    applied(house)
    before = heads(house)
    assert applied(house) == "Nothing to change."
    assert heads(house) == before


def test_a_dry_run_says_the_same_and_changes_nothing(house: Path) -> None:
    before = heads(house)
    dry = applied(house, "--dry-run")
    assert heads(house) == before
    assert not list((house / "files").iterdir())
    assert dry.splitlines()[:-1] == applied(house).splitlines()


def test_what_changes_is_told_in_words(house: Path) -> None:
    applied(house)
    told = done(
        "apply",
        written(house, {'"32.00"': '"30.00"', "Mon-Fri 07:00-22:00": "Mon-Fri 08:00-22:00"}),
        "--data",
        house,
    )
    assert "Kiln: 32.00 becomes 30.00 an hour." in told
    assert "open Mon-Fri 08:00-22:00" in told
    assert told.endswith("Nothing new, 2 changed, none removed.")


def test_every_problem_is_told_at_once_and_nothing_is_applied(house: Path) -> None:
    before = heads(house)
    wrong = {
        'price = "32.00"': 'pirce = "32.00"',
        '"Europe/Berlin"': '"Europe/Berln"',
        'groups = ["residents"]': 'groups = ["resident"]',
        "seats = 16": 'seats = "16"',
    }
    result = foyer("apply", written(house, wrong), "--data", house)
    assert result.returncode == 1
    assert result.stdout == ""
    assert "resource.kiln.pirce: There is no such key. Did you mean price?" in result.stderr
    assert "site.ziegelhof.timezone" in result.stderr
    assert "No plan has the group resident. Did you mean residents?" in result.stderr
    assert "resource.workshop.seats" in result.stderr
    assert heads(house) == before


def test_what_is_taken_over_is_told_only_where_it_is_written(house: Path) -> None:
    wrong = {'step = "30 min"\nshortest = "30 min"': 'setp = "30 min"'}
    result = foyer("apply", written(house, wrong), "--data", house)
    assert result.stderr.count("setp") == 1
    assert "resource.kiln.booking.setp" in result.stderr


def test_numbers_stay_when_the_order_changes(house: Path) -> None:
    applied(house)
    before = standing(house).resources

    def numbers(resources: dict[str, Resource]) -> dict[str, int]:
        return {id_: each.number for id_, each in resources.items()}

    text = EXAMPLE.read_text()
    head, *tables = re.split(r"(?m)^(?=\[resource\.)", text)
    file = house.parent / "house.toml"
    file.write_text(head + "".join(reversed(tables)))
    assert done("apply", file, "--data", house) == "Nothing to change."
    assert numbers(standing(house).resources) == numbers(before)


def test_what_the_file_lacks_stays_unless_it_is_to_go(house: Path) -> None:
    applied(house)
    text = EXAMPLE.read_text()
    file = house.parent / "house.toml"
    file.write_text(text[: text.index("[resource.printer]")])
    assert done("apply", file, "--data", house) == "Nothing to change."
    told = done("apply", file, "--data", house, "--remove-missing")
    assert told.splitlines() == [
        "Removed: Large printer, a resource.",
        "Nothing new, none changed, 1 removed.",
    ]
    assert "printer" not in standing(house).resources


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[site", "no TOML"),
        ("colour = 1", "There is no such table"),
        ("site = 5", "A table"),
        ('[resource.a]\nname = "A"', "The site is missing"),
    ],
)
def test_a_file_that_means_nothing_is_refused(house: Path, text: str, said: str) -> None:
    file = house.parent / "house.toml"
    file.write_text(text)
    result = foyer("apply", file, "--data", house)
    assert result.returncode == 1
    assert said in result.stderr


def test_no_file_and_no_picture_is_wrong_use(house: Path, tmp_path: Path) -> None:
    assert foyer("apply", tmp_path / "none.toml", "--data", house).returncode == 2
    (tmp_path / EXAMPLE.stem / "floor-plan.png").write_bytes(b"no picture at all")
    result = foyer("apply", tmp_path / "house.toml", "--data", house)
    assert result.returncode == 2
    assert "site.ziegelhof.floor_plan" in result.stderr
    (tmp_path / EXAMPLE.stem / "floor-plan.png").unlink()
    result = foyer("apply", tmp_path / "house.toml", "--data", house)
    assert result.returncode == 1
    assert "There is no picture example-house/floor-plan.png" in result.stderr
