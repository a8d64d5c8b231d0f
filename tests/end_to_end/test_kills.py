"""A small sample of the kill campaign, the same code as the large one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.campaigns.kills import run_kill_campaign
from tests.campaigns.kills_check import broken
from tests.end_to_end.books import Books


@pytest.mark.timeout(240)
def test_ten_kills_lose_and_double_nothing_and_a_lost_event_would_be_seen(tmp_path: Path) -> None:
    summary = run_kill_campaign(kills=10, seed=1, folder=tmp_path)
    assert summary.broken == []
    assert sum(summary.kills.values()) == 10
    assert summary.acknowledged >= 20

    with closing(Books(tmp_path / "server", tmp_path / "kiosk")) as books:
        acknowledged = [id_ for (id_,) in books.kiosk("SELECT id FROM event ORDER BY position")]
        assert broken(books, acknowledged, tmp_path / "openings.jsonl") == []
        with closing(sqlite3.connect(tmp_path / "server" / "foyer.sqlite")) as db, db:
            db.execute("DELETE FROM event WHERE id = ?", (acknowledged[3],))
        found = broken(books, acknowledged, tmp_path / "openings.jsonl")
        assert found[0] == f"acknowledged, 0 times on the server: {acknowledged[3]}"
