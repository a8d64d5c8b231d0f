"""A few seconds of the booking campaign, and that its check sees what is wrong."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from sync_server.settings import Settings
from tests.campaigns.bookings import run_booking_campaign
from tests.campaigns.bookings_check import CHECKS, found_wrong


def test_sixteen_members_race_for_five_resources_and_nobody_overlaps(tmp_path: Path) -> None:
    summary = run_booking_campaign(seconds=2, clients=16, seed=3, folder=tmp_path)
    assert summary.broken == []
    assert set(summary.booked) == {"sqlite", "postgresql"}
    assert min(summary.booked.values()) > 10
    assert max(max(each) for each in summary.statuses.values()) < 500
    assert summary.ratio > 0


def test_the_check_sees_each_kind_of_double_booking(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "foyer.sqlite")) as db:
        db.executescript(_TABLES)
    wrong = asyncio.run(found_wrong(Settings(tmp_path)))
    assert {each.partition(":")[0] for each in wrong} == set(CHECKS)


_TABLES = """
CREATE TABLE holding (ref, unit, from_us, until_us);
CREATE TABLE slot (booking_id, resource_id, from_us, until_us, status);
INSERT INTO holding VALUES ('a', 'room1', 0, 10), ('b', 'room1', 9, 20), ('c', 'hall', 0, 9);
INSERT INTO slot VALUES ('a', 'room1', 0, 10, 'confirmed'), ('b', 'room1', 9, 20, 'confirmed'),
    ('c', 'hall', 0, 9, 'confirmed'), ('d', 'hall', 10, 20, 'confirmed');
"""
