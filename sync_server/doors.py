"""The server as a signer at the house's locks, with a key that lives as long as its process."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from domain.door import Door, DoorOutcome
from doors.address import BrokerAddress, host_and_port
from ledger.seal import SigningKey, verify
from sync_server.keys import HOUSE_KEY_NUMBER, HouseKeys
from sync_server.settings import BadSettings, Settings

TURN_S: Final = 1.0
"""Longest wait for whoever is being let in through the same door by this process."""
CERTIFIED_FOR: Final = timedelta(hours=1)
"""Long enough for servers whose clocks differ; nobody but this process has the key."""


class HouseDoors:
    """Every lock of the house behind one broker. Any number of processes may do so at once.

    What signs commands is a key made at the start and never stored, certified by the house key
    for the one lock it commands; so the house key signs certificates alone.
    """

    def __init__(
        self, broker: BrokerAddress, keys: HouseKeys, clock: Callable[[], datetime]
    ) -> None:
        from doors.locks import MqttLocks, Signer  # paho, which most commands can do without

        self._keys = keys
        self._clock = clock
        self._key = SigningKey.fresh()
        self._locks = MqttLocks(broker, Signer(self._key.sign, verify, clock))
        self._turns: defaultdict[str, asyncio.Semaphore] = defaultdict(_two_at_once)

    async def start(self) -> None:
        """Begin to connect; returns at once, with or without a broker."""
        await self._locks.start()

    async def stop(self) -> None:
        await self._locks.stop()

    def connected(self) -> bool:
        return self._locks.connected()

    async def wait_connected(self, timeout_s: float) -> bool:
        """Whether the broker is there, after waiting for it at most so long."""
        return await self._locks.wait_connected(timeout_s)

    async def open(self, door: Door, command_id: str) -> DoorOutcome:
        """Ask the lock, command it once, and tell its own answer; never raises, queues nothing.

        NOT_CONNECTED at once without a broker. Two at a time per door, as a lock keeps few
        challenges; whoever's turn does not come within TURN_S commanded nothing (NO_ANSWER).
        """
        if not self.connected():
            return DoorOutcome.NOT_CONNECTED
        turn = self._turns[door.lock]
        try:
            await asyncio.wait_for(turn.acquire(), TURN_S)
        except TimeoutError:
            return DoorOutcome.NO_ANSWER
        try:
            self._certify_for(door.lock)
            return await self._locks.open(door, command_id)
        finally:
            turn.release()

    def _certify_for(self, lock: str) -> None:
        """`open` reads it before anything else can run."""
        now = self._clock().replace(microsecond=0)
        key = (HOUSE_KEY_NUMBER, self._key.public_hex)
        wire = self._keys.certify(key, (lock,), now, now + CERTIFIED_FOR)
        self._locks.use_certificate(wire.certificate())


def _two_at_once() -> asyncio.Semaphore:
    return asyncio.Semaphore(2)


def doors_of(
    settings: Settings, keys: HouseKeys, clock: Callable[[], datetime]
) -> HouseDoors | None:
    """The doors behind the broker of the settings; None without one. Raises BadSettings."""
    if not settings.broker:
        return None
    return HouseDoors(broker_of(settings), keys, clock)


def broker_of(settings: Settings) -> BrokerAddress:
    """The broker that is set. Raises BadSettings."""
    found = host_and_port(settings.broker)
    if found is None:
        raise BadSettings(f"--broker wants HOST:PORT, not {settings.broker!r}.")
    if settings.broker_ca_file and not Path(settings.broker_ca_file).is_file():
        raise BadSettings(f"There is no certificate authority in {settings.broker_ca_file}.")
    password = ""
    if settings.broker_password_file:
        try:
            password = Path(settings.broker_password_file).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise BadSettings(f"The broker's password file cannot be read: {error}") from error
    return BrokerAddress(*found, settings.broker_user, password, settings.broker_ca_file or None)
