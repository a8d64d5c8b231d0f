"""A house with a real broker, a simulator process and signers, for the tests of doors."""

import asyncio
import hashlib
import json
import sys
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from domain.door import Door, DoorCertificate
from doors.address import BrokerAddress
from doors.locks import MqttLocks, Signer
from doors.mqtt_connection import MqttConnection
from doors.mqtt_session import Arrival, Subscription
from installers.broker import Account, RunningBroker, lock_account, signer_account, start_broker

PATIENCE_S = 15.0
WRONG_CLOCK = """
import runpy, sys, time
real = time.time
time.time = lambda: real() + 3600
sys.argv = ["doors.simulator", *sys.argv[1:]]
runpy.run_module("doors.simulator", run_name="__main__")
"""


def key_of(name: str) -> SigningKey:
    return SigningKey(hashlib.sha256(name.encode()).digest())


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        VerifyKey(public_key).verify(message, signature)
    except (CryptoError, ValueError):
        return False
    return True


def sign_as(name: str) -> Callable[[bytes], bytes]:
    return lambda message: key_of(name).sign(message).signature


def door_of(lock: str) -> Door:
    return Door(f"door-{lock}", "Main door", 1, lock, bytes(key_of(lock).verify_key).hex())


def certificate(
    signer: str,
    locks: Iterable[str],
    *,
    house: str = "house",
    number: int = 7,
    issued_at: datetime | None = None,
    valid_for: timedelta = timedelta(days=1),
) -> DoorCertificate:
    began = issued_at or datetime.now(UTC)
    shown = DoorCertificate(
        number, bytes(key_of(signer).verify_key), tuple(locks), began, began + valid_for, b""
    )
    return replace(shown, signature=sign_as(house)(shown.signed_bytes()))


@dataclass
class Simulator:
    """The running process: its control and its log."""

    process: asyncio.subprocess.Process
    control: str
    log: Path

    async def mode(self, name: str, **query: object) -> list[dict[str, Any]]:
        text = "&".join(f"{key}={value}" for key, value in {"name": name, **query}.items())
        return await asyncio.to_thread(_request, f"{self.control}/mode?{text}", "POST")

    async def state(self) -> list[dict[str, Any]]:
        return await asyncio.to_thread(_request, f"{self.control}/state", "GET")

    def openings(self) -> list[dict[str, Any]]:
        text = self.log.read_text() if self.log.exists() else ""
        return [json.loads(line) for line in text.splitlines()]


class DoorHouse:
    """One broker with accounts for two signers, an intruder with every right, and the locks."""

    def __init__(
        self, folder: Path, locks: list[str], keys: Mapping[str, SigningKey] | None = None
    ) -> None:
        """`keys` of the house and of each lock; without them they follow from the names."""
        self.folder = folder
        self.locks = locks
        self._keys = keys or {name: key_of(name) for name in ("house", *locks)}
        everything = ("foyer/v1/locks/#",)
        accounts = [
            signer_account("kiosk", "kiosk-secret"),
            signer_account("server", "server-secret"),
            Account("intruder", "intruder-secret", everything, everything),
            *(lock_account(lock, f"{lock}-secret", lock) for lock in locks),
        ]
        self.broker: RunningBroker = start_broker(folder / "broker", accounts)

    def address(self, user: str) -> BrokerAddress:
        return BrokerAddress("127.0.0.1", self.broker.port, user, f"{user}-secret")

    @property
    def log(self) -> Path:
        """One line for each time a bolt was drawn."""
        return self.folder / "openings.jsonl"

    def simulator_command(self, *, wrong_clock: bool = False) -> list[str]:
        """What starts the simulator with all the locks."""
        passwords = self.folder / "lock-passwords"
        passwords.write_text("".join(f"{lock}-secret\n" for lock in self.locks))
        start = ["-c", WRONG_CLOCK] if wrong_clock else ["-m", "doors.simulator"]
        keys = self.folder / "lock-keys"
        keys.write_text("".join(f"{self._keys[lock].encode().hex()}\n" for lock in self.locks))
        each = [argument for lock in self.locks for argument in ("--lock", lock, "--user", lock)]
        return [
            *(sys.executable, *start, *each, "--key-file", str(keys)),
            *("--password-file", str(passwords)),
            *("--house-key", bytes(self._keys["house"].verify_key).hex()),
            *("--broker", f"127.0.0.1:{self.broker.port}", "--opening-log", str(self.log)),
        ]

    @asynccontextmanager
    async def simulator(self, *, wrong_clock: bool = False) -> AsyncIterator[Simulator]:
        """The simulator process with all the locks, connected."""
        command = self.simulator_command(wrong_clock=wrong_clock)
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        assert process.stdout is not None
        try:
            first = json.loads(await asyncio.wait_for(process.stdout.readline(), PATIENCE_S))
            assert first["connected"]
            yield Simulator(process, f"http://127.0.0.1:{first['control_port']}", self.log)
        finally:
            process.terminate()
            await asyncio.wait_for(process.wait(), PATIENCE_S)

    @asynccontextmanager
    async def signer(
        self,
        user: str = "kiosk",
        *,
        shown: DoorCertificate | None = None,
        sign: Callable[[bytes], bytes] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> AsyncIterator[MqttLocks]:
        """A connected signer with a certificate for all locks, or the one given."""
        locks = MqttLocks(self.address(user), Signer(sign or sign_as(user), verify, now))
        locks.use_certificate(shown or certificate(user, self.locks))
        locks.use_doors(door_of(lock) for lock in self.locks)
        await locks.start()
        try:
            assert await locks.wait_connected(PATIENCE_S)
            yield locks
        finally:
            await locks.stop()

    @asynccontextmanager
    async def intruder(self) -> AsyncIterator["Intruder"]:
        intruder = Intruder(self.address("intruder"))
        await intruder.connection.start()
        try:
            assert await intruder.connection.wait_connected(PATIENCE_S)
            yield intruder
        finally:
            await intruder.connection.stop()


class Intruder:
    """Hears everything on the broker and may say anything; reacts as it is told."""

    def __init__(self, address: BrokerAddress) -> None:
        self.heard: asyncio.Queue[Arrival] = asyncio.Queue()
        self.react: Callable[[Arrival], None] = lambda _arrival: None
        everything = (Subscription("foyer/v1/locks/#", retained=True),)
        self.connection = MqttConnection(address, everything, self._hear, lambda _up: None)

    def say(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        assert self.connection.publish(topic, payload, 10, retain=retain) is not None

    async def hear(self, kind: str, **content: object) -> Arrival:
        """The next message of this kind with this content."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                arrival = await self.heard.get()
                if arrival.topic.endswith(f"/{kind}") and arrival.payload:
                    found = json.loads(arrival.payload)
                    if all(found.get(name) == value for name, value in content.items()):
                        return arrival

    def _hear(self, arrival: Arrival) -> None:
        self.heard.put_nowait(arrival)
        self.react(arrival)


def _request(address: str, method: str) -> list[dict[str, Any]]:
    request = urllib.request.Request(address, method=method)
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
        return list(json.loads(answer.read()))
