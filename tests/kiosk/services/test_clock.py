"""The honest clock through reboots, jumps and dead hardware clocks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def in_doubt_30_h_late() -> tuple[Clocks, HonestClock]:
    """A kiosk that rebooted with a clock 30 h behind what was persisted."""
    clocks = Clocks(now=START - timedelta(hours=30), up_s=5, boot="two")
    return clocks, HonestClock(clocks, Anchor(START, 100_000_000, "one", by_server=True))


def test_a_restarted_process_keeps_the_doubt_and_both_candidates() -> None:
    clocks, first = in_doubt_30_h_late()
    persisted = first.persistable()
    clocks.up_s += 60
    clocks.now += timedelta(seconds=60)
    reading = HonestClock(clocks, persisted).read()
    assert (reading.now, reading.other) == (clocks.now, START + timedelta(seconds=60))


def test_a_second_reboot_with_the_same_wrong_clock_keeps_the_doubt() -> None:
    clocks, first = in_doubt_30_h_late()
    clocks.up_s += 60
    clocks.now += timedelta(seconds=60)
    persisted = first.persistable()
    clocks.boot, clocks.up_s = "three", 5
    clocks.now += timedelta(seconds=30)
    reading = HonestClock(clocks, persisted).read()
    assert (reading.now, reading.other) == (clocks.now, START + timedelta(seconds=60))


@pytest.mark.parametrize("boot", ["one", "two"])
def test_a_jump_that_was_noticed_is_still_in_doubt_after_a_restart(boot: str) -> None:
    clocks = Clocks()
    first = HonestClock(clocks, None)
    clocks.now = START + timedelta(hours=6)
    persisted = first.persistable()
    clocks.boot = boot
    reading = HonestClock(clocks, persisted).read()
    assert (reading.now, reading.other) == (START + timedelta(hours=6), START)


def test_a_time_in_doubt_is_never_the_floor_of_the_next_start() -> None:
    clocks = Clocks(now=START + timedelta(days=400), boot="two")
    persisted = HonestClock(clocks, Anchor(START, 0, "one", by_server=True)).persistable()
    assert persisted.time == START
    assert not persisted.by_server


@pytest.mark.parametrize("by", ["server", "staff"])
@pytest.mark.parametrize("boot", ["two", "three"])
def test_what_settled_the_doubt_holds_over_the_next_start(by: str, boot: str) -> None:
    clocks, clock = in_doubt_30_h_late()
    clock = HonestClock(clocks, clock.persistable())
    clocks.now = START + timedelta(minutes=2)
    if by == "server":
        clock.heard_server(clocks.now)
    else:
        clock.confirm_by_staff()
    persisted = clock.persistable()
    clocks.boot = boot
    reading = HonestClock(clocks, persisted).read()
    assert (reading.now, reading.other) == (START + timedelta(minutes=2), None)


@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.timedeltas(timedelta(days=-30), timedelta(days=30)),
            st.timedeltas(timedelta(0), timedelta(days=5)),
        ),
        max_size=8,
    )
)
def test_no_row_of_restarts_and_wrong_clocks_ends_a_doubt_or_moves_what_is_trusted_back(
    starts: list[tuple[bool, timedelta, timedelta]],
) -> None:
    clocks, clock = in_doubt_30_h_late()
    trusted = START
    for number, (reboots, wrong_by, up) in enumerate(starts):
        persisted = clock.persistable()
        if reboots:
            clocks.boot, clocks.up_s = f"boot {number}", 0.0
        clocks.now = START + wrong_by
        clock = HonestClock(clocks, persisted)
        assert clock.read().other == trusted
        clocks.up_s += up.total_seconds()
        clocks.now += up
        trusted = clock.persistable().time
        assert trusted >= persisted.time
        assert clock.read().other is not None
