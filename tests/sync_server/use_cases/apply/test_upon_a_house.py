"""Applying upon a house that people use: what hangs on things, beside a server."""

import json
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sync_server.use_cases.apply.toml_text import toml_text
from tests.sync_server.conftest import Demo
from tests.sync_server.running import RunningServer
from tests.sync_server.test_command_line import done, foyer
from tests.sync_server.use_cases.apply.test_apply_command import heads, standing


@pytest.fixture
def document(demo: Demo) -> dict[str, Any]:
    """The demo house as tables."""
    return tomllib.loads(done("house-file", "--data", demo.folder))


def tried(demo: Demo, document: dict[str, Any], *flags: str) -> tuple[int, str]:
    file = demo.folder.parent / "house.toml"
    file.write_text(toml_text(document))
    result = foyer("apply", file, "--data", demo.folder, *flags)
    return result.returncode, result.stdout + result.stderr


def booked(demo: Demo, resource: str) -> str:
    starts = datetime.now(UTC) + timedelta(days=5)
    times = ("--from", starts.isoformat(), "--to", (starts + timedelta(hours=1)).isoformat())
    who = ("--resource", resource, "--person", demo.ids["member"])
    return str(json.loads(done("book", "--data", demo.folder, *who, *times))["booking"])


def test_its_own_file_changes_nothing(demo: Demo, document: dict[str, Any]) -> None:
    before = heads(demo.folder)
    assert tried(demo, document, "--remove-missing") == (0, "Nothing to change.\n")
    assert heads(demo.folder) == before


def test_what_is_booked_stays_and_the_bookings_are_named(
    demo: Demo, document: dict[str, Any]
) -> None:
    booking = booked(demo, demo.ids["resource"])
    del document["resource"]["loft"]
    assert tried(demo, document) == (0, "Nothing to change.\n")
    code, said = tried(demo, document, "--remove-missing")
    assert code == 1
    assert "It stays: Loft is taken" in said
    assert booking in said
    assert demo.ids["resource"] in standing(demo.folder).resources


def test_units_that_are_booked_stay_too(demo: Demo, document: dict[str, Any]) -> None:
    booking = booked(demo, demo.ids["resource"])
    document["resource"]["loft"]["units"] = 2
    code, said = tried(demo, document)
    assert code == 1
    assert "Its units stay" in said
    assert booking in said
    document["resource"]["projector"]["units"] = 1
    del document["resource"]["loft"]["units"]
    assert tried(demo, document)[0] == 0


def test_a_plan_that_is_held_and_a_door_with_a_kiosk_stay(
    demo: Demo, document: dict[str, Any]
) -> None:
    done("add-kiosk", "--data", demo.folder, "--site", demo.ids["site"], "--door", demo.ids["door"])
    del document["plan"]["24-7"]
    del document["site"]["ziegelhof"]["door"]
    code, said = tried(demo, document, "--remove-missing")
    assert code == 1
    assert "hold 24/7" in said or "holds 24/7" in said
    assert "It stays: Kiosk 1 stands at it" in said


def test_a_thing_keeps_its_site_and_its_keys(demo: Demo, document: dict[str, Any]) -> None:
    del document["site"]["ziegelhof"]["door"][demo.ids["door"]]["lock_key"]
    assert tried(demo, document) == (0, "Nothing to change.\n")
    document["resource"]["loft"]["site"] = "werkhaus"
    document["resource"]["loft"]["zones"] = ["House"]
    code, said = tried(demo, document)
    assert code == 1
    assert "A thing stays at its site" in said


def test_beside_a_running_server_it_goes_through_it(
    server: RunningServer, demo: Demo, document: dict[str, Any]
) -> None:
    document["resource"]["loft"]["price"] = "20.00"
    code, said = tried(demo, document)
    assert (code, said.splitlines()[0]) == (0, "Loft: 14.00 becomes 20.00 an hour.")
    printed = done("house-file", "--data", demo.folder).splitlines()
    # The server of this test runs in the same process and may log a line with its time between.
    again = tomllib.loads("\n".join(line for line in printed if not line.startswith("20")))
    assert again["resource"]["loft"]["price"] == "20.00"


