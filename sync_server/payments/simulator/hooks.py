"""The simulated provider's calls: "have a look at this one", signed, tried a few times."""

import asyncio
from datetime import UTC, datetime
from typing import Final

import httpx

from ledger.codec import canonical
from sync_server.payments.signing import HEADER, signature
from sync_server.payments.simulated import Hint

PAUSES_S: Final = (0.0, 1.0, 5.0)
_PATIENCE_S: Final = 5.0


class Hooks:
    """Calls go out beside the requests; who was not reached finds out by looking."""

    def __init__(self, url: str, secret: bytes) -> None:
        self._url = url
        self._secret = secret
        self._client = httpx.AsyncClient(timeout=_PATIENCE_S, trust_env=False)
        self._calls: set[asyncio.Task[None]] = set()

    def call(self, reference: str, in_s: float = 0.0) -> None:
        """Tell the house to look at a payment, `in_s` seconds from now."""
        if not self._url:
            return
        task = asyncio.create_task(self._call(reference, in_s))
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)

    async def close(self) -> None:
        for task in self._calls:
            task.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)
        await self._client.aclose()

    async def _call(self, reference: str, in_s: float) -> None:
        await asyncio.sleep(in_s)
        body = canonical(Hint(reference))
        for pause_s in PAUSES_S:
            await asyncio.sleep(pause_s)
            signed = {HEADER: signature(self._secret, body, datetime.now(UTC))}
            try:
                answer = await self._client.post(self._url, content=body, headers=signed)
            except httpx.HTTPError:
                continue
            if answer.status_code < 500:
                return
