"""The honest clock: the server's time carried on by the monotonic clock, doubts admitted.

Trusted time is the last server time plus what the monotonic clock has counted since. After a
reboot without the server the hardware clock is taken if it is not before the last persisted
time and not more than 72 h after it. Otherwise both candidates are handed to the rule, which
then admits only what is right at both. Only the server or staff end a doubt: it is persisted,
and what is persisted is the time that was trusted, never the one in doubt.
"""

from dataclasses import dataclass, replace
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
    in_doubt: bool = False
    """`time` is the candidate that was trusted before; the wall clock says another."""


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
        self._trusted = self.anchor = self._anchor(clocks.wall())
        if persisted is not None:
            self._go_on_from(persisted)

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
        self._settle(server_time, by_server=True)

    def confirm_by_staff(self) -> None:
        """Staff looked at the clock and say it is right: the wall clock is taken."""
        self._settle(self._clocks.wall(), by_server=False)

    def persistable(self) -> Anchor:
        """The anchor of this moment by the time that is trusted, and whether it is in doubt."""
        in_doubt = self.read().other is not None
        time, by_server = self._carried(self._trusted), self._trusted.by_server
        return replace(self._anchor(time, by_server=by_server), in_doubt=in_doubt)

    def _settle(self, time: datetime, *, by_server: bool) -> None:
        self._doubt = None
        self.anchor = self._trusted = self._anchor(time, by_server=by_server)

    def _go_on_from(self, persisted: Anchor) -> None:
        same_boot = persisted.boot_id == self._clocks.boot_id()
        self._trusted = persisted if same_boot else self._anchor(persisted.time)
        wall, trusted = self._clocks.wall(), self._carried(self._trusted)
        if persisted.in_doubt or not (same_boot or trusted <= wall <= trusted + RTC_TRUST):
            self._doubt = trusted - wall
            self.anchor = self._anchor(wall)
        elif same_boot:
            self.anchor = self._trusted
        else:
            self._settle(wall, by_server=False)

    def _notice_jump(self, now: datetime) -> None:
        """A wall clock that leaves the monotonic one is only trouble if it was believed."""
        off = self._clocks.wall() - now
        if not self.anchor.by_server and self._doubt is None and abs(off) > JUMP:
            self._doubt = off

    def _carried(self, anchor: Anchor) -> datetime:
        passed = int(self._clocks.monotonic_s() * 1_000_000) - anchor.monotonic_us
        return anchor.time + timedelta(microseconds=passed)

    def _anchor(self, time: datetime, *, by_server: bool = False) -> Anchor:
        monotonic_us = int(self._clocks.monotonic_s() * 1_000_000)
        return Anchor(time.astimezone(UTC), monotonic_us, self._clocks.boot_id(), by_server)
