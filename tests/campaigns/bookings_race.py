"""Members who all want the same rooms: they book, move, call off and repeat themselves."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from tests.campaigns.bookings_house import RESOURCES

QUARTER: Final = timedelta(minutes=15)
DAYS: Final = 7
_PATIENCE_S: Final = 30.0


@dataclass(slots=True)
class Race:
    """What was asked and how it was answered."""

    booked: int = 0
    taken: int = 0
    attempts: int = 0
    """Tries to book or move that were answered, one way or the other."""
    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return self.attempts / self.seconds if self.seconds else 0.0


def any_slot(chance: Random, since: datetime, days: int = DAYS) -> tuple[str, datetime, datetime]:
    """A resource and a slot of the next days; in few days most want what others want."""
    resource = chance.choice(list(RESOURCES))
    start = since + chance.randrange(days * 24 * 4) * QUARTER
    return resource, start, start + chance.choice((1, 2, 4, 6)) * QUARTER


async def race(port: int, tokens: Sequence[str], seconds: int, seed: int) -> Race:
    """One client for each token, all at once, until the time is over."""
    result, began = Race(), time.monotonic()
    clients = (
        _Member(port, token, Random(f"{seed} {number}"), result)
        for number, token in enumerate(tokens)
    )
    await asyncio.gather(*(client.run(began + seconds) for client in clients))
    result.seconds = time.monotonic() - began
    return result


class _Member:
    """One connection; asks, waits for the answer, asks again."""

    def __init__(self, port: int, token: str, chance: Random, result: Race) -> None:
        self._port, self._token = port, token
        self._chance, self._result = chance, result
        self._mine: list[str] = []
        self._since = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        self._since += timedelta(hours=1)

    async def run(self, until: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._reader, self._writer = reader, writer
        try:
            while time.monotonic() < until:
                async with asyncio.timeout(_PATIENCE_S):
                    await self._something()
        finally:
            writer.close()

    async def _something(self) -> None:
        what = self._chance.random()
        if self._mine and what < 0.15:
            await self._call_off()
        elif self._mine and what < 0.3:
            await self._move()
        elif what < 0.35:
            await self._cheat()
        else:
            await self._book()

    async def _book(self) -> None:
        body = self._body(*any_slot(self._chance, self._since))
        key = self._chance.randbytes(8).hex()
        status, answer = await self._ask("POST", "/api/v1/bookings", body, key)
        self._counted(status)
        if status != 201:
            return
        self._result.booked += 1
        self._mine.append(answer["id"])
        if self._chance.random() < 0.1:
            again, same = await self._ask("POST", "/api/v1/bookings", body, key)
            if (again, same.get("id")) != (201, answer["id"]):
                self._result.broken.append(f"the same key again: {again} {same}")

    async def _move(self) -> None:
        _, start, end = any_slot(self._chance, self._since)
        body = {"start": start.isoformat(), "end": end.isoformat()}
        path = f"/api/v1/bookings/{self._chance.choice(self._mine)}"
        self._counted((await self._ask("PATCH", path, body))[0])

    async def _call_off(self) -> None:
        booking = self._mine.pop(self._chance.randrange(len(self._mine)))
        await self._ask("DELETE", f"/api/v1/bookings/{booking}")

    async def _cheat(self) -> None:
        """A slot between the steps of the grid, to get into somebody's buffer."""
        resource, start, end = any_slot(self._chance, self._since)
        odd = timedelta(minutes=self._chance.randrange(1, 15))
        body = self._body(resource, start + odd, end + odd)
        key = self._chance.randbytes(8).hex()
        status, _ = await self._ask("POST", "/api/v1/bookings", body, key)
        if status == 201:
            self._result.broken.append(f"booked off the grid: {body}")

    def _counted(self, status: int) -> None:
        self._result.attempts += status in (200, 201, 409)
        self._result.taken += status == 409

    def _body(self, resource: str, start: datetime, end: datetime) -> dict[str, Any]:
        times = {"start": start.isoformat(), "end": end.isoformat()}
        return {"resource": resource, "add_ons": [], "mail": False, **times}

    async def _ask(
        self, method: str, path: str, body: Any = None, key: str = ""
    ) -> tuple[int, dict[str, Any]]:
        data = json.dumps(body).encode() if body is not None else b""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self._token}"
            f"\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n"
            f"{f'Idempotency-Key: {key}' if key else 'Accept: */*'}\r\n\r\n"
        )
        self._writer.write(head.encode() + data)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        status = int(answer[9:12])
        length = answer.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        told = await self._reader.readexactly(int(length or 0))
        self._result.statuses[status] += 1
        if status >= 500:
            self._result.broken.append(f"{status} to {method} {path}: {told[:200]!r}")
        return status, json.loads(told) if told else {}
