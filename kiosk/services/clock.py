"""The honest clock: the server's time carried on by the monotonic clock, doubts admitted.

Trusted time is the last server time plus what the monotonic clock has counted since. After a
reboot without the server the hardware clock is taken if it is not before the last persisted
time and not more than 72 h after it. Otherwise both candidates are handed to the rule, which
then admits only what is right at both.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

RTC_TRUST: Final = timedelta(hours=72)
JUMP: Final = timedelta(minutes=5)


class Clocks(Protocol):
    """What the machine offers: its wall clock, its monotonic clock, the id of this boot."""

    def wall(self) -> datetime: ...
    def monotonic_s(self) -> float: ...
    def boot_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Anchor:
    """A moment at which trusted time and the monotonic clock were seen together."""

    time: datetime
    monotonic_us: int
    boot_id: str
    by_server: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """Now; `other` is the second candidate while the clock is in doubt."""

    now: datetime
    other: datetime | None = None


class HonestClock:
    """Reads trusted time; `anchor` is to be persisted each minute and given back at start."""

    def __init__(self, clocks: Clocks, persisted: Anchor | None) -> None:
        self._clocks = clocks
        self._doubt: timedelta | None = None
        self.anchor = self._first_anchor(persisted)

    def read(self) -> Reading:
        """The time by the anchor, with the wall clock as the other candidate if in doubt."""
        now = self._carried(self.anchor)
        self._notice_jump(now)
        return Reading(now, now + self._doubt if self._doubt is not None else None)

    def now(self) -> datetime:
        return self.read().now

    def monotonic_s(self) -> float:
        return self._clocks.monotonic_s()

    def heard_server(self, server_time: datetime) -> None:
        """The server said the time: all doubt is over."""
        self._doubt = None
        self.anchor = self._anchor(server_time, by_server=True)

    def confirm_by_staff(self) -> None:
        """Staff looked at the clock and say it is right: the wall clock is taken."""
        self._doubt = None
        self.anchor = self._anchor(self._clocks.wall(), by_server=False)

    def persistable(self) -> Anchor:
        """The anchor of this moment."""
        return self._anchor(self._carried(self.anchor), by_server=self.anchor.by_server)

    def _first_anchor(self, persisted: Anchor | None) -> Anchor:
        wall = self._clocks.wall()
        if persisted is None:
            return self._anchor(wall, by_server=False)
        if persisted.boot_id == self._clocks.boot_id():
            return persisted
        if not persisted.time <= wall <= persisted.time + RTC_TRUST:
            self._doubt = persisted.time - wall
        return self._anchor(wall, by_server=False)

    def _notice_jump(self, now: datetime) -> None:
        """A wall clock that leaves the monotonic one is only trouble if it was believed."""
        off = self._clocks.wall() - now
        if not self.anchor.by_server and self._doubt is None and abs(off) > JUMP:
            self._doubt = off

    def _carried(self, anchor: Anchor) -> datetime:
        passed = int(self._clocks.monotonic_s() * 1_000_000) - anchor.monotonic_us
        return anchor.time + timedelta(microseconds=passed)

    def _anchor(self, time: datetime, *, by_server: bool) -> Anchor:
        monotonic_us = int(self._clocks.monotonic_s() * 1_000_000)
        return Anchor(time.astimezone(UTC), monotonic_us, self._clocks.boot_id(), by_server)
