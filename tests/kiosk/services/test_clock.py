"""The honest clock through reboots, jumps and dead hardware clocks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.services.clock import Anchor, HonestClock

START = datetime(2026, 5, 14, 10, tzinfo=UTC)


@dataclass
class Clocks:
    now: datetime = START
    up_s: float = 100.0
    boot: str = "one"

    def wall(self) -> datetime:
        return self.now

    def monotonic_s(self) -> float:
        return self.up_s

    def boot_id(self) -> str:
        return self.boot


def test_time_is_the_servers_carried_on_by_the_monotonic_clock() -> None:
    clocks = Clocks()
    clock = HonestClock(clocks, None)
    clock.heard_server(START + timedelta(seconds=7))
    clocks.up_s += 60
    clocks.now = START - timedelta(days=400)
    assert clock.read().now == START + timedelta(seconds=67)
    assert clock.read().other is None


def test_a_restart_without_reboot_goes_on_where_it_was() -> None:
    clocks = Clocks()
    first = HonestClock(clocks, None)
    first.heard_server(START)
    anchor = first.persistable()
    clocks.up_s += 3600
    clocks.now = START - timedelta(days=1)
    assert HonestClock(clocks, anchor).read().now == START + timedelta(hours=1)


@pytest.mark.parametrize(
    ("after", "in_doubt"),
    [
        (timedelta(hours=1), False),
        (timedelta(hours=72), False),
        (timedelta(hours=72, seconds=1), True),
        (timedelta(seconds=-1), True),
        (timedelta(days=-20000), True),
    ],
)
def test_after_a_reboot_the_hardware_clock_is_believed_within_three_days(
    after: timedelta, in_doubt: bool
) -> None:
    persisted = Anchor(START, 0, "one", by_server=True)
    clocks = Clocks(now=START + after, boot="two")
    reading = HonestClock(clocks, persisted).read()
    assert reading.now == START + after
    assert (reading.other == START) is in_doubt
    assert (reading.other is not None) is in_doubt


def test_a_believed_wall_clock_that_jumps_is_in_doubt_until_the_server_is_heard() -> None:
    clocks = Clocks()
    clock = HonestClock(clocks, None)
    clocks.now = START + timedelta(minutes=6)
    reading = clock.read()
    assert (reading.now, reading.other) == (START, START + timedelta(minutes=6))
    clock.heard_server(START + timedelta(minutes=1))
    assert clock.read().other is None


def test_staff_settle_the_doubt_in_one_tap() -> None:
    clocks = Clocks(now=START - timedelta(days=1), boot="two")
    clock = HonestClock(clocks, Anchor(START, 0, "one", by_server=True))
    assert clock.read().other is not None
    clocks.now = START + timedelta(minutes=2)
    clock.confirm_by_staff()
    assert clock.read().now == START + timedelta(minutes=2)
    assert clock.read().other is None
