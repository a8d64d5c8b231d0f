"""Campaigns are found by themselves, take their numbers as flags and tell what they saw."""

import json

import pytest

from tests.campaigns.__main__ import main
from tests.campaigns.registry import campaigns


def test_every_campaign_is_found_by_the_name_of_its_module() -> None:
    assert {"codes", "doors", "kills"} <= campaigns().keys()


def test_a_campaign_runs_by_its_name_and_tells_its_numbers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["codes", "--count", "300", "--seed", "5"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["campaign"], told["count"], told["seed"]) == ("codes", 300, 5)
    assert told["took_s"] >= 0


def test_a_campaign_nobody_knows_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lunch"]) == 2
    assert "doors" in capsys.readouterr().err