def test_changes_are_told_to_programs_too(demo: Demo, document: dict[str, Any]) -> None:
    document["resource"]["loft"]["price"] = "20.00"
    file = demo.folder.parent / "house.toml"
    file.write_text(toml_text(document))
    told = json.loads(done("apply", file, "--data", demo.folder, "--dry-run", "--json"))
    assert told["summary"] == "Nothing new, 1 changed, none removed."
    (change,) = told["changes"]
    assert (change["kind"], change["id"], change["what"]) == (
        "resource",
        demo.ids["resource"],
        "changed",
    )
    assert change["fields"] == [
        {
            "field": "price",
            "before": "14.00",
            "after": "20.00",
            "words": "14.00 becomes 20.00 an hour",
        }
    ]


WRONG: list[tuple[tuple[str, ...], Any, str]] = [
    (("resource", "loft", "price"), "14.01", "tariff: "),
    (("resource", "loft", "booking", "shortest"), "11 h", "booking: "),
    (("resource", "loft", "booking", "horizon"), "900 days", "booking: "),
    (("resource", "loft", "booking", "audience"), "plans", "needs the plans"),
    (("resource", "loft", "booking", "quotas"), [{"per": "day"}], "at_most, bookings, or both"),
    (("resource", "loft", "number"), 1, "have the number 1"),
    (("resource", "loft", "kind"), "roof", 'There is no "roof" here. Did you mean room?'),
    (("resource", "loft", "spot"), [900, 0, 200, 10], "not on the plan"),
    (("resource", "loft", "photos"), ["none.jpg"], "There is no picture none.jpg"),
    (("site", "ziegelhof", "slug"), "werkhaus", "Two sites are called werkhaus"),
    (("site", "ziegelhof", "currency"), "EURO", "no currency"),
    (("site", "ziegelhof", "guests_pay_by"), ["cash"], 'There is no "cash" here'),
    (("site", "ziegelhof", "about"), {"english": "x"}, "two letters"),
    (("site", "ziegelhof", "texts"), {"imprnt": {"en": "x"}}, "Did you mean imprint?"),
    (("site", "ziegelhof", "opening"), ["Mon 8:00-12:00", "Mon 11:00-13:00"], "overlap"),
    (("site", "ziegelhof", "zones"), {"House": 0, "First floor": 0}, "the same number"),
    (("site", "ziegelhof", "zones"), {"House": 0, "First floor": 3}, "keeps its number 1"),
    (("site", "ziegelhof", "zones"), {"Yard": 5, "First floor": 1}, "There is no zone House"),
    (("plan", "24-7", "zones"), ["Hous"], "Did you mean House?"),
    (("plan", "24-7", "sites"), ["ziegelho"], "Did you mean ziegelhof?"),
    (("plan", "24-7", "id"), "a#b", "without #"),
]


@pytest.mark.parametrize(("path", "value", "says"), WRONG, ids=[".".join(w[0]) for w in WRONG])
def test_every_wrong_value_is_named_with_what_would_do(
    demo: Demo, document: dict[str, Any], path: tuple[str, ...], value: Any, says: str
) -> None:
    place = document
    for key in path[:-1]:
        place = place.setdefault(key, {})
    place[path[-1]] = value
    code, said = tried(demo, document)
    assert code == 1
    assert says in said, said
    assert f"{'.'.join(path[:2])}" in said


def test_a_door_without_a_key_and_ways_that_lead_nowhere(
    demo: Demo, document: dict[str, Any]
) -> None:
    doors = document["site"]["ziegelhof"]["door"]
    doors["side"] = {"name": "Side", "zone": "House", "lock": "side", "other_way": "nowhere"}
    _, said = tried(demo, document)
    assert "door.side.lock_key: A new door needs the public key of its lock." in said
    assert "door.side.other_way: There is no other door nowhere" in said


def test_nothing_is_left_of_what_was_refused(demo: Demo, document: dict[str, Any]) -> None:
    before = heads(demo.folder)
    document["resource"]["loft"]["price"] = "20.00"
    document["resource"]["new"] = {"name": "New"}
    assert tried(demo, document)[0] == 1
    assert heads(demo.folder) == before


def test_a_large_file_goes_through_a_running_server_too(server: RunningServer, demo: Demo) -> None:
    file = demo.folder.parent / "house.toml"
    file.write_text("# " + '"\n# ' * 120_000)
    assert done("apply", file, "--data", demo.folder) == "Nothing to change."


def test_the_file_is_kept_small(demo: Demo, tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    file.write_text("#" * 600_000)
    result = foyer("apply", file, "--data", demo.folder)
    assert result.returncode == 2
    assert "larger than" in result.stderr
