"""A small sample of the door campaign, the same code as the large one."""

from pathlib import Path

from tests.campaigns.doors import run_door_campaign


async def test_a_hundred_runs_on_twenty_locks_open_nothing_late(tmp_path: Path) -> None:
    summary = await run_door_campaign(runs=100, locks=20, seed=1, folder=tmp_path)
    assert summary.broken == []
    assert summary.people >= 100
    assert summary.openings >= summary.people / 3
    assert {"retained", "bad signature"} <= set(summary.ignored)
