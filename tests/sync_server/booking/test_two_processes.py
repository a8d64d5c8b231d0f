"""Real processes on one PostgreSQL, one of them killed: what is due happens once, and happens."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from domain.booking import BookingStatus
from ledger.ledger import open_ledger
from ledger.timers import CLAIM_S
from tests.ledger.acts import Clock
from tests.sync_server.booking.town import DESKS, NOBODYS, TOMORROW, Town, found_town, slot

BOOKINGS = 60


@pytest.fixture
async def town(postgresql_url: str, clock: Clock, tmp_path: Path) -> Town:
    return await found_town([await open_ledger(postgresql_url, clock)], clock, tmp_path)


async def test_two_processes_and_a_killed_one_release_each_booking_once(
    town: Town, postgresql_url: str, tmp_path: Path
) -> None:
    await town.set_terms(DESKS, release_min=15)
    made = [
        await town.staff_books(slot(n % 20, 1), NOBODYS, resource=DESKS) for n in range(BOOKINGS)
    ]
    at = TOMORROW + timedelta(hours=19, minutes=30)

    def start(seconds: int = 0) -> "subprocess.Popen[bytes]":
        arguments = [postgresql_url, str(tmp_path), (at + timedelta(seconds=seconds)).isoformat()]
        module = "tests.sync_server.booking.timer_process"
        return subprocess.Popen([sys.executable, "-m", module, *arguments])

    killed = start()
    killed.kill()
    assert killed.wait(30) != 0
    both = [start(), start()]
    assert [each.wait(60) for each in both] == [0, 0]
    assert start(2 * CLAIM_S).wait(60) == 0
    last = [each for each in made if each.booking.starts == TOMORROW + timedelta(hours=19)]
    assert len(last) == 3
    for each in made:
        events = await town.events("booking", each.booking_id)
        released = each in last
        assert events.count("BookingReleased") == released
        status = (await town.booking(each.booking_id)).status
        assert (status is BookingStatus.RELEASED) is released
        assert await town.ledger.read(lambda r, e=each: r.timers_of(e.booking_id)) == []
    mails = [what for what, _ in await town.mails() if what == "booking_released"]
    assert len(mails) == len(last)
    await town.ledger.close()
