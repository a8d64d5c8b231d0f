"""A connection to the broker that holds nothing back: what cannot be sent now is never sent."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from doors.address import BrokerAddress
from doors.mqtt_session import Arrival, Session, Subscription, Will

BACK_OFF_S: Final = (0.1, 0.2, 0.5, 1.0, 2.0)
"""Waits between attempts to connect; the last one repeats."""

_log = logging.getLogger(__name__)


class MqttConnection:
    """Connects, subscribes, and does so again after each loss, with a fresh client every time.

    paho keeps unsent and unacknowledged messages for its next connection; a client that is used
    for one connection only has none to deliver late. Callbacks run in the event loop.
    """

    def __init__(
        self,
        broker: BrokerAddress,
        subscriptions: tuple[Subscription, ...],
        on_arrival: Callable[[Arrival], None],
        on_link: Callable[[bool], None],
        will: Will | None = None,
    ) -> None:
        self._broker = broker
        self._subscriptions = subscriptions
        self._on_arrival = on_arrival
        self._on_link = on_link
        self._will = will
        self._session: Session | None = None
        self._linked = asyncio.Event()
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to connect; returns at once, with or without a broker."""
        assert self._task is None, "one start per connection"
        self._task = asyncio.create_task(self._keep_connected())

    async def stop(self) -> None:
        """Cut the connection, as a power cut would: the broker then says our will."""
        self._stopping.set()
        self.drop()
        if self._task is not None:
            await self._task

    def drop(self) -> None:
        """Give this connection up, with all it may still hold, and make a new one."""
        if self._session is not None:
            self._session.lost.set()

    def connected(self) -> bool:
        """Whether we are connected and subscribed, as far as anyone can know."""
        return self._session is not None and self._session.is_up()

    async def wait_connected(self, timeout_s: float) -> bool:
        """Whether we are connected, after waiting for it at most so long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._linked.wait(), timeout_s)
        return self.connected()

    def publish(
        self, topic: str, payload: bytes, expiry_s: int | None, *, retain: bool = False
    ) -> Callable[[], bool] | None:
        """Send with QoS 1 now or not at all (None); the answer tells if the broker has it."""
        if self._session is None or not self._session.is_up():
            return None
        return self._session.publish(topic, payload, expiry_s, retain=retain)

    async def _keep_connected(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                was_up = await self._one_connection()
            except Exception:  # noqa: BLE001 - the outermost loop: the next attempt may succeed
                _log.exception("the connection to the broker failed")
                was_up = False
            failures = 0 if was_up else failures + 1
            pause_s = BACK_OFF_S[min(failures, len(BACK_OFF_S) - 1)]
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause_s)

    async def _one_connection(self) -> bool:
        """One life of a client; returns whether it ever stood."""
        broker = self._broker
        session = Session(self._subscriptions, self._on_arrival, self._will)
        session.authenticate(broker.user, broker.password)
        self._session = session
        try:
            if not await session.connect(broker.host, broker.port, broker.ca_file):
                return False
            self._linked.set()
            self._on_link(True)
            await session.lost.wait()
        finally:
            was_up = session.was_up
            self._session = None
            self._linked.clear()
            if was_up:
                self._on_link(False)
            await session.close()
        return True
