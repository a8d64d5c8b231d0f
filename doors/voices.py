"""What locks say, believed only when signed by the lock, meant for us, and heard once."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from domain.door import Door, LockResult, LockStatus, alive_bytes, ready_bytes, report_bytes
from doors.messages import Alive, Ready, Report, decode
from doors.mqtt_session import Arrival

_log = logging.getLogger(__name__)

_KNOWN: Final = {str(result) for result in LockResult}
_STRANGERS_KEPT: Final = 64
"""What the broker keeps of locks comes once, perhaps before the doors do: so many wait here."""


class LockVoices:
    """Hands each message of a lock to whoever waits for it, or to the listeners."""

    def __init__(self, verify: Callable[[bytes, bytes, bytes], bool]) -> None:
        self._verify = verify
        self._keys: dict[str, bytes] = {}
        self._strangers: dict[str, Alive] = {}
        self._status: dict[str, LockStatus] = {}
        self._heard: dict[str, tuple[str, int]] = {}
        self._readies: dict[tuple[str, str], asyncio.Future[Ready | None]] = {}
        self._reports: dict[tuple[str, str], asyncio.Future[Report]] = {}
        self.listeners: list[Callable[[str, str], None]] = []

    def use_doors(self, doors: Iterable[Door]) -> None:
        """Believe these locks by these keys; a key that is none believes nobody."""
        for door in doors:
            try:
                self._keys[door.lock] = bytes.fromhex(door.lock_key)
            except ValueError:
                _log.warning("the key of lock %s is not hexadecimal", door.lock)
                self._keys.pop(door.lock, None)
            if door.lock in self._keys and (alive := self._strangers.pop(door.lock, None)):
                self._on_alive(alive)

    def status(self, lock: str) -> LockStatus:
        return self._status.get(lock, LockStatus(online=None, last_result=None))

    @contextmanager
    def ready(self, lock: str, nonce: str) -> Iterator[asyncio.Future[Ready | None]]:
        """The lock's answer to this nonce; None when the connection is lost first."""
        answer: asyncio.Future[Ready | None] = asyncio.get_running_loop().create_future()
        self._readies[lock, nonce] = answer
        try:
            yield answer
        finally:
            del self._readies[lock, nonce]

    @contextmanager
    def report(self, lock: str, command: str) -> Iterator[asyncio.Future[Report]]:
        """The lock's report on this command."""
        answer: asyncio.Future[Report] = asyncio.get_running_loop().create_future()
        self._reports[lock, command] = answer
        try:
            yield answer
        finally:
            self._reports.pop((lock, command), None)

    def forget_presence(self) -> None:
        """The connection is lost: who waits for a challenge waits in vain, nothing is known."""
        for answer in self._readies.values():
            if not answer.done():
                answer.set_result(None)
        self._strangers.clear()
        for lock, status in self._status.items():
            self._status[lock] = replace(status, online=None)

    def hear(self, arrival: Arrival) -> None:
        """Take in a message; what is not ours, not signed, old or left there is ignored."""
        message = decode(arrival.topic, arrival.payload)
        match message:
            case Alive():
                self._on_alive(message)
            case Ready() if not arrival.retained:
                self._on_ready(message)
            case Report() if not arrival.retained:
                self._on_report(message)
            case _:
                pass

    def _on_alive(self, alive: Alive) -> None:
        if alive.lock not in self._keys:
            if alive.lock in self._strangers or len(self._strangers) < _STRANGERS_KEPT:
                self._strangers[alive.lock] = alive
        elif self._is_signed(alive, alive_bytes(alive.lock, alive.boot, alive.alive)):
            self._set_status(alive.lock, online=alive.alive)

    def _on_ready(self, ready: Ready) -> None:
        answer = self._readies.get((ready.lock, ready.answers))
        signed = ready_bytes(ready.lock, ready.boot, ready.challenge, ready.answers)
        if answer is None or answer.done() or not self._is_signed(ready, signed):
            return
        self._set_status(ready.lock, online=True)
        answer.set_result(ready)

    def _on_report(self, report: Report) -> None:
        aim = (report.lock, report.boot, report.seq, report.command, report.result)
        if report.result not in _KNOWN or not self._is_signed(report, report_bytes(*aim)):
            return
        boot, seq = self._heard.get(report.lock, ("", 0))
        if report.boot == boot and report.seq <= seq:
            return
        self._heard[report.lock] = (report.boot, report.seq)
        self._set_status(report.lock, online=True, result=report.result)
        answer = self._reports.get((report.lock, report.command))
        if answer is not None and not answer.done():
            answer.set_result(report)
            return
        for listener in self.listeners:
            listener(report.lock, report.result)

    def _is_signed(self, message: Alive | Ready | Report, signed: bytes) -> bool:
        key = self._keys.get(message.lock)
        return key is not None and self._verify(key, signed, message.signature)

    def _set_status(self, lock: str, *, online: bool, result: str | None = None) -> None:
        self._status[lock] = LockStatus(online, result or self.status(lock).last_result)
