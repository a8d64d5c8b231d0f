"""A small sample of the kill campaign, the same code as the large one."""

from pathlib import Path

import pytest

from tests.campaigns.kills import run_kill_campaign


@pytest.mark.timeout(240)
def test_ten_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    summary = run_kill_campaign(kills=10, seed=1, folder=tmp_path)
    assert summary.broken == []
    assert sum(summary.kills.values()) == 10
    assert summary.acknowledged >= 20
