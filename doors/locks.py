"""Our locks behind an MQTT 5 broker: ask for a challenge, command once, believe the lock alone."""

import asyncio
import math
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from domain.door import (
    ASK_TIMEOUT_S,
    COMMAND_TTL_S,
    REPORT_TIMEOUT_S,
    Door,
    DoorCertificate,
    DoorOutcome,
    LockResult,
    LockStatus,
    command_bytes,
    command_life_ms,
)
from doors.address import BrokerAddress
from doors.messages import Ask, Command, Message, Ready, encode, is_id, topic_of
from doors.mqtt_connection import MqttConnection
from doors.mqtt_session import Subscription
from doors.voices import LockVoices

EXPIRY_S: Final = math.ceil(COMMAND_TTL_S)
TRIES: Final = 4
"""How often a lock is asked again whose challenge was pushed out by others before it was used."""
_STEP_ASIDE_S: Final = 0.15
"""Signers that push out each other's challenges wait up to so long, by chance, before the next."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Signer:
    """How a kiosk or the server signs and how it checks, so that no key is seen here."""

    sign: Callable[[bytes], bytes]
    verify: Callable[[bytes, bytes, bytes], bool]
    """verify(public_key, message, signature)"""
    now: Callable[[], datetime]


class MqttLocks:
    """The locks of a signer. All of it runs in one event loop; nothing is ever queued."""

    def __init__(self, broker: BrokerAddress, signer: Signer) -> None:
        self._signer = signer
        self._certificate: DoorCertificate | None = None
        self._voices = LockVoices(signer.verify)
        self._under_way: set[str] = set()
        subscriptions = (
            Subscription(topic_of("+", "ready")),
            Subscription(topic_of("+", "report")),
            Subscription(topic_of("+", "alive"), retained=True),
        )
        self._connection = MqttConnection(broker, subscriptions, self._voices.hear, self._on_link)

    async def start(self) -> None:
        await self._connection.start()

    async def stop(self) -> None:
        await self._connection.stop()

    def connected(self) -> bool:
        return self._connection.connected()

    async def wait_connected(self, timeout_s: float) -> bool:
        """Whether the broker is there, after waiting for it at most so long."""
        return await self._connection.wait_connected(timeout_s)

    def status(self, lock: str) -> LockStatus:
        return self._voices.status(lock)

    def use_certificate(self, certificate: DoorCertificate) -> None:
        self._certificate = certificate

    def use_doors(self, doors: Iterable[Door]) -> None:
        self._voices.use_doors(doors)

    def on_change(self, listener: Callable[[str, str], None]) -> None:
        self._voices.listeners.append(listener)

    async def open(self, door: Door, command_id: str) -> DoorOutcome:
        """Ask the lock, then command it once; the answer is the lock's own, or that none came.

        NOT_CONNECTED at once without a broker, and after ASK_TIMEOUT_S with one that does not
        take the question. REJECTED at once without a certificate for this lock, and for an id
        that is none or is under way.
        """
        if not self.connected():
            return DoorOutcome.NOT_CONNECTED
        certificate = self._certificate_for(door.lock)
        if certificate is None or command_id in self._under_way or not is_id(command_id):
            return DoorOutcome.REJECTED
        self.use_doors((door,))
        self._under_way.add(command_id)
        try:
            return await self._ask_and_command(door.lock, command_id, certificate)
        finally:
            self._under_way.discard(command_id)

    async def _ask_and_command(
        self, lock: str, command_id: str, certificate: DoorCertificate
    ) -> DoorOutcome:
        """All within one beginning. A lock that says it knows the challenge no more did nothing,
        and a command keeps its id: it is obeyed once, however often it has to be sent.
        """
        clock = asyncio.get_running_loop().time
        began_s = clock()
        for left in reversed(range(TRIES)):
            ready = await self._ask(lock)
            if isinstance(ready, DoorOutcome):
                return ready
            result = await self._command(ready, command_id, certificate, began_s)
            if isinstance(result, DoorOutcome):
                return result
            may_ask_again = left and clock() - began_s < ASK_TIMEOUT_S
            if result is not LockResult.UNKNOWN_CHALLENGE or not may_ask_again:
                return result.outcome
            await asyncio.sleep(_STEP_ASIDE_S * secrets.randbelow(1000) / 1000)
        return DoorOutcome.REJECTED

    async def _ask(self, lock: str) -> Ready | DoorOutcome:
        """A challenge made for us just now, or why there is none; nothing is commanded yet."""
        nonce = secrets.token_hex(16)
        with self._voices.ready(lock, nonce) as answer:
            acknowledged = self._publish(Ask(lock, nonce))
            if acknowledged is None:
                return DoorOutcome.NOT_CONNECTED
            ready = await _within(ASK_TIMEOUT_S, answer)
            if ready is not None:
                return ready
            if acknowledged() and self.connected():
                return DoorOutcome.NO_ANSWER
            self._connection.drop()
            return DoorOutcome.NOT_CONNECTED

    async def _command(
        self, ready: Ready, command_id: str, certificate: DoorCertificate, began_s: float
    ) -> LockResult | DoorOutcome:
        """Send the one command and wait for the lock's report, however the connection fares."""
        clock = asyncio.get_running_loop().time
        with self._voices.report(ready.lock, command_id) as answer:
            lives_ms = command_life_ms(clock() - began_s)
            if not lives_ms:
                return DoorOutcome.NO_ANSWER
            acknowledged = self._publish(self._signed(ready, command_id, certificate, lives_ms))
            if acknowledged is None:
                return DoorOutcome.NOT_CONNECTED
            report = await _within(REPORT_TIMEOUT_S - (clock() - began_s), answer)
            if report is not None:
                return LockResult(report.result)
            if not acknowledged():
                self._connection.drop()
            return DoorOutcome.NO_ANSWER

    def _signed(
        self, ready: Ready, command_id: str, certificate: DoorCertificate, lives_ms: int
    ) -> Command:
        key = certificate.key_number
        aim = (command_id, ready.lock, ready.boot, ready.challenge, lives_ms, key)
        return Command(*aim, self._signer.sign(command_bytes(*aim)), certificate)

    def _certificate_for(self, lock: str) -> DoorCertificate | None:
        shown = self._certificate
        if shown is None or lock not in shown.locks or not is_id(lock):
            return None
        if shown.ends_at <= self._signer.now():
            return None
        return shown

    def _publish(self, message: Message) -> Callable[[], bool] | None:
        return self._connection.publish(*encode(message), EXPIRY_S)

    def _on_link(self, up: bool) -> None:
        if not up:
            self._voices.forget_presence()


async def _within(timeout_s: float, answer: asyncio.Future[_T]) -> _T | None:
    try:
        return await asyncio.wait_for(answer, timeout_s)
    except TimeoutError:
        return None
