"""A simulated lock on the broker: the lock's decisions, a network, and ways to misbehave."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from doors.address import BrokerAddress
from doors.messages import Ask, Command, Message, Report, decode, encode, topic_of
from doors.mqtt_connection import MqttConnection
from doors.mqtt_session import Arrival, Subscription, Will
from doors.simulator.lock import OPEN_S, Opening, SimulatedLock

ANSWER_EXPIRY_S: Final = 2
REPORT_EXPIRY_S: Final = 5


class Misbehaviour(StrEnum):
    """How a simulated door differs from a good one."""

    OK = "ok"
    JAM = "jam"
    SLOW = "slow"
    """It takes up each command late, by `delay_s`."""
    SILENT = "silent"
    """It hears and says nothing."""
    MUTE = "mute"
    """It obeys, but its reports are lost."""
    DUPLICATE = "duplicate"
    """It sends each report twice."""
    OFFLINE = "offline"
    """It loses its connection."""
    FORCED = "forced"
    """It is opened with a crowbar, once, and is good again."""


@dataclass(frozen=True, slots=True)
class Mode:
    """A misbehaviour, and until when by the monotonic clock (None: until it is changed)."""

    name: Misbehaviour = Misbehaviour.OK
    until_s: float | None = None
    delay_s: float = 2.0


class SimulatedDoor:
    """One lock with a connection of its own; runs in one event loop."""

    def __init__(
        self,
        lock: SimulatedLock,
        broker: BrokerAddress,
        on_opening: Callable[[str, Opening], None] = lambda _lock, _opening: None,
    ) -> None:
        self._lock = lock
        self._broker = broker
        self._on_opening = on_opening
        self._mode = Mode()
        self._connection: MqttConnection | None = None
        self._timers: set[asyncio.TimerHandle] = set()
        self._changes = asyncio.Lock()

    async def start(self) -> None:
        """Begin to connect, and announce this boot and a first challenge once connected."""
        topic, payload = encode(self._lock.alive(False))
        subscriptions = tuple(
            Subscription(topic_of(self._lock.lock, kind)) for kind in ("ask", "command")
        )
        self._connection = MqttConnection(
            self._broker, subscriptions, self._on_arrival, self._on_link, Will(topic, payload)
        )
        await self._connection.start()

    async def stop(self) -> None:
        """Lose power: nothing happens any more, and the broker says our will."""
        for timer in self._timers:
            timer.cancel()
        await self._unplug()

    async def _unplug(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.stop()

    async def wait_connected(self, timeout_s: float) -> bool:
        return self._connection is not None and await self._connection.wait_connected(timeout_s)

    async def behave(self, name: Misbehaviour, seconds: float | None, delay_s: float) -> None:
        """Misbehave for so long, or until told otherwise."""
        async with self._changes:
            now_s = time.monotonic()
            self._mode = Mode(name, None if seconds is None else now_s + seconds, delay_s)
            if name is Misbehaviour.FORCED:
                self._mode = Mode()
                self._send([self._lock.force(now_s)])
                self._later(OPEN_S, self._fall_shut)
            if name is Misbehaviour.OFFLINE:
                await self._unplug()
                if seconds is not None:
                    self._later(seconds, lambda: asyncio.ensure_future(self._return()))
            elif self._connection is None:
                await self.start()

    def state(self) -> dict[str, Any]:
        """What a control page shows of this door."""
        now_s = time.monotonic()
        return {
            "lock": self._lock.lock,
            "boot": self._lock.boot,
            "connected": self._connection is not None and self._connection.connected(),
            "mode": str(self._now(now_s).name),
            "open": self._lock.is_open(now_s),
            "openings": len(self._lock.openings),
            "ignored": dict(self._lock.ignored),
        }

    async def _return(self) -> None:
        async with self._changes:
            if self._connection is None and self._now(time.monotonic()).name is Misbehaviour.OK:
                await self.start()

    def _now(self, now_s: float) -> Mode:
        if self._mode.until_s is not None and now_s >= self._mode.until_s:
            self._mode = Mode()
        return self._mode

    def _on_link(self, up: bool) -> None:
        if up and self._connection is not None:
            self._connection.publish(*encode(self._lock.alive(True)), None, retain=True)
            self._send([self._lock.announce(time.monotonic())])

    def _on_arrival(self, arrival: Arrival) -> None:
        mode = self._now(time.monotonic())
        if arrival.retained or mode.name is Misbehaviour.SILENT:
            self._lock.ignored["retained" if arrival.retained else "silent"] += 1
            return
        match decode(arrival.topic, arrival.payload):
            case Ask() as ask:
                self._send([self._lock.handle_ask(ask, time.monotonic())])
            case Command() as command if mode.name is Misbehaviour.SLOW:
                self._later(mode.delay_s, lambda: self._obey(command, mode))
            case Command() as command:
                self._obey(command, mode)
            case _:
                self._lock.ignored["unreadable"] += 1

    def _obey(self, command: Command, mode: Mode) -> None:
        before = len(self._lock.openings)
        self._lock.jammed = mode.name is Misbehaviour.JAM
        answers = self._lock.handle_command(command, time.monotonic())
        for opening in self._lock.openings[before:]:
            self._on_opening(self._lock.lock, opening)
            self._later(OPEN_S, self._fall_shut)
        self._send(answers)
        if mode.name is Misbehaviour.DUPLICATE:
            self._send(answer for answer in answers if isinstance(answer, Report))

    def _fall_shut(self) -> None:
        self._send(self._lock.tick(time.monotonic()))

    def _send(self, messages: Iterable[Message]) -> None:
        mode = self._now(time.monotonic()).name
        for message in messages:
            if mode is Misbehaviour.SILENT or (
                mode is Misbehaviour.MUTE and isinstance(message, Report)
            ):
                continue
            expiry_s = REPORT_EXPIRY_S if isinstance(message, Report) else ANSWER_EXPIRY_S
            if self._connection is not None:
                self._connection.publish(*encode(message), expiry_s)

    def _later(self, delay_s: float, act: Callable[[], object]) -> None:
        def run() -> None:
            self._timers.discard(timer)
            act()

        # A loop's timer may be early by its clock's grain.
        timer = asyncio.get_running_loop().call_later(delay_s + 0.05, run)
        self._timers.add(timer)


def opening_line(lock: str, opening: Opening) -> str:
    """One line of an opening log: when, by what command, and how old its challenge was."""
    return json.dumps(
        {
            "lock": lock,
            "command": opening.command,
            "at_monotonic_s": round(opening.at_s, 6),
            "challenge_age_s": round(opening.challenge_age_s, 6),
            "lives_s": opening.lives_s,
            "result": str(opening.result),
        }
    )
